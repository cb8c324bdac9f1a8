import Checks
package import Reports

/// The JSON form of a mutation run.
///
/// Keys: `kind` (always `coldstart-mutate`), `schemaVersion`, `toolVersion`, `exitCode`, `causes` (every code that a mutant
/// gives cause for, the one that decides first), `scenarios` (those that judge), `setAside` (those that do not pass
/// without a mistake), `caught`, `survived`, `inert`, `broken` (counts) and `mutants`. Keys are added within a version; one that changes its meaning or goes raises it.
package struct MutationDocument: Hashable, Sendable, Codable {
    /// The version of the document.
    package static let schemaVersion = 1

    /// One mutant.
    package struct Mutant: Hashable, Sendable, Codable {
        /// The name.
        package var id: String
        /// What is wrong with it.
        package var mistake: String
        /// `caught`, `survived`, `inert` or `broken`.
        package var result: String
        /// The checks that failed.
        package var caughtBy: [MutantOutcome.Catch]
        /// The scenarios in which an answer, a row or a ranking changed.
        package var changed: [String]
        /// What would find the mistake.
        package var remedy: String
        /// Why the mistake could not be made; null where it was.
        @OrNull package var reason: String?
    }

    /// Always `coldstart-mutate`.
    package var kind = "coldstart-mutate"
    /// The version of the document.
    package var schemaVersion = Self.schemaVersion
    /// The version of Coldstart.
    package var toolVersion: String
    /// The exit code of the command.
    package var exitCode: Int32
    /// Every code that a mutant gives cause for, the one that decides first.
    package var causes: [Int32]
    /// The scenarios that judge.
    package var scenarios: [String]
    /// Those that do not pass without a mistake.
    package var setAside: [String]
    /// How many mutants were caught.
    package var caught: Int
    /// How many survived.
    package var survived: Int
    /// How many changed nothing and are not counted.
    package var inert: Int
    /// How many could not be made.
    package var broken: Int
    /// The mutants in the order in which they were run.
    package var mutants: [Mutant]

    /// The document as JSON text.
    package var json: String { ReportEncoding.pretty(self) }
}

extension MutationDocument {
    /// Creates the document of a run.
    package init(_ result: MutationRun.Result, toolVersion: String) {
        func count(_ wanted: MutantOutcome.Result) -> Int { result.outcomes.count { $0.result == wanted } }
        self.init(
            toolVersion: toolVersion,
            exitCode: result.exitCode.rawValue,
            causes: result.causes.map(\.rawValue),
            scenarios: result.scenarios,
            setAside: result.setAside,
            caught: count(.caught),
            survived: count(.survived),
            inert: count(.inert),
            broken: count(.broken),
            mutants: result.outcomes.map { outcome in
                Mutant(
                    id: outcome.id,
                    mistake: outcome.mistake,
                    result: outcome.result.rawValue,
                    caughtBy: outcome.catches,
                    changed: outcome.changed,
                    remedy: outcome.remedy,
                    reason: outcome.reason
                )
            }
        )
    }
}
