import ColdstartTestSupport
import Domain
import Goldens
import Testing

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

@Suite("Golden files as text")
struct GoldenDocumentTests {
    private static let maker = GoldenMaker(program: "ranker", version: "2.1")
    private let record = GoldenAcceptance(
        who: "Ann",
        when: "2026-11-01T10:00:00Z",
        risk: .high,
        reason: "a new \"model\"",
        maker: GoldenMaker.coldstart(version: "0.1.0")
    )

    private func shipped(_ name: String) throws -> Data {
        try #require(FileManager.default.contents(atPath: "\(Fixtures.packageDirectory)/golden/\(name).jsonl"))
    }

    @Test(
        "What is written reads back the same, margins and tie classes with it",
        arguments: ["demo", "demo-whole-word", "demo-soft-prompt", "demo-biased", "demo-expected"]
    )
    func readsBack(name: String) throws {
        let golden = try GoldenRankings(parsing: shipped(name), file: name)
        let text = GoldenDocument(file: name, header: golden.header, sessions: golden.sessions).text
        let again = try GoldenRankings(parsing: text.utf8, file: name)
        #expect(again.sessions == golden.sessions)
        #expect(again.header.version == 2 && again.header.maker == golden.header.maker)
        #expect(again.header.fingerprints == golden.header.fingerprints && again.header.seed == golden.header.seed)
        #expect(again.header.softPrompt == golden.header.softPrompt && again.header.mode == golden.header.mode)
        #expect(again.header.scoring == golden.header.scoring && again.header.versions == golden.header.versions)
        #expect(text.contains(#""svd_ties":["#) && text.contains(#""margin":"#))
        #expect(try GoldenDocument(parsing: text.utf8, file: name).text == text)
    }

    @Test("A golden of version 1 becomes one of the last version, and no byte of its sessions changes")
    func raises() throws {
        let header = GoldenFixture.header.replacing(#""seed":7"#, with: #""seed":7,"further":{"a": [1, 2.50]}"#)
        let text = "\(header)\n\(GoldenFixture.session)\n"
        let raised = try GoldenDocument(parsing: text.utf8, file: "demo").text
        #expect(raised.contains(#""further":{"a": [1, 2.50]}"#) && raised.hasSuffix("\n\(GoldenFixture.session)\n"))
        let golden = try GoldenFixture.parse(raised)
        #expect(golden.header.version == 2 && golden.header.maker.program == "golden/reference")
        #expect(golden.header.seed == 7)
    }

    @Test("Accepting a session changes its line, and no byte of another line")
    func accepts() throws {
        let before = String(decoding: try shipped("demo-soft-prompt"), as: UTF8.self)
        let golden = try GoldenRankings(parsing: before.utf8, file: "demo")
        let old = golden.sessions[3]
        let rankings = [old.svd, old.p5]
            .map { list in
                Ranking(
                    model: list.model,
                    places: list.places.dropLast()
                        .map { RankedMovie(movie: $0.movie, rank: $0.rank, score: $0.score, text: $0.text) }
                )
            }
        // The last movie of SVD is gone from P5 too, so that the session is one that Coldstart could have ranked.
        let places = rankings[1].places.filter { $0.movie != old.svd.movies.last }
        let p5 = Ranking(
            model: .p5,
            places: places.enumerated()
                .map { RankedMovie(movie: $1.movie, rank: $0 + 1, score: $1.score, text: $1.text) }
        )
        let new = try #require(GoldenSession(id: old.id, svd: rankings[0], p5: p5, scoring: .text))
        var document = try GoldenDocument(parsing: before.utf8, file: "demo")
        try document.accept(new, record, in: .full)
        try document.accept(new, record, in: .full)
        let after = document.text
        let lines = zip(before.split(separator: "\n"), after.split(separator: "\n")).enumerated()
        #expect(lines.filter { $1.0 != $1.1 }.map(\.offset) == [4])
        // What the reference says of the training stays in the header, though nothing here reads it.
        #expect(after.contains(#""text":"rating prediction""#) == before.contains(#""text":"rating prediction""#))
        let again = try GoldenRankings(parsing: after.utf8, file: "demo")
        #expect(again.header.version == 2 && again.header.maker.program == "golden/reference")
        #expect(again.session(old.id)?.svd.movies == new.svd.movies)
        #expect(again.session(old.id)?.accepted == [record, record])
        #expect(again.caution?.contains("1 of 40 sessions") == true)
    }

    @Test("A session that the golden lacks is added at its end, other files are stated in its header")
    func adds() throws {
        let text = "\(GoldenFixture.header)\n\(GoldenFixture.session)\n"
        var document = try GoldenDocument(parsing: text.utf8, file: "demo")
        let id = try #require(SessionID("0b9c1a52-7d1f-4c58-9a8e-3f60d6a1c002"))
        let svd = GoldenFixture.ranking(.svd, [("1", 2), ("2", 1)])
        let session = try #require(
            GoldenSession(id: id, svd: svd, p5: Ranking(model: .p5, places: []), scoring: .text)
        )
        try document.accept(session, record, in: .full)
        let other = String(repeating: "b2", count: 32)
        let bundle = GoldenFingerprints(files: ["svd_5core/V.npy": other])
        let inputs = GoldenInputs(bundle: bundle, catalogueSHA256: nil, sessionsSHA256: other)
        let before = try GoldenRankings(parsing: text.utf8, file: "demo").header
        #expect(inputs.changes(from: before).count == 2)
        try document.accept(inputs)
        let again = try GoldenRankings(parsing: document.text.utf8, file: "demo")
        #expect(again.sessions.map(\.id).last == id && again.sessions.count == 2)
        #expect(again.header.fingerprints == bundle && again.header.sessionsSHA256 == other)
        #expect(again.header.catalogueSHA256 == GoldenFixture.digest)
        #expect(inputs.changes(from: again.header).isEmpty)
    }

