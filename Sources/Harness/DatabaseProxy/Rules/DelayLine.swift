/// When the bytes of one direction of one connection arrive: later by a delay, no faster than a rate, never reordered.
package struct DelayLine: Hashable, Sendable {
    private var isBusyUntil: Duration = .zero
    private var latest: Duration = .zero

    /// Creates the line of a new connection.
    package init() {}

    /// Returns when bytes that have just come arrive.
    ///
    /// - Parameters:
    ///   - count: How many there are.
    ///   - now: When they came.
    ///   - shape: How they are delayed.
    /// - Returns: The time at which the last of them arrives.
    package mutating func arrival(of count: Int, at now: Duration, _ shape: RuleBook.Shape) -> Duration {
        var sent = now
        if let rate = shape.bytesPerSecond {
            sent = max(now, isBusyUntil) + .seconds(1) * (Double(count) / Double(rate))
            isBusyUntil = sent
        }
        latest = max(latest, sent + shape.delay)
        return latest
    }

    /// The largest part in which bytes travel, so that a narrow line shows as a trickle: what it carries in 50 ms.
    package static func partSize(_ shape: RuleBook.Shape) -> Int {
        shape.bytesPerSecond.map { max(1, $0 / 20) } ?? .max
    }
}
