package import PostgresClient

/// When a transaction is tried again, as a pure state machine: errors in, delays out.
///
/// Tried again is what another try may do better: a transaction that the server undid for the sake of others, a connection
/// that was lost or refused for want of room. A write is the same however often it is made, so that one whose end is unknown
/// is tried again as well. Codes: <https://www.postgresql.org/docs/15/errcodes-appendix.html>.
package struct RetrySchedule: Hashable, Sendable {
    /// Deadlocks and other transactions' doing, such as a lock held for longer than a statement may take, no room for a
    /// connection, servers that start or stop.
    private static let passing: Set<String> = [
        "40001", "40P01", "55P03", "57014", "53300", "57P01", "57P02", "57P03", "57P05",
    ]

    /// For how long after the first try another one may begin.
    package let limit: Duration
    private let longest: Duration
    private var next: Duration

    /// Creates a schedule.
    ///
    /// - Parameters:
    ///   - limit: For how long after the first try another one may begin.
    ///   - first: The longest delay before the second try; it doubles from try to try.
    ///   - longest: What no delay exceeds.
    package init(limit: Duration = .seconds(30), first: Duration = .milliseconds(200), longest: Duration = .seconds(5))
    {
        self.limit = limit
        self.longest = longest
        next = first
    }

    /// Decides about another try.
    ///
    /// - Parameters:
    ///   - error: How the last try ended.
    ///   - elapsed: The time since the first try began.
    ///   - share: The share of the delay that is waited, 0 to 1: drawn, so that many programs do not come back at once.
    /// - Returns: How long to wait; `nil` where no other try would help, or the limit is over.
    package mutating func delay(after error: PostgresError, elapsed: Duration, share: Double) -> Duration? {
        guard Self.passes(error) else { return nil }
        let delay = next * (0.5 + share / 2)
        next = min(next * 2, longest)
        return elapsed + delay <= limit ? delay : nil
    }

    private static func passes(_ error: PostgresError) -> Bool {
        if let state = error.sqlState, passing.contains(state) || state.hasPrefix("08") { return true }
        return [.unreachable, .connectionLost, .commitOutcomeUnknown].contains(error.code)
    }
}
