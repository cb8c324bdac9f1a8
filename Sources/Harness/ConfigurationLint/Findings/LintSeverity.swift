/// How much a finding matters.
package enum LintSeverity: String, CaseIterable, Sendable, Comparable {
    /// It will be refused, or will not do what it says.
    case error
    /// It works at times, or elsewhere.
    case warn
    /// It is worth knowing.
    case info

    package static func < (left: LintSeverity, right: LintSeverity) -> Bool { left.rank < right.rank }

    private var rank: Int {
        switch self {
        case .error: 0
        case .warn: 1
        case .info: 2
        }
    }
}
