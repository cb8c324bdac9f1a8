package import Checks
package import Replay
package import Scenarios
import ServiceUnderTest

/// Runs scenarios without a mistake in the engine and then with one after the other.
package struct MutationRun: Sendable {
    /// What came of it.
    package struct Result: Sendable {
        /// The scenarios that pass without a mistake, which alone can judge.
        package var scenarios: [String]
        /// Those that do not, which say nothing about mutants.
        package var setAside: [String]
        /// The mutants.
        package var outcomes: [MutantOutcome]

        /// Every code that a mutant gives cause for, the one that decides first; without a mutant that was caught or
        /// survived nothing is known.
        package var causes: [ExitCode] { ExitCode.ordered(outcomes.compactMap(\.result.exitCode)) }

        /// The exit code.
        package var exitCode: ExitCode { causes[0] }
    }

    private let mutants: [Mutant]
    private let options: RunOptions
    private let schema: String

    /// Creates a run.
    ///
    /// - Parameters:
    ///   - mutants: The mutants.
    ///   - options: How scenarios are run; the target is the simulated one.
    ///   - schema: The definition of the tables.
    package init(_ mutants: [Mutant] = Mutant.all, options: RunOptions, schema: String) {
        self.mutants = mutants
        self.options = options
        self.schema = schema
    }

    /// Runs the scenarios once without a mistake, and once for each mutant.
    ///
    /// - Parameters:
    ///   - scenarios: The scenarios.
    ///   - tell: Told before each run how many are done, and its name.
    /// - Returns: What the scenarios made of each mutant.
    /// - Throws: What the runner throws; `CancellationError`.
    package func result(of scenarios: [Scenario], tell: (Int, String) -> Void = { _, _ in }) async throws -> Result {
        tell(0, "without a mistake")
        let all = try await run(scenarios, EngineAlteration())
        let sound = all.filter { $0.exitCode == .passed }
        let setAside = all.filter { $0.exitCode != .passed }.map(\.scenario.name.value)
        var result = Result(scenarios: sound.map(\.scenario.name.value), setAside: setAside, outcomes: [])
        guard !sound.isEmpty else { return result }
        let seen = SoundRun(sound)
        for mutant in mutants {
            tell(1 + result.outcomes.count, mutant.id)
            let mutated = try await run(sound.map(\.scenario), mutant.alteration(seen))
            result.outcomes.append(MutantOutcome(mutant, mutated, sound: sound))
        }
        return result
    }

    private func run(_ scenarios: [Scenario], _ alteration: EngineAlteration) async throws -> [ScenarioResult] {
        var options = options
        options.alteration = alteration
        options.continuesOnError = true
        let result = try await ScenarioRunner(options: options)
            .run(scenarios, schema: schema, notify: { _ in }, record: { _ in })
        try Task.checkCancellation()
        return result.results
    }
}
