/// What verified low precision did in a run: under which bound, to how many prompts.
package struct PrecisionReport: Hashable, Sendable, Codable {
    /// The bounds on int8's error, and what they were calibrated on.
    package struct Bound: Hashable, Sendable, Codable {
        /// The prompts that were computed in both.
        package var prompts: Int
        /// The quantile of a step's errors that its bound is made of.
        package var quantile: Double
        /// What that is multiplied by.
        package var safetyFactor: Double
        /// The largest error of each decoding step, a difference of logits.
        package var largestErrors: [Double]
        /// The bound of each step: a margin of two logits that is wider is decided.
        package var bounds: [Double]

        /// Creates bounds.
        package init(
            prompts: Int,
            quantile: Double,
            safetyFactor: Double,
            largestErrors: [Double],
            bounds: [Double]
        ) {
            self.prompts = prompts
            self.quantile = quantile
            self.safetyFactor = safetyFactor
            self.largestErrors = largestErrors
            self.bounds = bounds
        }
    }

    /// The share of prompts done again above which the bound is too wide to be worth it.
    package static let largestUsefulShare = 0.3

    /// The bounds.
    package var bound: Bound
    /// The prompts that int8 decided.
    package var decided = 0
    /// The prompts that were done again in float32, as a margin was no wider than its bound.
    package var again = 0
    /// Those of the decided prompts that were also done in float32, to watch the bound.
    package var sampled = 0
    /// The first error beyond the bound, after which all was done in float32.
    package var violation: PrecisionViolation?

    /// Creates the report of a run that has decided nothing yet.
    package init(bound: Bound) {
        self.bound = bound
    }

    /// All prompts.
    package var prompts: Int { decided + again }

    /// The share of prompts that were done again; 0 without prompts.
    package var shareAgain: Double { prompts > 0 ? Double(again) / Double(prompts) : 0 }

    /// Whether more prompts were done again than makes sense.
    package var isTooWide: Bool { shareAgain > Self.largestUsefulShare }

    /// The sum of two parts of a run, `nil` where neither has one; of two violations the first stays.
    package static func sum(_ first: PrecisionReport?, _ second: PrecisionReport?) -> PrecisionReport? {
        guard var sum = first, let second else { return first ?? second }
        sum.decided += second.decided
        sum.again += second.again
        sum.sampled += second.sampled
        sum.violation = sum.violation ?? second.violation
        return sum
    }
}

/// An error of int8 beyond the bound that was calibrated: the case in which it was seen.
package struct PrecisionViolation: Error, Hashable, Sendable, Codable {
    /// The session; `nil` where the prompt was none of a session's.
    package var session: String?
    /// The movie that was rated.
    package var movie: String?
    /// The decoding step, from 1.
    package var step: Int
    /// The margin of int8's token over the next, a difference of logits.
    package var margin: Double
    /// The bound on the error.
    package var bound: Double
    /// The error: by how much more the token leads in int8 than in float32, at least.
    package var error: Double

    /// Creates a case.
    package init(
        session: String? = nil,
        movie: String? = nil,
        step: Int,
        margin: Double,
        bound: Double,
        error: Double
    ) {
        self.session = session
        self.movie = movie
        self.step = step
        self.margin = margin
        self.bound = bound
        self.error = error
    }

    /// The same case with whose it is.
    package func of(session: SessionID, movie: MovieID) -> PrecisionViolation {
        var named = self
        (named.session, named.movie) = (session.text, movie.text)
        return named
    }
}

extension PrecisionViolation: CustomStringConvertible {
    package var description: String {
        "precision verified: session \(session ?? "unknown"), movie \(movie ?? "unknown"), step \(step): int8 led by "
            + "\(Self.text(margin)), an error of \(Self.text(error)) where the bound is \(Self.text(bound)); use "
            + "--precision float32, or calibrate again without the kept bound"
    }

    /// Four digits behind the point.
    fileprivate static func text(_ value: Double) -> String {
        guard value.isFinite, abs(value) < 1e9 else { return "\(value)" }
        return "\((value * 1e4).rounded() / 1e4)"
    }
}

extension PrecisionReport {
    /// The report in lines for people; the second says that the bound is too wide, where it is.
    package var lines: [String] {
        let share = (shareAgain * 1_000).rounded() / 10
        let ends = [bound.bounds.min() ?? 0, bound.bounds.max() ?? 0]
        let bounds = ends.map(PrecisionViolation.text).joined(separator: " to ")
        var lines = [
            "precision verified: \(decided) of \(prompts) prompts decided in int8, \(again) (\(share) %) done again in "
                + "float32, \(sampled) of the decided sampled; bounds \(bounds) from \(bound.prompts) prompts"
        ]
        if isTooWide {
            lines.append(
                "precision verified: more than \(Int(Self.largestUsefulShare * 100)) % of the prompts were done again, "
                    + "for which float32 alone is about as fast"
            )
        }
        return lines
    }
}
