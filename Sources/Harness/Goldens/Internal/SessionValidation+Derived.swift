import Domain

/// What a session states beside its rankings and what must follow from them.
extension SessionValidation {
    func checkTop(_ name: String, _ top: [MovieID]?, of list: GoldenList) throws(GoldenError) {
        guard let top = try line.required(top, name, version: header.version) else { return }
        guard top == Array(list.movies.prefix(10)) else {
            throw line.error(.contradiction, "\(name) is not the first ten movies of its list")
        }
    }

    func checkMargins(_ name: String, _ margins: [Double?], of list: GoldenList) throws(GoldenError) {
        for (index, derived) in list.margins().enumerated() {
            guard let stated = margins[index] else { continue }
            // A program may round a margin to the nine digits of a float32, or take it from scores before their rounding.
            let place = list.places[index]
            let rounding = 1e-8 * max(abs(place.score), abs(place.svdScore), abs(stated))
            guard let derived, abs(stated - derived) <= rounding else {
                throw line.error(
                    .contradiction,
                    "\(name)[\(index)].margin is \(stated), but the scores are apart by "
                        + (derived.map { "\($0)" } ?? "what is not known")
                )
            }
        }
    }

    func checkTies(_ name: String, _ ties: [[Int]]?, of list: GoldenList) throws(GoldenError) {
        guard let ties else { return }
        let derived = list.tieClasses().map { [$0.lowerBound, $0.upperBound] }
        guard ties == derived else {
            throw line.error(.contradiction, "\(name) is \(ties), but by the scores the tie classes are \(derived)")
        }
    }

    func checkAccepted() throws(GoldenError) {
        for (index, record) in (record.accepted ?? []).enumerated()
        where record.risk == .high && (record.reason ?? "").isEmpty {
            throw line.error(.contradiction, "accepted[\(index)] has the risk high and no reason")
        }
    }

    func displays(svd: GoldenList, p5: GoldenList) throws(GoldenError) -> [Model: DisplayList] {
        guard let display = try line.required(record.display, "display", version: header.version) else {
            return GoldenSession.displays(svd: svd.movies, p5: p5.movies)
        }
        let tops: [Model: [MovieID]] = [.svd: Array(svd.movies.prefix(10)), .p5: Array(p5.movies.prefix(10))]
        return [
            .svd: try self.display("svd", display.svd, tops: tops),
            .p5: try self.display("p5", display.p5, tops: tops),
        ]
    }

    private func display(
        _ start: String,
        _ entries: [SessionRecord.DisplayEntry],
        tops: [Model: [MovieID]]
    ) throws(GoldenError) -> DisplayList {
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
            guard tops[entry.model]?.contains(entry.movie) ?? false else {
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
