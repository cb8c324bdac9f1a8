#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// The standard normal distribution, for the mean of very many differences.
enum NormalDistribution {
    /// The probability of a value at least as far from 0 on either side.
    static func twoSided(_ value: Double) -> Double { erfc(abs(value) / 2.0.squareRoot()) }

    /// The value below which a share of the distribution lies.
    ///
    /// Found by Newton's method on `erfc`; two starts from 0 that converge are the same to the last bits.
    ///
    /// - Precondition: `share` is above 0 and below 1.
    static func quantile(_ share: Double) -> Double {
        precondition(share > 0 && share < 1, "the quantile \(share) of a distribution")
        var value = 0.0
        for _ in 0..<60 {
            let below = erfc(-value / 2.0.squareRoot()) / 2
            let density = exp(-value * value / 2) / (2 * Double.pi).squareRoot()
            let step = (below - share) / density
            value -= max(-1, min(1, step))
            if abs(step) < 1e-14 { break }
        }
        return value
    }
}
