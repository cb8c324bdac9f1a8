extension LintRule {
    /// Rules about what deploys and then does not do what it looks like.
    static let warnings: [LintRule] = [
        LintRule(
            "W1",
            .warn,
            "above the former limit of 240 s",
            """
            Until the documentation raised it, a startup probe's delay, period, timeout and the product of threshold \
            and period were limited to 240 s; the comments of the API and of the Terraform provider still say so. The \
            newer documentation says 600 s, and 1800 s with a GPU (then this is a hint only). Which of the two the API \
            enforces is unverified: no refusal of 240 or 600 was found.
            """,
            check: TimingRules.aboveFormerLimit
        ),
        LintRule(
            "W2",
            .warn,
            "one refused connection ends the start",
            """
            An httpGet attempt is one try: a refused connection fails it at once (ERROR_CONNECTION_FAILED), whatever \
            timeoutSeconds says. With failureThreshold 1 the revision is dead 0.22 s after its start (seen by two \
            teams, who copied 240/240/1 from the platform's TCP default). The TCP probe of Cloud Run keeps trying for \
            its timeout; that is inferred from logs. With --measured, the delay is compared with the time to listen.
            """,
            check: HandlerRules.singleAttempt
        ),
        LintRule(
            "W7",
            .warn,
            "a service with no instances",
            """
            Manual scaling with 0 instances disables a service: every request is answered with 503 "Service is \
            disabled" while the condition Ready stays True (seen).
            """,
            check: WorkloadRules.disabled
        ),
        LintRule(
            "W8",
            .warn,
            "HTTP/1 probe of an HTTP/2 port",
            """
            Probes with httpGet speak HTTP/1 (documentation). A container whose port is named h2c gets HTTP/2 without \
            TLS; a server that speaks nothing else fails the probe.
            """,
            check: HandlerRules.http1OnHTTP2
        ),
        LintRule(
            "W9",
            .info,
            "/healthz is not reachable from outside",
            """
            Probes of /healthz work, for they go to the instance. From outside, Google's front end answers /healthz on \
            *.run.app with 404 itself (seen three times), so that a check from outside sees something else than the \
            probe. Only a path that is written in the probe itself is looked at.
            """,
            check: HandlerRules.reservedPath
        ),
        LintRule(
            "W10",
            .warn,
            "the probe asks where nothing may listen",
            """
            Cloud Run probes the instance's address: a program that listens on 127.0.0.1 alone never passes (seen three \
            times for TCP). Database proxies do that by default; what an image does is a guess from its name. A probe \
            of another port than the container port, which the program gets as PORT, is right only where the program \
            listens on both. The action deploy-cloudrun has no input `port` and ignores it (seen).
            """,
            check: PortRules.otherPort
        ),
        LintRule(
            "W12",
            .warn,
            "suspicious gRPC service name",
            """
            `service` is what the health service is asked about. Its own name, grpc.health.v1.Health, or a path is what \
            a vendor's sample has, and a deploy of that sample failed in its project's tests; whether for this reason \
            is unverified.
            """,
            check: HandlerRules.suspiciousService
        ),
    ]

    /// Rules that need a start that was measured.
    static let measuredRules: [LintRule] = [
        LintRule(
            "W3",
            .warn,
            "the start takes longer than the probe waits",
            """
            The last attempt begins at initialDelaySeconds + (failureThreshold - 1) x periodSeconds, one period earlier \
            than failureThreshold x periodSeconds (inferred from logs, confirmed for Kubernetes by a review). A start \
            that is not ready by then is ended. Needs --measured.
            """,
            check: MeasuredRules.startAfterLastAttempt
        ),
        LintRule(
            "W4",
            .warn,
            "the probe passes before the program is ready",
            """
            A TCP probe, and the default one, pass when the program listens. A server that listens first and loads then \
            gets requests that it cannot serve (PolicyEngine: start median 201 s behind a port that was open). Needs \
            --measured.
            """,
            check: MeasuredRules.passesTooEarly
        ),
        LintRule(
            "W5",
            .warn,
            "loading that goes on without CPU",
            """
            With CPU only during requests, what still loads after the probe has passed gets CPU only while a request is \
            served, beside the boost's 10 s: seconds become minutes (inferred; measured in public elsewhere: 1.4 s \
            became about 27 min). Needs --measured.
            """,
            check: MeasuredRules.loadStarves
        ),
        LintRule(
            "W6",
            .warn,
            "a long period rounds the start up",
            """
            Success is seen at the next attempt. With a period of 10 s or more a start is seen up to that much later, \
            and requests that find no instance wait about 10 s (or 3.5 times the usual start). Needs --measured.
            """,
            check: MeasuredRules.roundedUp
        ),
        LintRule(
            "W11",
            .warn,
            "memory limit below what the start takes",
            """
            A container that exceeds its memory while it starts is ended, and the probe's line says CANCELLED: it looks \
            like a failed probe. Needs --measured with a report that holds the memory of the start.
            """,
            check: MeasuredRules.memory
        ),
    ]
}
