import Checks
package import Domain
package import Reports

/// The JSON form of the checks of a bundle.
///
/// Keys: `kind` (always `coldstart-check`), `schemaVersion`, `toolVersion`, `exitCode`, `causes` (every code that a check
/// gives cause for, the one that decides first), `bundle`, `fingerprints` (SHA-256 of every model file), `settings`,
/// `precision` (what verified precision did; left out without it), `sessionsInFile`, `movies`, `limits` and `checks`.
/// `sessions` of a check are the ids of those that were looked at; `input` of a failure is a line of a sessions file.
/// Keys are added within a version; one that changes its meaning or goes raises it.
package struct CheckDocument: Hashable, Sendable, Codable {
    /// The version of the document.
    package static let schemaVersion = 1

    /// What was checked.
    package struct Subject: Hashable, Sendable, Codable {
        /// The folder of the bundle.
        package var bundle: String
        /// The SHA-256 of every model file by its name in the bundle's layout.
        package var fingerprints: [String: String]
        /// The settings of both models in words.
        package var settings: String
        /// How many sessions the file has.
        package var sessions: Int
        /// How many movies the catalogue has.
        package var movies: Int

        /// Creates a subject.
        package init(bundle: String, fingerprints: [String: String], settings: String, sessions: Int, movies: Int) {
            self.bundle = bundle
            self.fingerprints = fingerprints
            self.settings = settings
            self.sessions = sessions
            self.movies = movies
        }
    }

    /// How many sessions checks look at.
    package struct Limits: Hashable, Sendable, Codable {
        /// Those of checks that ask the SVD model alone.
        package var svd: Int
        /// Those of checks that ask P5.
        package var p5: Int
    }

    /// What is said of some sessions.
    package struct Note: Hashable, Sendable, Codable {
        /// What is said.
        package var text: String
        /// How many.
        package var sessions: Int
    }

    /// One rating of an input.
    package struct InputRating: Hashable, Sendable, Codable {
        /// The movie.
        package var movie_id: String
        /// The value, 0 to 10.
        package var rating: Double
        /// When it was given, ISO 8601.
        package var created_at: String
    }

    /// A session as a sessions file has it.
    package struct Input: Hashable, Sendable, Codable {
        /// The session.
        package var session_id: String
        /// The phase of the study.
        package var phase: String
        /// The ratings in the order in which they were given.
        package var ratings: [InputRating]
        /// The movies shown in phase 1.
        package var phase1_movies: [String]

        init(_ session: RecordedSession) {
            session_id = session.id.text
            phase = session.phase
            ratings = session.ratings.map {
                InputRating(movie_id: $0.movie.text, rating: $0.value, created_at: $0.createdAt.iso8601)
            }
            phase1_movies = session.phase1Movies.map(\.text)
        }
    }

    /// A session for which a property does not hold.
    package struct Failure: Hashable, Sendable, Codable {
        /// The session.
        package var session: String
        /// What was found in it.
        package var found: String
        /// How many ratings it has.
        package var ratings: Int
        /// What was found in the smallest input; null where the session did not fail a second time.
        @OrNull package var foundInInput: String?
        /// The smallest input; null as above.
        @OrNull package var input: Input?
        /// How many parts of the ratings were tried.
        @OrNull package var trials: Int?
        /// Whether it shows only beside the other sessions.
        @OrNull package var needsOtherSessions: Bool?
    }

    /// One check.
    package struct Check: Hashable, Sendable, Codable {
        /// The name.
        package var id: String
        /// What it asserts.
        package var asserts: String
        /// `svd` or `both`.
        package var models: String
        /// `passed`, `failed`, `not_applicable`, `inconclusive` or `broken`.
        package var result: String
        /// Why there is no verdict; null for a pass and a failure.
        @OrNull package var reason: String?
        /// The ids of the sessions that were looked at.
        package var sessions: [String]
        /// The sessions that were not, by reason.
        package var passedOver: [Note]
        /// What is as the service has it and may not be what one expects.
        package var remarks: [Note]
        /// How many comparisons were made.
        package var comparisons: Int
        /// How many ranks held another movie, within a tie.
        package var swappedInTies: Int
        /// The ids of the sessions that failed.
        package var failedSessions: [String]
        /// The first of them in full.
        package var failures: [Failure]
        /// How long it took.
        package var seconds: Double
    }

    /// Always `coldstart-check`.
    package var kind = "coldstart-check"
    /// The version of the document.
    package var schemaVersion = Self.schemaVersion
    /// The version of Coldstart.
    package var toolVersion: String
    /// The exit code of the command.
    package var exitCode: Int32
    /// Every code that a check gives cause for, the one that decides first.
    package var causes: [Int32]
    /// The folder of the bundle.
    package var bundle: String
    /// The SHA-256 of every model file.
    package var fingerprints: [String: String]
    /// The settings of both models in words.
    package var settings: String
    /// What verified precision did; `nil` where all was done in float32.
    package var precision: PrecisionReport?
    /// How many sessions the file has.
    package var sessionsInFile: Int
    /// How many movies the catalogue has.
    package var movies: Int
    /// How many sessions checks look at.
    package var limits: Limits
    /// The checks in the order in which they were made.
    package var checks: [Check]

    /// The document as JSON text.
    package var json: String { ReportEncoding.pretty(self) }
}

