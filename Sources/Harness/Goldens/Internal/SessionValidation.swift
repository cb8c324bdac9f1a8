import Domain

/// Turns a session's record into its golden, refusing whatever contradicts itself.
struct SessionValidation {
    let line: GoldenLine
    let record: SessionRecord
    let header: GoldenHeader

    func session() throws(GoldenError) -> GoldenSession {
        try checkPlaces("svd", record.svd.map { ($0.movie, $0.rank, $0.score) })
        try checkPlaces("p5", p5.map { ($0.movie, $0.rank, $0.score) })
        try checkNext()
        if header.state == .svdOnly, !p5.isEmpty {
            throw line.error(.contradiction, "p5 has \(p5.count) movies in a golden of the state svd_only")
        }
        if header.state == .full, record.p5 == nil {
            throw line.error(.malformed, "p5 is missing, which only rankings of the state svd_only may lack")
        }
        let next = record.svdNext.map { GoldenList.Candidate(movie: $0.movie, score: $0.score) }
        let svdPlaces = record.svd.enumerated()
            .map { GoldenList.Place(movie: $1.movie, rank: $0 + 1, score: $1.score, svdScore: $1.score) }
        let svd = GoldenList(model: .svd, places: svdPlaces, next: next)
        let reranked = GoldenList(model: .p5, scoring: header.scoring, places: try p5Places(), next: next)
        try checkMargins("svd", record.svd.map(\.margin), of: svd)
        try checkMargins("p5", p5.map(\.margin), of: reranked)
        try checkTies("svd_ties", record.svdTies, of: svd)
        try checkTies("p5_ties", record.p5Ties, of: reranked)
        try checkTop("svd_top10", record.svdTop10, of: svd)
        try checkTop("p5_top10", record.p5Top10, of: reranked)
        try checkAccepted()
        return GoldenSession(
            id: record.session,
            svd: svd,
            p5: reranked,
            displays: try displays(svd: svd, p5: reranked),
            accepted: record.accepted ?? []
        )
    }

    private var p5: [SessionRecord.P5Place] { record.p5 ?? [] }

    private func p5Places() throws(GoldenError) -> [GoldenList.Place] {
        let svdScores = Dictionary(uniqueKeysWithValues: record.svd.map { ($0.movie, $0.score) })
        var places: [GoldenList.Place] = []
        for (index, place) in p5.enumerated() {
            guard let svdScore = svdScores[place.movie] else {
                throw line.error(.contradiction, "p5[\(index)]: movie \(place.movie) is not in the svd list")
            }
            let gap = try line.required(place.gap, "p5[\(index)].gap", version: header.version)
            guard gap.map({ $0.isFinite && $0 >= 0 }) ?? true else {
                throw line.error(.notFinite, "p5[\(index)].gap is \(place.gap ?? 0), expected a number of at least 0")
            }
            places.append(
                .init(
                    movie: place.movie,
                    rank: index + 1,
                    score: place.score,
                    svdScore: svdScore,
                    text: try line.required(place.text, "p5[\(index)].text", version: header.version),
                    gap: gap
                )
            )
        }
        return places
    }

    private func checkPlaces(_ name: String, _ places: [(MovieID, Int?, Double)]) throws(GoldenError) {
        var seen: Set<MovieID> = []
        for (index, (movie, rank, score)) in places.enumerated() {
            guard seen.insert(movie).inserted else {
                throw line.error(.duplicate, "\(name)[\(index)]: movie \(movie) is in the list already")
            }
            try checkRank(rank, at: index, of: name, isStated: places[0].1 != nil)
            guard score.isFinite else {
                throw line.error(.notFinite, "\(name)[\(index)].score is \(score), expected a finite number")
            }
            guard index == 0 || score <= places[index - 1].2 else {
                throw line.error(
                    .brokenRanks,
                    "\(name)[\(index)].score is \(score), above \(places[index - 1].2) of the rank before"
                )
            }
        }
    }

    /// Refuses a rank that is not the place's, and a list that states some of its ranks only.
    private func checkRank(_ rank: Int?, at index: Int, of name: String, isStated: Bool) throws(GoldenError) {
        let rank = try line.required(rank, "\(name)[\(index)].rank", version: header.version)
        guard (rank != nil) == isStated else {
            throw line.error(
                .brokenRanks,
                "\(name)[\(index)].rank is \(isStated ? "missing" : "there"), and \(name)[0].rank is "
                    + "\(isStated ? "there" : "missing"): expected every rank of a list or none"
            )
        }
        if let rank, rank != index + 1 {
            throw line.error(.brokenRanks, "\(name)[\(index)].rank is \(rank), expected \(index + 1)")
        }
    }

    private func checkNext() throws(GoldenError) {
        guard let next = record.svdNext else { return }
        guard next.score.isFinite else {
            throw line.error(.notFinite, "svd_next.score is \(next.score), expected a finite number")
        }
        guard !record.svd.contains(where: { $0.movie == next.movie }) else {
            throw line.error(.duplicate, "svd_next: movie \(next.movie) is in the svd list already")
        }
        guard record.svd.last.map({ next.score <= $0.score }) ?? false else {
            throw line.error(.brokenRanks, "svd_next.score is \(next.score), above that of the last movie of svd")
        }
    }
}
