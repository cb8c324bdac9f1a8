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

    /// The status text, such as `booting`, `ready_basic` or `init_error: …`.
    package var text: String
    /// The level that the text claims.
    package var level: Level
    /// Whether a request for recommendations would get rows.
    package var recommends: Bool

    /// Whether the initialisation has failed for good.
    package var hasFailed: Bool { Self.saysFailed(text) }

    /// Whether a status text says that the initialisation has failed for good.
    package static func saysFailed(_ text: String) -> Bool { text.hasPrefix("init_error") }

    /// Creates a health.
    package init(_ text: String, level: Level = .booting, recommends: Bool = false) {
        self.text = text
        self.level = level
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
