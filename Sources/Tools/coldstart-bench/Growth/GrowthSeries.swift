/// How long a piece of work takes at several sizes.
package struct GrowthSeries: Hashable, Sendable, Encodable {
    /// The work at one size.
    package struct Point: Hashable, Sendable, Encodable {
        /// The size.
        package let size: Double
        /// The time in seconds.
        package let seconds: Double

        /// Creates a point.
        ///
        /// - Precondition: Both are finite and above 0, as a logarithmic axis wants it.
        package init(size: Double, seconds: Double) {
            precondition(size > 0 && size.isFinite && seconds > 0 && seconds.isFinite, "\(seconds) s at \(size)")
            self.size = size
            self.seconds = seconds
        }
    }

    /// What is done, with what stays the same.
    package let title: String
    /// What the sizes count, a plural.
    package let unit: String
    /// The points, smallest size first.
    package let points: [Point]

    /// Creates a series.
    package init(title: String, unit: String, points: [Point]) {
        self.title = title
        self.unit = unit
        self.points = points.sorted { $0.size < $1.size }
    }

    /// The power of the size by which the time grew over the last step, `nil` for fewer than two sizes.
    package var exponent: Double? {
        guard points.count > 1 else { return nil }
        let (before, last) = (points[points.count - 2], points[points.count - 1])
        guard last.size > before.size else { return nil }
        return logarithm(last.seconds / before.seconds) / logarithm(last.size / before.size)
    }
}
