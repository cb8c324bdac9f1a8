package import Domain

/// One thing that is wrong with a session's rows.
package struct AuditFinding: Hashable, Sendable {
    /// Its class.
    package let kind: AuditClass
    /// The session's id as the table holds it; `nil` for `NULL`.
    package let session: String?
    /// The model, as the table spells it; `nil` where both are concerned.
    package let model: String?
    /// What was found, in one phrase.
    package let text: String
    /// The mistake of the service that explains it, where one is known.
    package let cause: AuditCause?

    /// Creates a finding.
    package init(
        _ kind: AuditClass,
        session: String?,
        model: String? = nil,
        cause: AuditCause? = nil,
        _ text: String
    ) {
        self.kind = kind
        self.cause = cause
        self.session = session
        self.model = model
        self.text = text
    }
}

/// What an audit holds the rows to.
package struct AuditRules: Hashable, Sendable {
    /// The phase of the study whose rows are judged.
    package var phase: Int
    /// How many rows of each model a whole set has.
    package var topK: Int
    /// The movies of the catalogue.
    package var catalogue: Set<MovieID>
    /// How far apart the rows of one set may have been created, in microseconds.
    package var widestSet: Int64

    /// Creates rules.
    package init(phase: Int = 2, topK: Int = 10, catalogue: Set<MovieID>, widestSet: Int64 = 60_000_000) {
        precondition(topK > 0, "sets of \(topK) rows")
        self.phase = phase
        self.topK = topK
        self.catalogue = catalogue
        self.widestSet = widestSet
    }
}
