package import Domain

/// What the service says of itself, and whether it is so.
package struct ServiceHealth: Hashable, Sendable, Codable {
    /// How far the service has come.
    package enum Level: Int, Hashable, Sendable, Codable, Comparable {
        /// Nothing is promised.
        case booting
        /// It calls itself ready.
        case basic
        /// Everything is loaded.
        case full

        package static func < (first: Level, second: Level) -> Bool { first.rawValue < second.rawValue }
    }

    /// What it says of itself.
    package var status: HealthStatus
    /// Whether a request for recommendations would get rows.
    package var recommends: Bool

    /// The status as a text, such as `booting`, `ready_basic` or `init_error: …`.
    package var text: String { status.text }

    /// The level that the status claims.
    package var level: Level {
        switch status {
        case .readyFull: .full
        case .readyBasic: .basic
        case .booting, .failed, .other: .booting
        }
    }

    /// Whether the initialisation has failed for good.
    package var hasFailed: Bool { status.hasFailed }

    /// Creates a health.
    package init(_ status: HealthStatus, recommends: Bool = false) {
        self.status = status
        self.recommends = recommends
    }
}

/// The state in which the service serves a request.
package struct RequestState: Hashable, Sendable, Codable {
    /// What the answer is worth.
    package enum Quality: Int, Hashable, Sendable, Codable, Comparable {
        /// No rows.
        case none
        /// Rows of a part of the models.
        case partial
        /// Rows of all models.
        case full

        package static func < (first: Quality, second: Quality) -> Bool { first.rawValue < second.rawValue }
    }

    /// The label by which expectations name the state, such as `full` or `svd_only`.
    package var label: String
    /// What the answer is worth.
    package var quality: Quality
    /// The HTTP status of the answer.
    package var status: Int

    /// Creates a state.
    package init(_ label: String, quality: Quality, status: Int = 200) {
        self.label = label
        self.quality = quality
        self.status = status
    }
}
