/// The parameters of a probe, as a service's configuration states them.
///
/// A value need not be valid: ``violations(in:)`` says what the platform would refuse and what it would accept to its
/// owner's regret. Cloud Run takes whole seconds in every field.
package struct ProbeConfiguration: Hashable, Sendable, Codable {
    /// The question that is asked.
    package var handler: ProbeHandler
    /// The time from instance start to the first attempt.
    package var initialDelay: Duration
    /// The longest time one attempt may take.
    package var timeout: Duration
    /// The time from the start of one attempt to the start of the next.
    package var period: Duration
    /// The number of consecutive failures at which the instance is given up.
    package var failureThreshold: Int
    /// Whether the platform added the probe because none was configured; its log lines then begin with `Default `.
    package var isPlatformDefault: Bool
    /// The number of consecutive successes at which a readiness probe gives traffic; 1 for the other probes.
    package var successThreshold: Int
    /// The time from SIGTERM to SIGKILL after this probe has failed, absent for the platform's (Kubernetes).
    package var terminationGrace: Duration?
    /// Whether Knative's queue-proxy asks again and again during each attempt (``ReadinessPoll``).
    package var isAggressive: Bool
    /// The name of the port to ask at, where the container has none of that name: every attempt is an error then.
    package var unknownPort: PortName?

    /// Creates a configuration; numbers that are left out take the field defaults 0, 1, 10 and 3.
    package init(
        handler: ProbeHandler,
        initialDelay: Duration = .zero,
        timeout: Duration = .seconds(1),
        period: Duration = .seconds(10),
        failureThreshold: Int = 3,
        isPlatformDefault: Bool = false,
        successThreshold: Int = 1,
        terminationGrace: Duration? = nil,
        isAggressive: Bool = false,
        unknownPort: PortName? = nil
    ) {
        self.handler = handler
        self.initialDelay = initialDelay
        self.timeout = timeout
        self.period = period
        self.failureThreshold = failureThreshold
        self.isPlatformDefault = isPlatformDefault
        self.successThreshold = successThreshold
        self.terminationGrace = terminationGrace
        self.isAggressive = isAggressive
        self.unknownPort = unknownPort
    }

    /// The consecutive attempts that must succeed; an aggressive attempt counts the successes within itself.
    var successesInRow: Int { isAggressive ? 1 : successThreshold }

    /// The probe that Cloud Run adds where none is configured: TCP, one attempt of 240 seconds.
    package static let cloudRunDefault = ProbeConfiguration(
        handler: .tcp(port: nil),
        timeout: .seconds(240),
        period: .seconds(240),
        failureThreshold: 1,
        isPlatformDefault: true
    )

    /// Returns the probe that results from naming a handler and no numbers.
    ///
    /// The field defaults apply then (0, 1, 10, 3), not the numbers of ``cloudRunDefault``.
    package static func fieldDefaults(for handler: ProbeHandler) -> ProbeConfiguration {
        ProbeConfiguration(handler: handler)
    }

    /// The product that the platform limits: failure threshold times period.
    ///
    /// The initial delay is not part of it: a probe whose delay and product added up to 420 s was deployed under the
    /// 240 s limit.
    package var budget: Duration {
        Self.product(failureThreshold, period)
    }

    /// The start of the last attempt, from instance start, where every attempt before it failed.
    ///
    /// An HTTP probe must be answered by then: one period earlier than threshold times period suggests.
    package var lastAttempt: Duration {
        min(initialDelay, .seconds(1_000_000_000)) + Self.product(failureThreshold - 1, period)
    }

    /// Multiplies without overflow: a configuration may hold absurd numbers until it is validated.
    private static func product(_ count: Int, _ period: Duration) -> Duration {
        min(max(period, .zero), .seconds(1_000_000_000)) * min(max(count, 0), 1_000_000_000)
    }
}
