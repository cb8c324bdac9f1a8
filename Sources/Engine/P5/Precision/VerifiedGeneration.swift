import Domain

/// Decodes the prompts of a request in int8, and those again in float32 that it does not decide, or that are watched.
///
/// Errors of prompts that share a visitor are alike. Those that are done again show them, and where these are fewer than
/// ``guards`` others stand in: where one of them errs beyond its bound, nothing of the request is decided; where it errs beyond twice that,
/// the bound is wrong, as it is where a watched prompt errs beyond it.
struct VerifiedGeneration {
    /// Of how many decided prompts one is also done in float32.
    static let sampleInterval: UInt64 = 64

    /// The fewest prompts of a request that are done in both precisions before the others are taken as decided.
    static let guards = 2

    /// The error of a prompt that is not watched, in bounds, beyond which the bound is wrong.
    static let largestExcess: Float = 2

    /// Decodes the prompts of these places in a precision.
    typealias Generator = (Precision, [Int]) throws(P5Error) -> [GeneratedTokens]

    /// An error beyond the bound, with the place of its prompt.
    typealias Violation = (place: Int, found: PrecisionViolation)

    /// What came of it.
    struct Result {
        /// What was decoded for each prompt: float32's tokens.
        var generated: [GeneratedTokens]
        /// The prompts that int8 decided.
        var decided = 0
        /// The prompts that were done again.
        var again = 0
        /// The decided ones that were also done in float32.
        var sampled = 0
        /// The first error beyond the bound; all prompts are float32's then.
        var violation: Violation?
    }

    /// The rule that decides.
    let check: MarginCheck

    /// Decodes prompts.
    ///
    /// - Parameters:
    ///   - prompts: The token ids of each.
    ///   - generate: Decodes some of them.
    /// - Returns: What came of it.
    /// - Throws: ``P5Error`` of float32; where int8 makes something that is no number, float32 does all.
    func callAsFunction(_ prompts: [[Int32]], _ generate: Generator) throws(P5Error) -> Result {
        let all = Array(prompts.indices)
        let low: [GeneratedTokens]
        do throws(P5Error) {
            low = try generate(.int8, all)
        } catch {
            guard error.code == .numbers else { throw error }
            return Result(generated: try generate(.float32, all), again: prompts.count)
        }
        let decided = all.filter { check.decides(low[$0].gaps) }
        let sampled = decided.filter { Self.isSampled(prompts[$0]) }
        let undecided = Set(all).subtracting(decided)
        let further = Set(decided).subtracting(sampled).sorted().prefix(max(0, Self.guards - undecided.count))
        let exact = (undecided.union(sampled).union(further)).sorted()
        let full = exact.isEmpty ? [] : try generate(.float32, exact)
        var result = Result(
            generated: low,
            decided: decided.count,
            again: undecided.count,
            sampled: sampled.count
        )
        var isTrusted = true
        for (place, answer) in zip(exact, full) {
            result.generated[place] = answer
            let isWatched = sampled.contains(place)
            let allowed: Float = isWatched ? 1 : Self.largestExcess
            if let found = check.violation(of: low[place], against: answer, allowing: allowed) {
                result.violation = result.violation ?? (place, found)
            } else if !isWatched, check.violation(of: low[place], against: answer) != nil {
                isTrusted = false
            }
        }
        if result.violation != nil {
            result.generated = try generate(.float32, all)
        } else if !isTrusted {
            return Result(generated: try generate(.float32, all), again: prompts.count)
        }
        return result
    }

    /// Whether a prompt is watched: by a hash of its tokens, so that the same are in every run.
    static func isSampled(_ prompt: [Int32]) -> Bool {
        var hash: UInt64 = 0
        for token in prompt {
            var generator = SplitMix64(seed: hash ^ UInt64(UInt32(bitPattern: token)))
            hash = generator.next()
        }
        return hash % sampleInterval == 0
    }
}
