import Checks
package import Goldens
package import Reports

/// A start that is pending for its golden, for `golden pending`.
///
/// | key | content |
/// |---|---|
/// | `golden` | the golden's file |
/// | `risk`, `status` | how much care accepting it needs; `open` or `rejected` |
/// | `differences` | what the start shows that the golden does not allow, in words |
/// | `rejection` | who rejected it, when and why; absent where nobody did |
package struct PendingStartReport: Encodable, Sendable {
    private let golden: String
    private let risk: GoldenRisk
    private let status: PendingEntry.Status
    private let differences: [String]
    private let rejection: PendingEntry.Rejection?

    /// Creates a report.
    ///
    /// - Parameters:
    ///   - golden: The golden's file.
    ///   - differences: What the start shows that it does not allow.
    ///   - risk: How much care accepting it needs.
    ///   - rejection: Who rejected it, `nil` where nobody did.
    package init(
        _ golden: String,
        _ differences: [TimelineDifference],
        risk: GoldenRisk,
        rejection: PendingEntry.Rejection?
    ) {
        self.golden = golden
        self.risk = risk
        self.rejection = rejection
        status = rejection == nil ? .open : .rejected
        self.differences = differences.map(\.words)
    }

    /// The code that it gives cause for.
    var cause: ExitCode { status == .rejected ? .expectationFailed : .goldensPending }

    /// The report for people.
    ///
    /// - Returns: The golden, then one line for each difference.
    package func lines(width: Int) -> [StyledLine] {
        var heading = StyledLine(golden, .strong)
        heading.append("  a start, risk ", .faint)
        heading.append(risk.rawValue, risk.role)
        heading.append(", \(status.rawValue)", status == .rejected ? .bad : .plain)
        return [heading]
            + differences.flatMap { StyledLine.wrapping($0, columns: width - 2) }.map { $0.indented(by: 2) }
    }
}
