package import Domain
import RankingMetrics
package import Scenarios
import SourcePlaces

/// A file of rankings as `coldstart rank --format jsonl` writes it: one session a line, `session_id`, `svd` and `p5` with
/// `movie_id`, `rank`, `score` and P5's `text`, and `display` where there is one.
package enum RankingLines {
    /// Reads a file as a side.
    ///
    /// The display list is made from both rankings, beginning with SVD, where the lines have none.
    ///
    /// - Parameters:
    ///   - file: The file.
    ///   - path: Its path, which is what the user called the side.
    ///   - start: The model that offers first in the display list.
    /// - Returns: The side.
    /// - Throws: `ScenarioError` with file, line and field; also where ranks do not run from 1 or a session comes twice.
    package static func side(
        reading file: consuming InputFile,
        _ path: String,
        start: Model = .svd
    ) throws(ScenarioError) -> StoredSide {
        var table = MovieTable()
        var sessions: [(key: String, content: SideSession)] = []
        var lines: [String: Int] = [:]
        var repeats = 0
        try JSONLines.forEach(RankingLine.self, in: file, path) { (line, location) throws(ScenarioError) in
            let key = RankingKey.canonical(line.session)
            if let earlier = lines.updateValue(location.line, forKey: key) {
                throw ScenarioError(
                    .recording,
                    at: location,
                    "`session_id` \(key) is the session of line \(earlier) already"
                )
            }
            guard line.svd != nil || line.p5 != nil || line.display != nil else {
                throw ScenarioError(.recording, at: location, "neither `svd` nor `p5` nor `display` is given")
            }
            for places in [line.svd, line.p5, line.display].compactMap(\.self) {
                for (index, place) in places.enumerated() where place.rank != nil && place.rank != index + 1 {
                    throw ScenarioError(
                        .recording,
                        at: location,
                        "movie \(place.movie) has the rank \(place.rank ?? 0), expected \(index + 1)"
                    )
                }
            }
            let content = line.content(startingWith: start, in: &table)
            repeats += ComparedList.allCases.reduce(0) { $0 + (content.lists[$1]?.repeats ?? 0) }
            sessions.append((key, content))
        }
        guard !sessions.isEmpty else {
            throw ScenarioError(.emptySelection, path: path, "the file holds no rankings; one session a line")
        }
        let notes = repeats > 0 ? ["\(repeats) movies came a second time in a list and were left out"] : []
        return StoredSide(name: path, kind: "rankings", sessions: sessions, movies: table, notes: notes)
    }
}

extension RankingLine {
    /// What a side has for the session.
    fileprivate func content(startingWith start: Model, in table: inout MovieTable) -> SideSession {
        func list(_ places: [Place]?, _ table: inout MovieTable) -> RankedList? {
            guard let places else { return nil }
            return RankedList(
                places.enumerated().map { ($1.movie, $1.score ?? Double(places.count - $0)) },
                in: &table
            )
        }
        var lists = ByList<RankedList?>(repeating: nil)
        lists.svd = list(svd, &table)
        lists.p5 = list(p5, &table)
        lists.display = list(display, &table)
        if display == nil, let svd {
            let top = DisplayList(
                svd: svd.prefix(10).map(\.movie),
                p5: (p5 ?? []).prefix(10).map(\.movie),
                start: start
            )
            lists.display = RankedList(top, in: &table)
        }
        let failures = p5.flatMap { places in
            places.contains { $0.text != nil } ? places.count { $0.score == -1 } : nil
        }
        return SideSession(lists: lists, parseFailures: failures, notes: notes ?? [])
    }
}
