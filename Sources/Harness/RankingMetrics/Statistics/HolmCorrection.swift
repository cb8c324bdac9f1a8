/// Holm's correction of p-values for their number.
///
/// Holm, "A simple sequentially rejective multiple test procedure", Scandinavian Journal of Statistics 6, 1979.
package enum HolmCorrection {
    /// Returns each p-value adjusted, so that those of at most α may all be called significant at the level α.
    ///
    /// - Parameter values: p-values, 0 to 1.
    /// - Returns: The adjusted values in the same order.
    /// - Precondition: All values are from 0 to 1.
    /// - Complexity: O(*n* log *n*).
    package static func adjusted(_ values: [Double]) -> [Double] {
        precondition(values.allSatisfy { (0...1).contains($0) }, "p-values \(values) are not all from 0 to 1")
        var adjusted = values
        var largest = 0.0
        for (place, index) in values.indices.sorted(by: { values[$0] < values[$1] }).enumerated() {
            largest = max(largest, min(1, Double(values.count - place) * values[index]))
            adjusted[index] = largest
        }
        return adjusted
    }
}
