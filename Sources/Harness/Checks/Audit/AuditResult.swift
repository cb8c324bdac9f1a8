/// What an audit of a database found.
package struct AuditResult: Sendable {
    /// All findings of one class.
    package struct Group: Sendable {
        /// The class.
        package let kind: AuditClass
        /// How many there are.
        package var count = 0
        /// The first few.
        package var examples: [AuditFinding] = []
        /// How many of them each mistake of the service explains.
        package var causes: [AuditCause: Int] = [:]

        /// The mistake of the service that explains all of them.
        package var cause: AuditCause? { causes.first { $0.value == count }?.key }

        /// What they mean, in a line.
        package var meaning: String { cause?.meaning ?? kind.meaning }

        /// What to do about them, in a line.
        package var advice: String {
            if let cause { return cause.advice }
            let partial = causes.sorted { $0.key.rawValue < $1.key.rawValue }
                .map { "; for \($0.value) of them: \($0.key.meaning), \($0.key.advice)" }
            return kind.advice + partial.joined()
        }
    }

    /// One line of the incident note's summary, also of models and phases that the service does not know.
    package struct SummaryLine: Hashable, Sendable {
        /// The model, as the table spells it.
        package let model: String?
        /// The phase of the study.
        package let phase: Int?
        /// How many rows there are.
        package let rows: Int
        /// How many sessions they belong to.
        package let sessions: Int
    }

    /// What the visitors in the phase `recommendation` are shown.
    package struct Visitors: Hashable, Sendable {
        /// How many there are.
        package var asked = 0
        /// How many see recommendations of their own.
        package var own = 0
        /// How many see the silent fallback because they have no row.
        package var fallbackWithoutRows = 0
        /// How many see the silent fallback although they have rows: none of them is displayed, or visible.
        package var fallbackDespiteRows = 0
        /// How many have rows of SVD alone: legal, for P5 may fail, and worth a look where there are many.
        package var withoutP5 = 0

        /// How many see the silent fallback.
        package var fallback: Int { fallbackWithoutRows + fallbackDespiteRows }
    }

    /// Where the database is, without any secret.
    package let database: String
    /// The phase of the study whose rows were judged.
    package let phase: Int
    /// How many rows of each model a whole set was taken to have.
    package let topK: Int
    /// The role whose view was compared; `nil` where none was.
    package let role: String?
    /// How long the audit took.
    package let seconds: Double
    /// How many rows `recommendations` holds, of all phases.
    package let rows: Int
    /// How many sessions they belong to.
    package let sessions: Int
    /// The incident note's summary, by phase, SVD first.
    package let summary: [SummaryLine]
    /// What visitors are shown.
    package let visitors: Visitors
    /// The findings of every class, those without any included.
    package let groups: [Group]

    /// Whether nothing is wrong.
    package var isSound: Bool { groups.allSatisfy { $0.count == 0 } }

    /// The exit code of the command.
    package var exitCode: ExitCode { isSound ? .passed : .landingFailed }
}
