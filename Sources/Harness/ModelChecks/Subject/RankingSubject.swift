package import Domain

/// What the checks look at: something that ranks sessions, in all the ways that must come to the same.
///
/// ``BundleSubject`` is the engine over a model bundle; tests put in one that is broken on purpose.
package protocol RankingSubject: Sendable {
    /// The catalogue, in the order that decides ties.
    var catalogue: [MovieID] { get }

    /// Returns whether the SVD model knows a movie.
    func knows(_ movie: MovieID) -> Bool

    /// Returns whether P5 has an internal id of a movie.
    func isMapped(_ movie: MovieID) -> Bool

    /// Ranks a session as the service does.
    ///
    /// - Parameters:
    ///   - session: The session.
    ///   - catalogue: The movies to choose from, less those that the session saw in phase 1; `nil` for the catalogue.
    ///   - conditions: Which models rank, and in what portions.
    /// - Returns: The rankings.
    /// - Throws: What keeps the models from being asked at all; a fault of P5 is a note.
    func rank(_ session: RecordedSession, among catalogue: [MovieID]?, _ conditions: RankingConditions) throws
        -> SubjectRanking

    /// Ranks sessions by the SVD model in one batch; `nil` for one that it cannot rank.
    func rankTogether(_ sessions: [RecordedSession], threads: Int) throws -> [Ranking?]

    /// Reads sessions and a catalogue from texts of JSON Lines, and ranks.
    func rankFiles(sessions: String, catalogue: String) throws -> [SubjectRanking]

    /// Ranks sessions in a process that is started for it.
    func rankInNewProcess(_ sessions: [RecordedSession]) async throws -> [SubjectRanking]

    /// Answers the same request of a session twice, by a service with a result cache.
    func answerTwice(_ session: RecordedSession) async throws -> CachedAnswers
}

/// Which models rank, and in what portions.
package struct RankingConditions: Hashable, Sendable {
    /// Which models rank.
    package enum Models: String, Hashable, Sendable {
        /// The SVD model alone.
        case svd
        /// The SVD model, and P5 after it.
        case both
    }

    /// Which models rank.
    package var models: Models
    /// The prompts that P5 encodes at a time, `nil` for as many as the settings say.
    package var batch: Int?
    /// The threads of P5, `nil` for as many as the settings say.
    package var threads: Int?

    /// Creates conditions.
    package init(_ models: Models, batch: Int? = nil, threads: Int? = nil) {
        self.models = models
        self.batch = batch
        self.threads = threads
    }
}

/// A session's rankings, with what was left out on the way.
package struct SubjectRanking: Hashable, Sendable {
    /// The SVD model's best, at most 100; empty where it could not rank.
    package var svd: Ranking
    /// P5's order of the same movies, `nil` where it did not rank.
    package var p5: Ranking?
    /// How many ratings the SVD model left out because it does not know their movie; `nil` where that is not told.
    package var unusedRatings: Int?
    /// How many movies of the catalogue the SVD model does not know; `nil` where that is not told.
    package var unknownCandidates: Int?
    /// Why a model was left out, where one was.
    package var notes: [String]

    /// Creates rankings.
    package init(
        svd: Ranking,
        p5: Ranking? = nil,
        unusedRatings: Int? = nil,
        unknownCandidates: Int? = nil,
        notes: [String] = []
    ) {
        self.svd = svd
        self.p5 = p5
        self.unusedRatings = unusedRatings
        self.unknownCandidates = unknownCandidates
        self.notes = notes
    }
}

/// What a service with a result cache answered to the same request, asked twice, and with one more rating.
package struct CachedAnswers: Sendable {
    /// One answer and the rows that it wrote.
    package struct Answer: Hashable, Sendable {
        /// The rankings of both models.
        package var rankings: SubjectRanking
        /// The rows.
        package var rows: [RecommendationRow]
        /// The display list.
        package var display: DisplayList
        /// Whether the cache had the rankings.
        package var isHit: Bool

        /// Creates an answer.
        package init(rankings: SubjectRanking, rows: [RecommendationRow], display: DisplayList, isHit: Bool) {
            self.rankings = rankings
            self.rows = rows
            self.display = display
            self.isHit = isHit
        }
    }

    /// The answer to the first request.
    package var first: Answer
    /// The answer to the second.
    package var second: Answer
    /// Whether the cache had rankings for the same session with another rating, which it never may.
    package var isHitAfterNewRating: Bool

    /// Creates answers.
    package init(first: Answer, second: Answer, isHitAfterNewRating: Bool) {
        self.first = first
        self.second = second
        self.isHitAfterNewRating = isHitAfterNewRating
    }
}
