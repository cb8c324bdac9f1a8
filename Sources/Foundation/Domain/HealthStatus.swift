/// What a service says of itself in the field `status` of `GET /health`: the one reader and writer of that text.
package enum HealthStatus: Hashable, Sendable {
    /// It loads, and promises nothing.
    case booting
    /// It answers requests with what has loaded.
    case readyBasic
    /// Everything is loaded.
    case readyFull
    /// Its initialisation has failed for good; the whole text, which begins with `init_error`.
    case failed(text: String)
    /// A text that the service's contract does not know.
    case other(String)

    /// Reads a text; every text is a status.
    package init(_ text: String) {
        switch text {
        case "booting": self = .booting
        case "ready_basic": self = .readyBasic
        case "ready_full": self = .readyFull
        default: self = text.hasPrefix("init_error") ? .failed(text: text) : .other(text)
        }
    }

    /// The status of an initialisation that failed for a reason.
    package static func failed(reason: String) -> HealthStatus { .failed(text: "init_error: \(reason)") }

    /// The text, as `/health` writes it.
    package var text: String {
        switch self {
        case .booting: "booting"
        case .readyBasic: "ready_basic"
        case .readyFull: "ready_full"
        case .failed(let text), .other(let text): text
        }
    }

    /// Whether the service answers requests for recommendations: the field `ok` of `/health`.
    package var isReady: Bool { self == .readyBasic || self == .readyFull }

    /// Whether the initialisation has failed for good.
    package var hasFailed: Bool {
        if case .failed = self { true } else { false }
    }
}

extension HealthStatus: Codable {
    package init(from decoder: any Decoder) throws {
        self.init(try decoder.singleValueContainer().decode(String.self))
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}
