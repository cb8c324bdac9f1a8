extension LintRule {
    /// Rules about what Cloud Run refuses.
    static let refusals: [LintRule] = [
        LintRule(
            "E1",
            .error,
            "timeout longer than period",
            """
            Cloud Run refuses a probe whose timeoutSeconds is above its periodSeconds: "must be less than \
            period_seconds" (seen at n8n deploys; the health-check page of the documentation says the same). Equal \
            values are accepted: the platform's own default is 240 and 240. The refusal blocks every later update of \
            the service as well. Kubernetes has no such rule; there it is P11.
            """,
            check: TimingRules.timeoutAbovePeriod
        ),
        LintRule(
            "E2",
            .error,
            "not exactly one handler",
            """
            A probe has exactly one of httpGet, tcpSocket, grpc (and exec, where the platform has it). Kubernetes and \
            Cloud Run refuse two or none. In Terraform only the v1 resource checks it: the check of the v2 resource \
            was commented out in the provider's source that was read, so that a plan passes and the API answers. \
            What the API answers is unverified.
            """,
            check: HandlerRules.notOneHandler
        ),
        LintRule(
            "E3",
            .error,
            "start budget above the limit",
            """
            failureThreshold x periodSeconds of a startup probe may be at most 600 s, 1800 s with a GPU (documentation \
            of health checks, for services and for jobs). initialDelaySeconds does not count: vendor texts for GPUs \
            use 240 s of delay beside 40 x 15 s, and a public service runs with 180 s beside 240 s.
            """,
            check: TimingRules.budgetAboveLimit
        ),
        LintRule(
            "E4",
            .error,
            "a handler or field that Cloud Run does not have",
            """
            Cloud Run has no exec probes. Its readiness probe takes httpGet without headers or grpc, and no \
            initialDelaySeconds; the liveness probe of v1 YAML and of gcloud takes httpGet or grpc. Plain Knative has \
            the same apiVersion and kind and allows exec and a delay of readiness: name the platform with --platform.
            """,
            check: HandlerRules.notOnCloudRun
        ),
        LintRule(
            "E5",
            .error,
            "dependency without a startup probe",
            """
            A container that another one depends on must have a startup probe, otherwise Cloud Run refuses the \
            deploy: "Dependent container 'NAME' must have startup probe specified" (seen for services and for jobs).
            """,
            check: WorkloadRules.dependencyWithoutProbe
        ),
        LintRule(
            "E6",
            .error,
            "value outside the field's range",
            """
            The documentation of Cloud Run states a range for each field: a startup probe's delay 0 to 600 s (1800 s \
            with a GPU), liveness up to 3600 s, readiness up to 300 s, periods, timeouts and thresholds at least 1. \
            Kubernetes takes 0 for the default and refuses what is negative. A port is 1 to 65535 on both; Knative reads 0 \
            as the port of the user container.
            """,
            check: TimingRules.outOfRange
        ),
    ]
}
