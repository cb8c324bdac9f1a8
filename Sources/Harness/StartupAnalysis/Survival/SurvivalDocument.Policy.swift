import ContainerPlatform
import Reports

extension SurvivalDocument {
    /// How starts are judged on a platform that restarts containers: by the life that becomes ready.
    package struct Restarts: Codable, Hashable, Sendable {
        package let watch: Double
        package let survived: Int
    }

    /// A choice that survives; times are seconds.
    package struct Policy: Codable, Hashable, Sendable {
        package let initialDelaySeconds: Double
        package let timeoutSeconds: Double
        package let periodSeconds: Double
        package let failureThreshold: Int
        package let cpu: Double
        package let startupBoost: Bool
        /// In how many starts the instance became ready only after a restart; absent where containers are not restarted.
        package let restarted: Int?
        /// How long a start that never becomes ready is waited for at most.
        package let patience: Double
        package let meanLag: Double
        package let longestLag: Double
        package let latest: Double
    }
}

extension SurvivalDocument.Policy {
    init(_ policy: SurvivingPolicy, isRestarted: Bool) {
        initialDelaySeconds = policy.probe.initialDelay.reportedSeconds
        timeoutSeconds = policy.probe.timeout.reportedSeconds
        periodSeconds = policy.probe.period.reportedSeconds
        failureThreshold = policy.probe.failureThreshold
        cpu = policy.cpu.limit
        startupBoost = policy.cpu.startupBoost
        restarted = isRestarted ? policy.restarted : nil
        patience = policy.patience.reportedSeconds
        meanLag = policy.meanLag.reportedSeconds
        longestLag = policy.longestLag.reportedSeconds
        latest = policy.latest.reportedSeconds
    }
}
