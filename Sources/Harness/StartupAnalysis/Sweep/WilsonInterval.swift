/// The interval of a probability of which so many trials are known, at 95 % confidence.
///
/// Wilson, "Probable inference, the law of succession, and statistical inference", 1927: it keeps within 0 to 1 and has a
/// width also where all trials ended alike.
package struct WilsonInterval: Hashable, Sendable {
    /// The 0.975 quantile of the standard normal distribution.
    private static let quantile = 1.959963984540054

    /// The lower end.
    package let lower: Double
    /// The upper end.
    package let upper: Double

    /// Computes the interval.
    ///
    /// - Precondition: There is a trial, and no more successes than trials.
    package init(successes: Int, of trials: Int) {
        precondition(trials > 0 && (0...trials).contains(successes), "\(successes) successes of \(trials) trials")
        let number = Double(trials)
        let share = Double(successes) / number
        let square = Self.quantile * Self.quantile
        let middle = share + square / (2 * number)
        let width = Self.quantile * (share * (1 - share) / number + square / (4 * number * number)).squareRoot()
        let scale = 1 + square / number
        // At either end rounding would leave a rest.
        lower = successes == 0 ? 0 : (middle - width) / scale
        upper = successes == trials ? 1 : (middle + width) / scale
    }
}
