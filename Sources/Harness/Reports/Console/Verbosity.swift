/// How much the console says.
package enum Verbosity: Int, Hashable, Sendable, Comparable {
    /// Failures and the last line.
    case quiet
    /// A line for each scenario, failures, what landed, and the end.
    case normal
    /// Also what each scenario teaches, its timeline, figures, rows and checks.
    case verbose

    package static func < (left: Verbosity, right: Verbosity) -> Bool { left.rawValue < right.rawValue }
}
