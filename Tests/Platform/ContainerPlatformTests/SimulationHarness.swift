@testable import ContainerPlatform

/// Short ways to say what a simulation test needs.
enum Given {
    /// A platform without delays of its own, so that moments are round.
    static let exact = PlatformProfile(
        name: "exact",
        firstAttemptJitter: .zero ... .zero,
        connectionNotice: .zero,
        answerDelay: .zero,
        exitNotice: .zero ... .zero
    )

    /// One vCPU, never more.
    static let plainCPU = CPUAllocation(limit: 1, billing: .requestBased, startupBoost: false)

    /// A server that loads for so many seconds of CPU and then listens and is ready.
    static func blocking(seconds: Double, port: Int = 8080) -> StagedProcess {
        StagedProcess(stages: [StageWork("load", cpu: .seconds(seconds))], port: port)
    }

    /// A server that listens and says yes at once and loads svd and p5 in the background.
    static func progressive(svd: Double, p5: Double) -> StagedProcess {
        StagedProcess(
            stages: [StageWork("svd", cpu: .seconds(svd)), StageWork("p5", cpu: .seconds(p5))],
            listensAfter: 0,
            passesAfter: 0,
            rowsAfter: 1
        )
    }

    /// An HTTP probe on `/health`.
    static func http(
        delay: Int = 0,
        timeout: Int = 1,
        period: Int = 10,
        threshold: Int = 3,
        port: Int? = nil
    ) -> ProbeConfiguration {
        ProbeConfiguration(
            handler: .http(path: "/health", port: port),
            initialDelay: .seconds(delay),
            timeout: .seconds(timeout),
            period: .seconds(period),
            failureThreshold: threshold
        )
    }

    /// A TCP probe on the container port.
    static func tcp(delay: Int = 0, timeout: Int = 1, period: Int = 10, threshold: Int = 3) -> ProbeConfiguration {
        ProbeConfiguration(
            handler: .tcp(port: nil),
            initialDelay: .seconds(delay),
            timeout: .seconds(timeout),
            period: .seconds(period),
            failureThreshold: threshold
        )
    }
}

/// Simulates a process under a probe on the exact platform with plain CPU unless told otherwise.
func simulate(
    _ process: StagedProcess,
    _ probe: ProbeConfiguration,
    cpu: CPUAllocation = Given.plainCPU,
    profile: PlatformProfile = Given.exact,
    requests: [Duration] = [],
    stopAt: Duration? = nil,
    horizon: Duration? = nil,
    seed: UInt64 = 1
) -> InstanceSimulation<StagedProcess>.Result {
    let plan = InstancePlan(
        probe: probe,
        cpu: cpu,
        profile: profile,
        requests: requests,
        stopAt: stopAt,
        horizon: horizon
    )
    return InstanceSimulation(plan: plan, process: process).run(seed: seed)
}

extension InstanceSimulation.Result {
    /// The attempts that ended, in their order.
    var attempts: [ProbeAttempt] {
        timeline.entries.compactMap { if case .attempt(let attempt) = $0.event { attempt } else { nil } }
    }

    /// The moment of the first entry that a condition holds for.
    func moment(where condition: (TimelineEvent) -> Bool) -> Duration? {
        timeline.entries.first { condition($0.event) }?.moment
    }
}
