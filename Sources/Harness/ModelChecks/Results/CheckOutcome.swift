package import Checks
package import Domain

/// What came of one check.
package struct CheckOutcome: Hashable, Sendable {
    /// The verdict.
    package enum Result: String, Hashable, Sendable, Codable {
        /// The property holds for every session that was looked at, and for one at least.
        case passed
        /// It does not hold for a session.
        case failed
        /// It has no meaning for this bundle and these files.
        case notApplicable = "not_applicable"
        /// No session could be looked at, or a model that had to rank did not.
        case inconclusive
        /// The check itself could not be made.
        case broken

        /// The verdict on sessions.
        ///
        /// - Parameters:
        ///   - looks: How many were looked at.
        ///   - failures: For how many of them the property does not hold.
        ///   - isKnown: Whether every model ranked that had to.
        init(looks: Int, failures: Int, isKnown: Bool) {
            self = failures > 0 ? .failed : looks == 0 || !isKnown ? .inconclusive : .passed
        }

        /// Why there is no verdict, by the first reason for which a session was passed over; `nil` where there is one.
        func reason(passedOver: String?) -> String? {
            self == .inconclusive ? passedOver ?? "there is no session to look at" : nil
        }

        /// What it means for the exit code, `nil` where it means nothing.
        package var exitCode: ExitCode? {
            switch self {
            case .passed: .passed
            case .failed: .expectationFailed
            case .notApplicable: nil
            case .inconclusive: .inconclusive
            case .broken: .environment
            }
        }
    }

    /// What is said of some sessions, such as why they were passed over.
    package struct Note: Hashable, Sendable {
        /// What is said.
        package let text: String
        /// How many sessions.
        package var sessions: Int
    }

    /// The check's name.
    package let id: String
    /// What it asserts.
    package let assertion: String
    /// Which models it asks.
    package let models: RankingConditions.Models
    /// The verdict.
    package var result = Result.inconclusive
    /// Why there is no verdict, or why the check has no meaning here; `nil` for a pass and a failure.
    package var reason: String?
    /// The sessions that were looked at.
    package var sessions: [SessionID] = []
    /// Those that were not, by reason.
    package var gaps: [Note] = []
    /// What is as the service has it and may not be what one expects of those that were.
    package var remarks: [Note] = []
    /// How many comparisons were made.
    package var comparisons = 0
    /// How many ranks held another movie, within a tie.
    package var swappedInTies = 0
    /// The sessions for which the property does not hold.
    package var failedSessions: [SessionID] = []
    /// The first of them, each with its smallest input.
    package var failures: [CheckFailure] = []
    /// How long the check took.
    package var seconds = 0.0

    /// Creates the outcome of a check that has looked at nothing.
    init(_ check: ModelCheck) {
        id = check.id
        assertion = check.assertion
        models = check.models
    }

    /// Takes in what was seen of sessions.
    ///
    /// - Returns: Whether every model ranked that had to.
    mutating func take(in looks: [ModelCheck.Look], of sessions: [RecordedSession]) -> Bool {
        var isKnown = true
        for (look, session) in zip(looks, sessions) {
            switch look {
            case .holds(let comparisons, let swapped, let remark):
                self.sessions.append(session.id)
                self.comparisons += comparisons
                swappedInTies += swapped
                if let remark { Self.count(remark, in: &remarks) }
            case .fails:
                self.sessions.append(session.id)
                failedSessions.append(session.id)
            case .passedOver(let reason): Self.count(reason, in: &gaps)
            case .unknown(let reason):
                Self.count(reason, in: &gaps)
                isKnown = false
            }
        }
        result = Result(looks: self.sessions.count, failures: failedSessions.count, isKnown: isKnown)
        reason = result.reason(passedOver: gaps.first?.text)
        return isKnown
    }

    private static func count(_ text: String, in notes: inout [Note]) {
        if let place = notes.firstIndex(where: { $0.text == text }) {
            notes[place].sessions += 1
        } else {
            notes.append(Note(text: text, sessions: 1))
        }
    }
}

/// A session for which a property does not hold.
package struct CheckFailure: Hashable, Sendable {
    /// The fewest ratings with which it still does not.
    package struct Smallest: Hashable, Sendable {
        /// The session with these ratings alone.
        package let session: RecordedSession
        /// What was found there, and what was expected.
        package let found: String
        /// How many parts of the ratings were tried.
        package let trials: Int
        /// Whether it shows only beside the other sessions, as in a batch.
        package let needsOtherSessions: Bool
    }

    /// The session.
    package let session: SessionID
    /// What was found, and what was expected.
    package let found: String
    /// How many ratings the session has.
    package let ratings: Int
    /// Its smallest input; `nil` where the same session did not fail a second time.
    package var smallest: Smallest?

    /// Creates a failure whose smallest input is not known.
    init(session: SessionID, found: String, ratings: Int) {
        self.session = session
        self.found = found
        self.ratings = ratings
    }
}
