package import Scenarios

/// What one check found.
package struct Verdict: Sendable {
    /// How a check ended.
    package enum Outcome: String, Sendable, Codable, CaseIterable {
        /// What was observed is what was expected.
        case passed
        /// Something else was observed.
        case failed
        /// The observation does not allow a verdict, for instance because a fault did not fire.
        case inconclusive
    }

    /// What a check is about; it decides the exit code of a failure.
    package enum Subject: String, Sendable, Codable, CaseIterable {
        /// The start of the instance and its probe.
        case startup
        /// The answers to requests.
        case answers
        /// Rankings against goldens.
        case rankings
        /// Rows in the database.
        case landing
        /// Receipts of the scenario's faults.
        case faults
    }

    /// The stable name of the check, such as `startup.outcome` or `landing.rows`.
    package let check: String
    /// What the check is about.
    package let subject: Subject
    /// How it ended.
    package let outcome: Outcome
    /// One sentence that says what was found.
    package let message: String
    /// Where the scenario states the expectation; `nil` for checks that always hold.
    package let location: SourceLocation?
    /// What was expected, where one value says it.
    package let expected: String?
    /// What was observed instead.
    package let actual: String?
    /// Further lines: differing ranks with their margins, the verdicts of single rows.
    package let details: [String]

    /// Creates a verdict.
    package init(
        check: String,
        subject: Subject,
        outcome: Outcome,
        message: String,
        location: SourceLocation? = nil,
        expected: String? = nil,
        actual: String? = nil,
        details: [String] = []
    ) {
        self.check = check
        self.subject = subject
        self.outcome = outcome
        self.message = message
        self.location = location
        self.expected = expected
        self.actual = actual
        self.details = details
    }
}
