package import Checks

/// The JSON form of an audit, `report.json` of `coldstart db verify`.
///
/// Keys: `kind` (always `coldstart-audit`), `schemaVersion`, `toolVersion`, `exitCode` (0 or 5), `database` (no
/// secrets), `phase`, `topK`, `role` (or null), `seconds`, `rows` and `sessions` (of all phases), `summary` (the incident
/// note's query: `model`, `phase`, `rows`, `sessions`), `visitors` and `classes`. Every class is listed, also with
/// `count` 0, in the order of `AuditClass`. Keys are added within a version; one that changes its meaning or goes
/// raises it.
package struct AuditDocument: ReportDocument, Hashable, Sendable, Codable {
    /// The version of the document.
    package static let schemaVersion = 1

    /// One line of the summary.
    package struct Summary: Hashable, Sendable, Codable {
        /// The model, null where the column is.
        @OrNull package var model: String?
        /// The phase, null where the column is.
        @OrNull package var phase: Int?
        /// How many rows there are.
        package var rows: Int
        /// How many sessions they belong to.
        package var sessions: Int
    }

    /// What the visitors in the phase `recommendation` are shown.
    package struct Visitors: Hashable, Sendable, Codable {
        /// How many there are.
        package var asked: Int
        /// How many see recommendations of their own.
        package var own: Int
        /// How many see the silent fallback.
        package var fallback: Int
        /// How many of these have no row.
        package var fallbackWithoutRows: Int
        /// How many of these have rows that are not displayed or not visible.
        package var fallbackDespiteRows: Int
        /// How many have rows of SVD alone, which is legal.
        package var withoutP5: Int
    }

    /// All findings of one class.
    package struct Group: Hashable, Sendable, Codable {
        /// The class, such as `rank_gaps`.
        package var name: String
        /// How many there are.
        package var count: Int
        /// What one finding is about: `sessions`, `sets`, `lists` or `rows`.
        package var unit: String
        /// What the findings mean.
        package var meaning: String
        /// What to do about them.
        package var advice: String
        /// The mistake of the service that explains all of them, such as `places_from_zero`; null where none is known.
        @OrNull package var cause: String?
        /// The first few.
        package var examples: [Example]
    }

    /// One finding.
    package struct Example: Hashable, Sendable, Codable {
        /// The session's id, null where the column is.
        @OrNull package var session: String?
        /// The model, null where both are concerned.
        @OrNull package var model: String?
        /// What was found.
        package var text: String
    }

    /// Always `coldstart-audit`.
    package var kind = "coldstart-audit"
    /// The version of the document.
    package var schemaVersion = Self.schemaVersion
    /// The version of Coldstart.
    package var toolVersion: String
    /// The exit code of the command.
    package var exitCode: Int32
    /// Where the database is, without any secret.
    package var database: String
    /// The audited phase.
    package var phase: Int
    /// How many rows of each model a whole set was taken to have.
    package var topK: Int
    /// The role whose view was compared.
    @OrNull package var role: String?
    /// How long the audit took.
    package var seconds: Double
    /// How many rows there are, of all phases.
    package var rows: Int
    /// How many sessions they belong to.
    package var sessions: Int
    /// The incident note's summary.
    package var summary: [Summary]
    /// What visitors are shown.
    package var visitors: Visitors
    /// Every class.
    package var classes: [Group]

    /// Copies a result.
    package init(_ result: AuditResult, toolVersion: String) {
        self.toolVersion = toolVersion
        exitCode = result.exitCode.rawValue
        database = result.database
        phase = result.phase
        topK = result.topK
        role = result.role
        seconds = result.seconds
        rows = result.rows
        sessions = result.sessions
        summary = result.summary.map {
            Summary(model: $0.model, phase: $0.phase, rows: $0.rows, sessions: $0.sessions)
        }
        visitors = Visitors(
            asked: result.visitors.asked,
            own: result.visitors.own,
            fallback: result.visitors.fallback,
            fallbackWithoutRows: result.visitors.fallbackWithoutRows,
            fallbackDespiteRows: result.visitors.fallbackDespiteRows,
            withoutP5: result.visitors.withoutP5
        )
        classes = result.groups.map { group in
            Group(
                name: group.kind.rawValue,
                count: group.count,
                unit: group.kind.unit,
                meaning: group.meaning,
                advice: group.advice,
                cause: group.cause?.rawValue,
                examples: group.examples.map { Example(session: $0.session, model: $0.model, text: $0.text) }
            )
        }
    }

    /// The document as JSON.
    package var json: String { ReportEncoding.pretty(self) }

    /// The document as JUnit XML.
    package var junit: String { AuditJUnit(self).xml }
}
