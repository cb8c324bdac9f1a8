package import Domain

/// The rule by which int8 decides a prompt, and by which its decisions are watched.
package struct MarginCheck: Hashable, Sendable {
    /// The bound on the error of each step's margin, a difference of logits.
    package let bounds: [Float]

    /// Creates the rule of bounds.
    package init(bounds: [Float]) {
        self.bounds = bounds
    }

    /// Whether int8's tokens are float32's: the margin of every step is wider than its bound.
    ///
    /// - Parameter margins: The lead of each step's token over the next.
    /// - Returns: Whether all of them are; a step without a bound never is, and where there is no step nothing can err.
    package func decides(_ margins: [Float]) -> Bool {
        margins.count <= bounds.count && zip(margins, bounds).allSatisfy { $0 > $1 }
    }

    /// An error beyond its bound: the first of a prompt, `nil` where there is none.
    ///
    /// Steps are compared up to the first token that differs: behind it the two have decoded something else. There the
    /// error is at least the sum of both margins, as the one token leads in int8 and the other in float32.
    ///
    /// - Parameters:
    ///   - low: What int8 decoded, with each step's margin.
    ///   - full: What float32 decoded.
    ///   - factor: By how much more than its bound an error may be.
    /// - Returns: The step; session and movie are not known here.
    package func violation(
        of low: GeneratedTokens,
        against full: GeneratedTokens,
        allowing factor: Float = 1
    ) -> PrecisionViolation? {
        for step in 0..<min(low.tokens.count, full.tokens.count, bounds.count) {
            let isSame = low.tokens[step] == full.tokens[step]
            let (margin, lead) = (low.gaps[step], isSame ? full.gaps[step] : -full.gaps[step])
            if abs(margin - lead) > bounds[step] * factor {
                return PrecisionViolation(
                    step: step + 1,
                    margin: Double(margin),
                    bound: Double(bounds[step]),
                    error: Double(margin - lead)
                )
            }
            if !isSame { return nil }
        }
        return nil
    }
}
