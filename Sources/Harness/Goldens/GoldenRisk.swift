/// How much a person takes on by accepting a difference.
package enum GoldenRisk: String, Hashable, Sendable, Codable, CaseIterable, Comparable {
    /// Every movie stands where the golden has it or within its tie class; scores, texts or files differ.
    case low
    /// Movies stand across a margin.
    case medium
    /// Movies came or went, or a whole session did; accepting it needs a reason.
    case high

    /// What the class says, in a few words.
    package var meaning: String {
        switch self {
        case .low: "inside ties"
        case .medium: "across a margin"
        case .high: "candidates or counts changed"
        }
    }

    package static func < (left: GoldenRisk, right: GoldenRisk) -> Bool {
        let order: [GoldenRisk] = [.low, .medium, .high]
        return order.firstIndex(of: left) ?? 0 < order.firstIndex(of: right) ?? 0
    }
}
