import Domain
import RankingMetrics
import Testing

@testable import ModelComparison

@Suite("Comparison of two sides")
struct ComparisonTests {
    typealias Lists = [(key: String, svd: [MovieID])]

    /// A side whose SVD lists have falling scores.
    static func side(_ lists: Lists) -> StoredSide {
        var table = MovieTable()
        let sessions = lists.map { key, movies in
            var content = SideSession()
            content.lists.svd = RankedList(
                movies.enumerated().map { (movie: $1, score: Double(movies.count - $0)) },
                in: &table
            )
            return (key: key, content: content)
        }
        return StoredSide(name: "test", kind: "rankings", sessions: sessions, movies: table)
    }

    static func result(
        _ old: Lists,
        _ new: Lists,
        relevance: Relevance? = nil,
        change: (inout ComparisonSettings) -> Void = { _ in }
    ) throws -> ComparisonFindings {
        var settings = ComparisonSettings()
        settings.depths = [2, 4]
        change(&settings)
        var seen: Set<String> = []
        let keys = (old + new).map(\.key).filter { seen.insert($0).inserted }
        return try Comparison(
            old: side(old),
            new: side(new),
            sessions: ComparedSessions(keys.map { ComparedSession(key: $0, relevant: relevance?[$0]) }),
            relevance: relevance?.source,
            catalogue: ["a", "b", "c", "d", "e", "f", "g", "h"],
            settings: settings
        )
        .result()
    }

    @Test("the same on both sides is the same")
    func same() throws {
        let lists: Lists = [("s", ["a", "b", "c", "d"]), ("t", ["d", "c"])]
        let result = try Self.result(lists, lists)
        #expect(result.isSame)
        #expect(result.sessions.changed == 0)
        #expect(result.row("Overlap@2", .svd)?.value == 1)
        #expect(result.row("RBO(p=0.9)", .svd)?.value == 1)
        #expect(result.row("Footrule", .svd)?.value == 0)
        #expect(result.row("ScoreDrift", .svd)?.value == 0)
        #expect(result.row("Coverage@2", .svd)?.delta == 0)
    }

    @Test("entries, exits, overlap and coverage count the first places")
    func firstPlaces() throws {
        let result = try Self.result([("s", ["a", "b", "c", "d"])], [("s", ["a", "c", "b", "e"])])
        #expect(result.row("Overlap@2", .svd)?.value == 0.5)
        #expect(result.row("Jaccard@2", .svd)?.value == 1.0 / 3)
        #expect(result.row("Overlap@4", .svd)?.value == 0.75)
        #expect(result.row("Entries@2", .svd)?.value == 1)
        // a: 4 and 4, b: 3 and 2, c: 2 and 3.
        #expect(result.row("ScoreDrift", .svd)?.value == 2.0 / 3)
        #expect(result.row("Coverage@2", .svd)?.new == 0.25)
        let change = try #require(result.changes.first?.lists["svd"])
        #expect(change.entries == ["c"])
        #expect(change.exits == ["b"])
        #expect(result.row("Overlap@2", .p5) == nil, "no list of P5 was there to be compared")
    }

    @Test("relevance gives both sides' means, their difference, and sessions won and lost")
    func relevance() throws {
        let relevance = Relevance(source: "test", ["s": [("c", 1)], "t": [("a", 1)], "u": [("z", 1)]])
        let before: Lists = [("s", ["a", "b", "c"]), ("t", ["a", "b"]), ("v", ["a"])]
        let after: Lists = [("s", ["c", "b", "a"]), ("t", ["b", "a"]), ("v", ["a"])]
        let row = try #require(try Self.result(before, after, relevance: relevance).row("RR", .svd))
        #expect(row.sessions == 2, "nothing is relevant to v, and u is not there")
        let old = (1.0 / 3 + 1) / 2
        #expect(row.old == old)
        #expect(row.new == 0.75)
        let delta = try #require(row.delta)
        #expect(abs(delta - 1.0 / 12) < 1e-15)
        #expect(row.wins == 1 && row.ties == 0 && row.losses == 1)
        // Four assignments of signs; the observed sum is among the two smaller ones.
        #expect(row.p == 1)
    }

    @Test("a session that one side lacks is left out, or counts as an empty list where that is asked for")
    func missing() throws {
        let old: Lists = [("s", ["a", "b"]), ("t", ["a", "b"])]
        let new: Lists = [("s", ["a", "b"])]
        let excluded = try Self.result(old, new)
        #expect(excluded.sessions.onlyOld == 1 && excluded.sessions.firstOnlyOld == ["t"])
        #expect(excluded.row("Overlap@2", .svd)?.value == 1)
        #expect(excluded.sessions.compared == 1 && excluded.sessions.changed == 0)
        #expect(!excluded.isSame)
        let empty = try Self.result(old, new) { $0.missing = .empty }
        #expect(empty.row("Overlap@2", .svd)?.value == 0.5)
        #expect(empty.row("Overlap@2", .svd)?.sessions == 2)
        // As many as the means are taken over.
        #expect(empty.sessions.compared == 2 && empty.sessions.changed == 1 && empty.sessions.onlyOld == 1)
    }

    @Test("the most changed sessions come first, and the number of those left out is known")
    func mostChanged() throws {
        let old: Lists = [("s", ["a", "b", "c", "d"]), ("t", ["a", "b", "c", "d"]), ("u", ["a", "b"])]
        let new: Lists = [("s", ["a", "b", "d", "c"]), ("t", ["e", "f", "g", "h"]), ("u", ["b", "a"])]
        let result = try Self.result(old, new) { $0.sessionLimit = 2 }
        #expect(result.changes.map(\.session) == ["t", "u"])
        #expect(result.changesLeftOut == 1)
    }

    @Test("lists that are empty on both sides agree about nothing")
    func nothingRanked() throws {
        let result = try Self.result([("s", []), ("t", ["a"])], [("s", []), ("t", ["a"])])
        #expect(result.row("Overlap@2", .svd)?.sessions == 1)
        #expect(result.sessions.lists["svd"]?.emptyOnBoth == 1)
        let none = try Self.result([("s", [])], [("s", [])])
        #expect(none.metrics.isEmpty)
    }
}
