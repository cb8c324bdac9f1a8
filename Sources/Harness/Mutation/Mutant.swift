import Domain
import ServiceUnderTest

/// The engine with one mistake in it.
package struct Mutant: Sendable {
    /// The name on the command line and in reports.
    package let id: String
    /// What is wrong with it, a sentence.
    package let mistake: String
    /// The line of a scenario's `expect`, or the check, that would find the mistake.
    package let remedy: String
    /// Makes the mistake, given what the run without it showed.
    let alteration: @Sendable (SoundRun) -> EngineAlteration

    /// Creates a mutant.
    ///
    /// - Parameters:
    ///   - id: The name.
    ///   - mistake: What is wrong.
    ///   - remedy: What would find it.
    ///   - alteration: Makes the mistake.
    init(
        _ id: String,
        _ mistake: String,
        remedy: String,
        _ alteration: @escaping @Sendable (SoundRun) -> EngineAlteration
    ) {
        self.id = id
        self.mistake = mistake
        self.remedy = remedy
        self.alteration = alteration
    }

    /// All mutants, in the order in which they are run.
    package static let all: [Mutant] = [
        .perturbFactor, .shiftItemIDs, .shiftP5IDs, .staleCheckpoint, .dropCandidate, .dropP5Candidate, .swapLogits,
        .dropTieRule, .truncateWrite, .displayOffByOne,
    ]
}

/// What a mutant has to know of the run without any.
struct SoundRun: Hashable, Sendable {
    /// The movie that stands first most often in SVD's answers, by which a mistake about one movie shows; `nil` where SVD
    /// ranked nothing.
    var favourite: MovieID?

    /// What would find a mistake in a ranking.
    static let goldens = "rankings: {svd_only: <golden>, full: <golden>}, with requests in that state"
}
