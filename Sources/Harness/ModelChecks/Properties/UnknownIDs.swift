import Domain
import P5
import RecommendationEngine

extension ModelCheck {
    /// Ids that no model knows change nothing, and are counted.
    static let unknownIDs = ModelCheck(
        "unknown-ids",
        "Ids that no model knows change nothing, among ratings and candidates, and are counted; 0318 is not 318.",
        models: .both
    ) { session, subject in
        let conditions = RankingConditions(.both)
        let plain = try subject.rank(session, among: nil, conditions)
        if let obstacle = Look.obstacle(in: plain, .both) { return obstacle }
        let strangers = subject.strangers(like: session)
        // An unknown rating takes up a place of the 30 that a prompt names.
        let room = max(0, min(strangers.count, RatingPrompt.historyLimit - session.readRatings.count))
        guard room > 0 else { return .passedOver("the session has 30 ratings: one more would push out another") }
        var pairs = session.pairs
        for (place, stranger) in strangers.prefix(room).enumerated() {
            pairs.insert((stranger, place.isMultiple(of: 2) ? 10 : 0), at: min(2 * place, pairs.count))
        }
        let free = max(0, min(strangers.count, RecommendationPipeline.candidateLimit - subject.catalogue.count))
        let catalogue = Array(strangers.prefix(free)) + subject.catalogue
        let varied = try subject.rank(session.with(newestFirst: pairs), among: catalogue, conditions)
        if let difference = RankingAgreement.difference(expected: plain, found: varied) {
            return .fails("with \(room) unknown movies rated: \(difference)")
        }
        for (what, before, after, added) in [
            ("ratings", plain.unusedRatings, varied.unusedRatings, room),
            ("candidates", plain.unknownCandidates, varied.unknownCandidates, free),
        ] {
            guard let before, let after, after != before + added else { continue }
            return .fails("unknown \(what): expected \(before + added) counted, found \(after)")
        }
        let alone = session.with(newestFirst: strangers.map { ($0, 9) })
        let nothing = try subject.rank(alone, among: nil, RankingConditions(.svd))
        guard nothing.svd.places.isEmpty, !nothing.notes.isEmpty else {
            return .fails(
                "with unknown movies rated alone: expected no place and a note that says why, "
                    + "found \(nothing.svd.places.count) places"
            )
        }
        return .holds(comparisons: 4)
    }
}

extension RankingSubject {
    /// Ids that neither model knows, some of them like those of a session's movies.
    fileprivate func strangers(like session: RecordedSession) -> [MovieID] {
        let likes = session.readRatings.prefix(2).flatMap { ["0\($0.movie)", "\($0.movie).0", " \($0.movie)"] }
        let listed = Set(catalogue)
        return (["coldstart-unknown-1", "coldstart-unknown-2"] + likes).map { MovieID($0) }
            .filter { !knows($0) && !isMapped($0) && !listed.contains($0) }
    }
}
