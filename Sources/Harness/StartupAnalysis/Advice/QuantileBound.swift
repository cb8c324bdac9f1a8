#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif
#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// An upper bound of a quantile from so many observations, whatever their distribution is.
///
/// The *k*th smallest of *n* observations lies above the quantile *q* with the probability that at most *k* - 1 of them lie
/// below it, which is binomial (David and Nagaraja, "Order Statistics", 3rd edition, section 7.1).
package struct QuantileBound: Hashable, Sendable {
    /// The quantile, above 0 and below 1.
    package let quantile: Double
    /// The probability with which the bound is to hold, above 0 and below 1.
    package let confidence: Double

    /// Creates a bound.
    ///
    /// - Precondition: Both lie above 0 and below 1.
    package init(quantile: Double, confidence: Double) {
        precondition(quantile > 0 && quantile < 1, "a quantile of \(quantile)")
        precondition(confidence > 0 && confidence < 1, "a confidence of \(confidence)")
        self.quantile = quantile
        self.confidence = confidence
    }

    /// The fewest observations of which the largest is such a bound: 1 - *q*ⁿ reaches the confidence.
    package var leastObservations: Int {
        max(1, Int((log(1 - confidence) / log(quantile) - 1e-9).rounded(.up)))
    }

    /// The place from 1 of the smallest observation that is such a bound, absent where there are too few.
    ///
    /// - Complexity: O(`count`).
    package func place(among count: Int) -> Int? {
        guard count >= leastObservations else { return nil }
        var below = 0.0
        for place in 1...count {
            below += probability(of: place - 1, among: count)
            if below >= confidence { return place }
        }
        return count
    }

    /// The probability that exactly so many of the observations lie below the quantile.
    private func probability(of number: Int, among count: Int) -> Double {
        let ways = lgamma(Double(count + 1)) - lgamma(Double(number + 1)) - lgamma(Double(count - number + 1))
        return exp(ways + Double(number) * log(quantile) + Double(count - number) * log(1 - quantile))
    }
}
