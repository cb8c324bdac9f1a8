import Domain
import RecommendationEngine

extension ModelCheck {
    /// SVD hands on exactly 100 different candidates, or all where there are fewer.
    static let hundredCandidates = ModelCheck(
        "hundred-candidates",
        "SVD hands P5 exactly 100 different candidates, all of them where there are fewer, in the order of their scores.",
        models: .svd
    ) { session, subject in
        guard session.readRatings.contains(where: { subject.knows($0.movie) }) else {
            return .passedOver("none of the rated movies is known to the SVD model")
        }
        let shown = Set(session.phase1Movies)
        let candidates = subject.catalogue.filter { subject.knows($0) && !shown.contains($0) }
        guard !candidates.isEmpty else { return .passedOver("the session has no candidate that SVD knows") }
        var comparisons = 0
        let limit = Recommender.rerankedMovies
        for size in [nil, limit - 1, limit, limit + 1] where size ?? 0 <= candidates.count {
            let catalogue = size.map { Array(candidates.prefix($0)) }
            let ranking = try subject.rank(session, among: catalogue, RankingConditions(.svd))
            let sound = SoundRanking(session: session, catalogue: catalogue ?? subject.catalogue, subject: subject)
            if let fault = sound.fault(ofSVD: ranking.svd) {
                return .fails(size.map { "of \($0) candidates: \(fault)" } ?? fault)
            }
            comparisons += 1
        }
        return .holds(comparisons: comparisons)
    }

    /// P5 reorders what it was given.
    static let p5Permutation = ModelCheck(
        "p5-permutation",
        "P5 returns a permutation of the movies it was given that have an internal id; equal scores keep SVD's order.",
        models: .both,
        obstacle: { _, subject in
            subject.catalogue.contains(where: subject.isMapped)
                ? nil : "no movie of the catalogue has an internal id of P5"
        },
        each: { session, subject in
            let ranking = try subject.rank(session, among: nil, RankingConditions(.both))
            if let obstacle = Look.obstacle(in: ranking, .both) { return obstacle }
            let sound = SoundRanking(session: session, catalogue: subject.catalogue, subject: subject)
            guard let p5 = ranking.p5 else { return .unknown("P5 did not rank") }
            guard let fault = sound.fault(ofP5: p5, given: ranking.svd) else { return .holds(comparisons: 1) }
            return .fails(fault)
        }
    )
}
