/// A moment as microseconds since 1970-01-01T00:00:00Z, the resolution of a PostgreSQL `timestamptz`.
package struct Timestamp: Hashable, Comparable, Sendable {
    /// Microseconds since the Unix epoch.
    package let microseconds: Int64

    /// Creates a moment from microseconds since the Unix epoch.
    package init(microseconds: Int64) {
        self.microseconds = microseconds
    }

    /// Creates a moment from seconds since the Unix epoch, rounded to the nearest microsecond.
    ///
    /// - Returns: `nil` where the value is not finite or lies outside the years that PostgreSQL and ISO 8601 share.
    package init?(unixSeconds: Double) {
        guard unixSeconds.isFinite, abs(unixSeconds) < 250_000_000_000 else { return nil }
        self.microseconds = Int64((unixSeconds * 1e6).rounded())
    }

    /// Seconds since the Unix epoch.
    package var unixSeconds: Double { Double(microseconds) / 1e6 }

    package static func < (left: Timestamp, right: Timestamp) -> Bool {
        left.microseconds < right.microseconds
    }

    /// The moment this many microseconds later.
    package func advanced(byMicroseconds delta: Int64) -> Timestamp {
        Timestamp(microseconds: microseconds + delta)
    }
}
