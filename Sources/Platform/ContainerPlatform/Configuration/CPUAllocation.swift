/// The CPU that an instance may use, and when.
package struct CPUAllocation: Hashable, Sendable, Codable {
    /// What decides whether an instance has CPU once it has started.
    package enum Billing: String, Hashable, Sendable, Codable, CaseIterable {
        /// CPU only while starting, during requests and while shutting down (`cpu-throttling: 'true'`, the default).
        case requestBased = "request-based"
        /// CPU for the whole life of the instance (`cpu-throttling: 'false'`).
        case instanceBased = "instance-based"
    }

    /// The CPU limit in vCPU.
    package var limit: Double
    /// When CPU is there after the start.
    package var billing: Billing
    /// Whether the instance gets more CPU while it starts and shortly after.
    package var startupBoost: Bool

    /// Creates an allocation; the defaults are those of a new service.
    ///
    /// - Precondition: `limit` lies within ``limits``.
    package init(limit: Double = 1, billing: Billing = .requestBased, startupBoost: Bool = true) {
        precondition(Self.limits.contains(limit), "a CPU limit of \(limit) vCPU is out of range")
        self.limit = limit
        self.billing = billing
        self.startupBoost = startupBoost
    }

    /// The limits that can be simulated, wider than those any platform offers.
    package static let limits: ClosedRange<Double> = 0.001...64

    /// The vCPU that are there during startup and the boost tail.
    ///
    /// With boost a limit up to 1 becomes 2, up to 2 becomes 4, anything above becomes 8 (Cloud Run's CPU page).
    package var duringStartup: Double {
        guard startupBoost else { return limit }
        switch limit {
        case ...1: return 2
        case ...2: return 4
        default: return max(limit, 8)
        }
    }

    /// The limit in thousandths of a vCPU.
    package var limitMillicores: Int { Self.millicores(limit) }

    /// The startup allocation in thousandths of a vCPU.
    package var startupMillicores: Int { Self.millicores(duringStartup) }

    private static func millicores(_ cores: Double) -> Int {
        max(1, Int(cores * 1000 + 0.5))
    }
}
