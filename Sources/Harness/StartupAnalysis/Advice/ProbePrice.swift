import ContainerPlatform
import Domain

/// What a probe costs on recorded starts: how late it notices, and how long it waits for a start that never becomes ready.
package struct ProbePrice: Hashable, Sendable, Codable {
    /// How many of the starts survive it.
    package let survived: Int
    /// The mean and the longest time from being able to pass to passing, in seconds.
    package let meanLag: Double
    package let longestLag: Double
    /// When half of the starts and the last of them get their first request, in seconds.
    package let medianAnswer: Double
    package let lastAnswer: Double
    /// How long a start that never becomes ready is waited for at most, in seconds.
    package let patience: Double

    /// Simulates every start under the probe.
    ///
    /// - Parameters:
    ///   - probe: The probe.
    ///   - profile: The platform that asks it.
    ///   - seconds: When each start could pass, ascending.
    /// - Complexity: O(starts · attempts).
    init(of probe: ProbeConfiguration, under profile: PlatformProfile = .cloudRun, on seconds: [Double]) {
        var lags: [Double] = []
        var answers: [Double] = []
        for (seed, ready) in seconds.enumerated() {
            var generator = SplitMix64(seed: UInt64(seed))
            let load = StageWork("load", delay: .microseconds(Int64((ready * 1e6).rounded())), cpu: .zero)
            let start = InstanceSimulation(
                plan: InstancePlan(probe: probe, profile: profile),
                process: StagedProcess(
                    stages: [load],
                    port: probe.handler.port ?? profile.containerPort
                )
            )
            let decision = start.decide(under: PlatformDelays(start.plan.profile, using: &generator))
            guard case .ready(let moment) = decision.outcome, decision.life == 1 else { continue }
            answers.append(moment.seconds)
            lags.append(max(0, moment.seconds - ready))
        }
        survived = answers.count
        meanLag = lags.isEmpty ? 0 : lags.reduce(0, +) / Double(lags.count)
        longestLag = lags.max() ?? 0
        answers.sort()
        medianAnswer = answers.isEmpty ? 0 : answers[(answers.count - 1) / 2]
        lastAnswer = answers.last ?? 0
        patience = StartupProbe.lastDeadline(probe, jitter: .zero).seconds
    }
}