extension CheckDocument {
    /// Creates the document of a pack.
    ///
    /// - Parameters:
    ///   - outcomes: What came of the checks.
    ///   - subject: What was checked.
    ///   - limits: How many sessions were looked at.
    ///   - precision: What verified precision did.
    ///   - toolVersion: The version of Coldstart.
    package init(
        _ outcomes: [CheckOutcome],
        of subject: Subject,
        limits: CheckPack.Limits,
        precision: PrecisionReport? = nil,
        toolVersion: String
    ) {
        self.init(
            outcomes.map(Check.init),
            of: subject,
            limits: limits,
            precision: precision,
            toolVersion: toolVersion
        )
    }

    /// Creates the document of checks.
    ///
    /// - Parameters:
    ///   - checks: The checks.
    ///   - subject: What was checked.
    ///   - limits: How many sessions were looked at.
    ///   - precision: What verified precision did.
    ///   - toolVersion: The version of Coldstart.
    package init(
        _ checks: [Check],
        of subject: Subject,
        limits: CheckPack.Limits,
        precision: PrecisionReport? = nil,
        toolVersion: String
    ) {
        let results = checks.compactMap { CheckOutcome.Result(rawValue: $0.result) }
        let causes = ExitCode.ordered(results.compactMap(\.exitCode)).map(\.rawValue)
        self.init(
            toolVersion: toolVersion,
            exitCode: causes[0],
            causes: causes,
            bundle: subject.bundle,
            fingerprints: subject.fingerprints,
            settings: subject.settings,
            precision: precision,
            sessionsInFile: subject.sessions,
            movies: subject.movies,
            limits: Limits(svd: limits.svd, p5: limits.p5),
            checks: checks
        )
    }
}

extension CheckDocument.Check {
    init(_ outcome: CheckOutcome) {
        self.init(
            id: outcome.id,
            asserts: outcome.assertion,
            models: outcome.models.rawValue,
            result: outcome.result.rawValue,
            reason: outcome.reason,
            sessions: outcome.sessions.map(\.text),
            passedOver: outcome.gaps.map { CheckDocument.Note(text: $0.text, sessions: $0.sessions) },
            remarks: outcome.remarks.map { CheckDocument.Note(text: $0.text, sessions: $0.sessions) },
            comparisons: outcome.comparisons,
            swappedInTies: outcome.swappedInTies,
            failedSessions: outcome.failedSessions.map(\.text),
            failures: outcome.failures.map(CheckDocument.Failure.init),
            seconds: outcome.seconds
        )
    }
}

extension CheckDocument.Failure {
    init(_ failure: CheckFailure) {
        self.init(
            session: failure.session.text,
            found: failure.found,
            ratings: failure.ratings,
            foundInInput: failure.smallest?.found,
            input: failure.smallest.map { CheckDocument.Input($0.session) },
            trials: failure.smallest?.trials,
            needsOtherSessions: failure.smallest?.needsOtherSessions
        )
    }
}
