import Domain
import RecommendationEngine

extension ModelCheck {
    /// A session with one rating is ranked like any other.
    static let oneRating = ModelCheck(
        "one-rating",
        "A session with a single rating is ranked by both models: 100 different candidates with finite scores.",
        models: .both
    ) { session, subject in
        guard let rating = session.readRatings.first(where: { subject.knows($0.movie) }) else {
            return .passedOver("none of the rated movies is known to the SVD model")
        }
        return try subject.soundness(of: session.with(ratings: [rating]), .both)
    }

    /// A session with as many ratings as the service reads is ranked, and what is older is not read.
    static let fiftyRatings = ModelCheck(
        "fifty-ratings",
        "A session with 50 ratings is ranked by both models, and a 51st, older one changes nothing.",
        models: .both
    ) { session, subject in
        let limit = RecommendationPipeline.historyLimit
        guard !session.pairs.isEmpty else { return .passedOver("the session has no rating") }
        let rated = Set(session.readRatings.map(\.movie))
        let further = subject.catalogue.lazy.filter { subject.knows($0) && !rated.contains($0) }.prefix(limit + 1)
        let added = further.enumerated().map { (movie: $1, value: Double($0 % 11)) }
        let all = session.pairs + added
        guard all.count > limit else { return .passedOver("the catalogue has too few movies for 51 ratings") }
        let fifty = session.with(newestFirst: Array(all.prefix(limit)))
        let plain = try subject.rank(fifty, among: nil, RankingConditions(.both))
        let look = subject.soundness(of: plain, for: fifty, .both)
        guard case .holds(let comparisons, _, _) = look else { return look }
        let longer = session.with(newestFirst: Array(all.prefix(limit + 1)))
        let varied = try subject.rank(longer, among: nil, RankingConditions(.both))
        if let difference = RankingAgreement.difference(expected: plain, found: varied) {
            return .fails("with a 51st, older rating of movie \(all[limit].movie): \(difference)")
        }
        return .holds(comparisons: comparisons + 1)
    }

    /// A session whose ratings are all the same is ranked like any other.
    static let equalRatings = ModelCheck(
        "equal-ratings",
        "A session whose ratings are all 0, all 5 or all 10 is ranked: 100 different candidates with finite scores.",
        models: .both
    ) { session, subject in
        var comparisons = 0
        // P5 is asked once: what its prompt says three times over takes it as long each time.
        for (value, models) in [(0.0, RankingConditions.Models.svd), (5, .svd), (10, .both)] {
            let equal = session.with(newestFirst: session.pairs.map { ($0.movie, value) })
            let look = try subject.soundness(of: equal, models)
            guard case .holds(let further, _, _) = look else {
                if case .fails(let fault) = look { return .fails("all ratings \(Int(value)): \(fault)") }
                return look
            }
            comparisons += further
        }
        return .holds(comparisons: comparisons)
    }
}

extension RankingSubject {
    /// Looks whether a session's rankings are sound.
    ///
    /// - Parameters:
    ///   - session: The session.
    ///   - models: Which models rank.
    /// - Returns: What was seen.
    /// - Throws: What keeps the models from being asked.
    func soundness(of session: RecordedSession, _ models: RankingConditions.Models) throws -> ModelCheck.Look {
        guard session.readRatings.contains(where: { knows($0.movie) }) else {
            return .passedOver("none of the rated movies is known to the SVD model")
        }
        return soundness(of: try rank(session, among: nil, RankingConditions(models)), for: session, models)
    }

    /// Looks whether rankings are sound.
    ///
    /// - Parameters:
    ///   - ranking: The rankings.
    ///   - session: The session, which has a rating that SVD knows.
    ///   - models: Which models ranked.
    /// - Returns: What was seen.
    fileprivate func soundness(
        of ranking: SubjectRanking,
        for session: RecordedSession,
        _ models: RankingConditions.Models
    ) -> ModelCheck.Look {
        let sound = SoundRanking(session: session, catalogue: catalogue, subject: self)
        if let fault = sound.fault(ofSVD: ranking.svd) { return .fails(fault) }
        if let obstacle = ModelCheck.Look.obstacle(in: ranking, models) { return obstacle }
        guard models == .both, let p5 = ranking.p5 else { return .holds(comparisons: 1) }
        if let fault = sound.fault(ofP5: p5, given: ranking.svd) { return .fails(fault) }
        return .holds(comparisons: 2)
    }
}
