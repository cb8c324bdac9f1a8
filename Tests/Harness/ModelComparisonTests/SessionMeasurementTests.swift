import Domain
import RankingMetrics
import Testing

@testable import ModelComparison

struct SessionMeasurementTests {
    private static let movies = (0..<40).map { MovieID("m\($0)") }

    /// A side that ranks some of the sessions by chance, with scores or without, and some not at all.
    private func side(_ name: String, seed: UInt64) -> StoredSide {
        var generator = SplitMix64(seed: seed)
        var table = MovieTable()
        let sessions = (0..<200)
            .compactMap { number -> (key: String, content: SideSession)? in
                guard Int.random(in: 0..<10, using: &generator) > 0 else { return nil }
                var content = SideSession()
                for list in ComparedList.allCases where Int.random(in: 0..<8, using: &generator) > 0 {
                    let ranked = Self.movies.shuffled(using: &generator)
                        .prefix(Int.random(in: 0...20, using: &generator))
                    content.lists[list] = RankedList(
                        ranked.enumerated().map { (movie: $1, score: 1 / Double($0 + 3)) },
                        in: &table
                    )
                }
                content.parseFailures = Bool.random(using: &generator) ? 1 : nil
                content.notes = number % 9 == 0 ? ["note \"\(number)\" ·\n"] : []
                return (key: "session \(number)", content: content)
            }
        return StoredSide(name: name, kind: "rankings", sessions: sessions, movies: table)
    }

    private func comparison(_ settings: ComparisonSettings) -> Comparison {
        let sessions = (0..<200)
            .map { number in
                ComparedSession(
                    key: "session \(number)",
                    relevant: number % 5 == 0 ? nil : [.init(movie: Self.movies[number % 40], gain: 1)]
                )
            }
        return Comparison(
            old: side("old", seed: 1),
            new: side("new", seed: 2),
            sessions: ComparedSessions(sessions),
            relevance: "judgements",
            catalogue: Array(Self.movies.prefix(30)),
            settings: settings
        )
    }

    /// The findings without the time that they took.
    private func timeless(_ findings: ComparisonFindings) -> ComparisonFindings {
        var findings = findings
        (findings.old.seconds, findings.new.seconds) = (0, 0)
        return findings
    }

    @Test(
        "measurements that were made apart and written come to the bit to what is found at once",
        arguments: [1, 2, 7]
    )
    func apart(shares: Int) throws {
        for policy in ComparisonSettings.MissingPolicy.allCases {
            var settings = ComparisonSettings()
            settings.missing = policy
            (settings.sessionLimit, settings.rankingLimit) = (25, 7)
            let comparison = comparison(settings)
            let whole = timeless(try comparison.result())
            var written: [Int: String] = [:]
            for share in 0..<shares {
                // A number that has nothing to do with the order.
                let isOwn = { (key: String) in key.utf8.reduce(0) { $0 &* 31 &+ Int($1) } % shares == share }
                let sides = try comparison.measure(
                    where: isOwn,
                    take: { #expect(written.updateValue($1.base64, forKey: $0) == nil) }
                )
                #expect(sides.sessions == 200)
            }
            #expect(written.count == 200)
            var totals = ComparisonTotals(
                slices: ["all"],
                relevance: "judgements",
                catalogueSize: 30,
                settings: settings
            )
            for (_, text) in written.sorted(by: { $0.key < $1.key }) {
                let read = Array(text.utf8).withUnsafeBytes { SessionMeasurement(base64: $0) }
                #expect(try #require(read).base64 == text)
                #expect(Array(text.utf8).withUnsafeBytes { totals.add(base64: $0) })
            }
            let findings = totals.findings(old: whole.old, new: whole.new)
            #expect(findings.sessions == whole.sessions && findings.changes == whole.changes)
            #expect(findings.changesLeftOut == whole.changesLeftOut && findings.metrics == whole.metrics)
            #expect(whole.metrics.contains { $0.p != nil } && whole.changesLeftOut > 0)
            #expect(whole.changes.map { $0.rankings != nil } == (0..<25).map { $0 < 7 })
        }
    }

    @Test func `what was cut or is none is no measurement`() throws {
        var text = ""
        _ = try comparison(ComparisonSettings()).measure(where: { $0 == "session 9" }, take: { text = $1.base64 })
        #expect(text.count > 100)
        for length in 0..<text.count {
            let part = Array(text.utf8.prefix(length))
            #expect(part.withUnsafeBytes { SessionMeasurement(base64: $0) } == nil, "the first \(length) characters")
        }
        let longer = Array((text + "AAAA").utf8)
        #expect(text.hasSuffix("=") || longer.withUnsafeBytes { SessionMeasurement(base64: $0) } == nil)
    }

    @Test func `a measurement of other measures or slices does not fit`() throws {
        var text: [UInt8] = []
        _ = try comparison(ComparisonSettings())
            .measure(where: { $0 == "session 9" }, take: { text = Array($1.base64.utf8) })
        for (slices, relevance, movies, fits) in [
            (["all"], "judgements", 30, true), (["all"], nil, 30, false), ([], "judgements", 30, false),
            (["all"], "judgements", 3, false),
        ] {
            var totals = ComparisonTotals(
                slices: slices,
                relevance: relevance,
                catalogueSize: movies,
                settings: ComparisonSettings()
            )
            #expect(text.withUnsafeBytes { totals.add(base64: $0) } == fits)
        }
    }
}

extension SessionMeasurement {
    /// Reads a measurement; `nil` where the text is none.
    fileprivate init?(base64 text: UnsafeRawBufferPointer) {
        self.init()
        guard Base64.withDecoded(text, { read($0) ? true : nil }) != nil else { return nil }
    }
}
