import Domain

/// Turns a session's record into its golden, refusing whatever contradicts itself.
struct SessionValidation {
    let line: GoldenLine
    let record: SessionRecord
    let scoring: P5Settings.Scoring

    func session() throws(GoldenError) -> GoldenSession {
        try checkPlaces("svd", record.svd.map { ($0.movie, $0.rank, $0.score) })
        try checkPlaces("p5", record.p5.map { ($0.movie, $0.rank, $0.score) })
        try checkNext()
        let svdScores = Dictionary(uniqueKeysWithValues: record.svd.map { ($0.movie, $0.score) })
        var p5: [GoldenList.Place] = []
        for (index, place) in record.p5.enumerated() {
            guard let svdScore = svdScores[place.movie] else {
                throw line.error(.contradiction, "p5[\(index)]: movie \(place.movie) is not in the svd list")
            }
            guard place.gap.isFinite, place.gap >= 0 else {
                throw line.error(.notFinite, "p5[\(index)].gap is \(place.gap), expected a number of at least 0")
            }
            p5.append(
                .init(
                    movie: place.movie,
                    rank: place.rank,
                    score: place.score,
                    svdScore: svdScore,
                    text: place.text,
                    gap: place.gap
                )
            )
        }
        let svd = record.svd.map {
            GoldenList.Place(movie: $0.movie, rank: $0.rank, score: $0.score, svdScore: $0.score)
        }
        try checkTop("svd_top10", record.svdTop10, of: svd)
        try checkTop("p5_top10", record.p5Top10, of: p5)
        let next = record.svdNext.map { GoldenList.Candidate(movie: $0.movie, score: $0.score) }
        return GoldenSession(
            id: record.session,
            svd: GoldenList(model: .svd, places: svd, next: next),
            p5: GoldenList(model: .p5, scoring: scoring, places: p5, next: next),
            displays: [.svd: try display("svd", record.display.svd), .p5: try display("p5", record.display.p5)]
        )
    }

    private func checkPlaces(_ name: String, _ places: [(MovieID, Int, Double)]) throws(GoldenError) {
        var seen: Set<MovieID> = []
        for (index, (movie, rank, score)) in places.enumerated() {
            guard seen.insert(movie).inserted else {
                throw line.error(.duplicate, "\(name)[\(index)]: movie \(movie) is in the list already")
            }
            guard rank == index + 1 else {
                throw line.error(.brokenRanks, "\(name)[\(index)].rank is \(rank), expected \(index + 1)")
            }
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

    private func checkTop(_ name: String, _ top: [MovieID], of places: [GoldenList.Place]) throws(GoldenError) {
        guard top == places.prefix(10).map(\.movie) else {
            throw line.error(.contradiction, "\(name) is not the first ten movies of its list")
        }
    }

    private func display(_ start: String, _ entries: [SessionRecord.DisplayEntry]) throws(GoldenError) -> DisplayList {
        var seen: Set<MovieID> = []
        for (index, entry) in entries.enumerated() {
            guard entry.order == index + 1 else {
                throw line.error(
                    .brokenRanks,
                    "display.\(start)[\(index)] has the order \(entry.order), expected \(index + 1)"
                )
            }
            guard seen.insert(entry.movie).inserted else {
                throw line.error(.duplicate, "display.\(start)[\(index)]: movie \(entry.movie) is shown already")
            }
            let top = entry.model == .svd ? record.svdTop10 : record.p5Top10
            guard top.contains(entry.movie) else {
                throw line.error(
                    .contradiction,
                    "display.\(start)[\(index)]: movie \(entry.movie) is not in \(entry.model.rawValue)_top10"
                )
            }
        }
        return DisplayList(
            entries: entries.map { DisplayList.Entry(model: $0.model, movie: $0.movie, order: $0.order) }
        )
    }
}
