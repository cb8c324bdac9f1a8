package import Checks
import Scenarios

/// What scenarios made of one mutant.
package struct MutantOutcome: Hashable, Sendable {
    /// The verdict on the scenarios.
    package enum Result: String, Hashable, Sendable, Codable {
        /// A check of a scenario failed.
        case caught
        /// Something changed, and no check failed.
        case survived
        /// No answer, row or ranking changed: nothing that scenarios could have caught, and not counted.
        case inert
        /// The mistake could not be made, or a scenario not be run with it.
        case broken

        /// What it means for the exit code, `nil` where it means nothing.
        package var exitCode: ExitCode? {
            switch self {
            case .caught: .passed
            case .survived: .expectationFailed
            case .inert: nil
            case .broken: .environment
            }
        }
    }

    /// A check that failed.
    package struct Catch: Hashable, Sendable, Codable {
        /// The scenario's name.
        package let scenario: String
        /// The check's name, such as `rankings.full`.
        package let check: String
        /// What it found.
        package let message: String
    }

    /// The mutant's name.
    package let id: String
    /// What is wrong with it.
    package let mistake: String
    /// What would find it.
    package let remedy: String
    /// What became of it.
    package let result: Result
    /// The checks that failed, in the order of the scenarios.
    package let catches: [Catch]
    /// The names of the scenarios in which something changed.
    package let changed: [String]
    /// Why the mistake could not be made, `nil` where it was.
    package let reason: String?

    /// Judges a mutant.
    ///
    /// - Parameters:
    ///   - mutant: The mutant.
    ///   - mutated: The scenarios with its mistake.
    ///   - sound: The same scenarios without.
    init(_ mutant: Mutant, _ mutated: [ScenarioResult], sound: [ScenarioResult]) {
        id = mutant.id
        mistake = mutant.mistake
        remedy = mutant.remedy
        catches = mutated.flatMap { result in
            result.verdicts.filter { $0.outcome == .failed && $0.consequenceOf == nil }
                .map { Catch(scenario: result.scenario.name.value, check: $0.check, message: $0.message) }
        }
        changed = zip(mutated, sound).filter { RunTrace($0) != RunTrace($1) }.map { $0.0.scenario.name.value }
        reason = mutated.lazy.compactMap { $0.failure?.message }.first
        // A check that failed is proof, also where another scenario could not be run.
        result =
            !catches.isEmpty
            ? .caught : reason != nil || mutated.count != sound.count ? .broken : changed.isEmpty ? .inert : .survived
    }
}
