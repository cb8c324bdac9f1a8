extension RandomNumberGenerator {
    /// Draws a duration from a range, to the nanosecond; one number is drawn whatever the range.
    mutating func next(in range: ClosedRange<Duration>) -> Duration {
        let drawn = next()
        let span = (range.upperBound - range.lowerBound).wholeNanoseconds
        guard span > 0, span < .max else { return range.lowerBound }
        return range.lowerBound + .nanoseconds(Int64(drawn.multipliedFullWidth(by: UInt64(span) + 1).high))
    }
}
