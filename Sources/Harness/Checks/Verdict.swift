package import SourcePlaces

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
        /// What the service does when it is told to end.
        case termination
        /// The stages of the start against their golden.
        case timeline
    }

    /// The stable name of the check, such as `startup.outcome` or `landing.rows`.
    package let check: String
    /// What the check is about.
    package let subject: Subject
    /// How it ended.
    package var outcome: Outcome
    /// One sentence that says what was found.
    package var message: String
    /// Where the scenario states the expectation; `nil` for checks that always hold.
    package let location: SourceLocation?
    /// What was expected, where one value says it.
    package let expected: String?
    /// What was observed instead.
    package let actual: String?
    /// Further lines: differing ranks with their margins, the verdicts of single rows.
    package var details: [String]
    /// The requests that the check is about, by number; empty where it is about the whole run.
    package let requests: [Int]
    /// Those of the requests that it failed for.
    package let failing: [Int]
    /// How an observed time misses what was expected of it; `nil` where it does not, or where it is no matter of one time.
    package let delay: ObservedDelay?
    /// How late the machine made the run, in real time, where that may be the cause of what was observed and the service
    /// not; such a verdict is inconclusive.
    package var lateness: Duration?
    /// The check whose failure, or missing fault, keeps this one from a verdict of its own; it then counts for nothing.
    package private(set) var consequenceOf: String?

    /// Creates a verdict.
    package init(
        check: String,
        subject: Subject,
        outcome: Outcome,
        message: String,
        location: SourceLocation? = nil,
        expected: String? = nil,
        actual: String? = nil,
        details: [String] = [],
        requests: [Int] = [],
        failing: [Int] = [],
        delay: ObservedDelay? = nil,
        consequenceOf: String? = nil
    ) {
        self.check = check
        self.subject = subject
        self.outcome = outcome
        self.message = message
        self.location = location
        self.expected = expected
        self.actual = actual
        self.details = details
        self.requests = requests
        self.failing = failing
        self.delay = delay
        self.consequenceOf = consequenceOf
    }

    /// The same check without a verdict of its own, because of another.
    func becoming(consequenceOf other: String) -> Verdict {
        var verdict = self
        verdict.outcome = .inconclusive
        verdict.consequenceOf = other
        return verdict
    }
}