    @Test("Rankings that no golden can hold make no session")
    func impossible() {
        let id = SessionID(GoldenFixture.sessionText)
        func session(_ svd: [(MovieID, Double)], _ p5: [(MovieID, Double)]) -> GoldenSession? {
            id.flatMap {
                GoldenSession(
                    id: $0,
                    svd: GoldenFixture.ranking(.svd, svd),
                    p5: GoldenFixture.ranking(.p5, p5),
                    scoring: .text
                )
            }
        }
        #expect(session([("a", 1)], [("a", 8)]) != nil)
        #expect(session([("a", 1)], [("b", 8)]) == nil)
        #expect(session([("a", .nan)], []) == nil)
        #expect(session([("a", 1)], [("a", .infinity)]) == nil)
    }

    @Test("Lines of rankings are held to the rules of goldens, and errors say what to do about rankings")
    func rankings() throws {
        let header = GoldenHeader(maker: Self.maker, wholeWord: false, fingerprints: GoldenFingerprints(files: [:]))
        let line =
            #"{"session_id":"0b9c1a52-7d1f-4c58-9a8e-3f60d6a1c001","svd":[{"movie_id":318,"rank":1,"score":1.25}],"#
            + #""p5":[{"movie_id":"318","rank":1,"score":8.1,"text":"8.1"}],"notes":[],"tensors":{"backbone":1}}"#
        let read = try GoldenRankings(rankings: "\(line)\n".utf8, file: "r.jsonl", header: header)
        #expect(read.sessions[0].p5.places[0].text == "8.1")
        func error(_ text: String) -> GoldenError? {
            #expect(throws: GoldenError.self) {
                try GoldenRankings(rankings: text.utf8, file: "r.jsonl", header: header)
            }
        }
        #expect(error("\(line)\n\(line)")?.code == .duplicate)
        #expect(error("")?.code == .empty)
        #expect(error(line.replacing("1.25", with: "NaN"))?.code == .notFinite)
        #expect(error("<<<<<<< ours\n\(line)")?.code == .conflictMarker)
        #expect(error("")?.description.hasSuffix("what coldstart rank --format jsonl prints") == true)
    }

    @Test("A maker is a name and a version", arguments: [("my-ranker 2.1", "my-ranker", "2.1"), ("x", "x", "")])
    func maker(text: String, program: String, version: String) {
        #expect(GoldenMaker(text) == GoldenMaker(program: program, version: version))
        #expect(GoldenMaker(text)?.description == text && GoldenMaker(" ") == nil)
        #expect(GoldenMaker("ColdStart 1")?.isColdstart == true && GoldenMaker(text)?.isColdstart == false)
    }
}
