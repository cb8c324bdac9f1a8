import Domain
import Goldens
import Testing

@Suite("Versions of the golden format")
struct GoldenVersionsTests {
    private static let digest = GoldenFixture.digest

    private static let header =
        #"{"schemaVersion":2,"kind":"golden-rankings","made_by":{"program":"ranker","version":"2.1"},"state":"full","#
        + #""whole_word":false,"files":{"svd_5core/V.npy":"\#(digest)"},"catalogue_sha256":"\#(digest)","#
        + #""sessions_sha256":"\#(digest)"}"#

    private static let session =
        #"{"session_id":"0b9c1a52-7d1f-4c58-9a8e-3f60d6a1c001","#
        + #""svd":[{"movie_id":"318","rank":1,"score":1.25,"margin":0.00001},{"movie_id":"50","rank":2,"score":1.24999}],"#
        + #""svd_ties":[[1,2]],"p5":[{"movie_id":"50","rank":1,"score":8.1}],"p5_ties":[],"#
        + #""accepted":[{"who":"Ann","when":"2026-11-01T10:00:00Z","risk":"high","reason":"a new model","#
        + #""made_by":{"program":"coldstart","version":"0.1.0"}}]}"#

    @Test("Version 2 states its maker; what follows from the rankings may be left out")
    func reads() throws {
        let golden = try GoldenFixture.parse("\(Self.header)\n\(Self.session)\n")
        #expect(golden.header.version == 2 && golden.header.state == .full && golden.header.seed == nil)
        #expect(golden.header.maker == GoldenMaker(program: "ranker", version: "2.1"))
        let session = golden.sessions[0]
        #expect(session.displays[.p5]?.entries.map(\.movie) == ["50", "318"])
        #expect(session.p5.places[0].text == nil && session.p5.places[0].gap == nil)
        #expect(session.accepted.map(\.who) == ["Ann"] && session.accepted[0].risk == .high)
    }

    @Test("Version 1 goes on being read, as the reference's")
    func first() throws {
        let golden = try GoldenFixture.parse("\(GoldenFixture.header)\n\(GoldenFixture.session)\n")
        #expect(golden.header.version == 1 && golden.header.maker.program == "golden/reference")
        #expect(golden.caution == nil && golden.sessions[0].accepted.isEmpty)
    }

    @Test("What Coldstart made, or ranked for a person to accept, is never called checked")
    func caution() throws {
        let accepted = try #require(try GoldenFixture.parse("\(Self.header)\n\(Self.session)").caution)
        #expect(accepted.contains("1 of 1 sessions were accepted as Coldstart ranked them: never checked by another"))
        let own = Self.header.replacing(#""program":"ranker""#, with: #""program":"Coldstart""#)
        let caution = try #require(try GoldenFixture.parse("\(own)\n\(Self.session)").caution)
        #expect(caution == "golden/demo.jsonl was made by Coldstart 2.1: never checked by another program")
        let other = Self.session.replacing(#""program":"coldstart""#, with: #""program":"ranker""#)
        #expect(try GoldenFixture.parse("\(Self.header)\n\(other)").caution == nil)
    }

    @Test(
        "Headers of version 2 that are wrong are refused",
        arguments: [
            (#""made_by":{"program":"ranker","version":"2.1"},"#, ""), (#""program":"ranker""#, #""program":"""#),
            (#""state":"full""#, #""state":"basic""#),
        ]
    )
    func refusesHeaders(old: String, new: String) {
        let header = Self.header.replacing(old, with: new)
        let error = #expect(throws: GoldenError.self) { try GoldenFixture.parse("\(header)\n\(Self.session)") }
        #expect(header != Self.header && error?.code == .malformed && error?.line == 1)
    }

    @Test("Ranks may be left out of a list, where the order says them")
    func withoutRanks() throws {
        let stated = try GoldenFixture.parse("\(Self.header)\n\(Self.session)")
        let session = Self.session.replacing(/"rank":\d+,/, with: "")
        let golden = try GoldenFixture.parse("\(Self.header)\n\(session)")
        #expect(golden.sessions == stated.sessions && golden.sessions[0].svd.places.map(\.rank) == [1, 2])
        // Each list by itself.
        let one = Self.session.replacing(#"{"movie_id":"50","rank":1,"#, with: #"{"movie_id":"50","#)
        #expect(try GoldenFixture.parse("\(Self.header)\n\(one)").sessions == stated.sessions)
    }

    @Test(
        "Ranks that are not the places', or of some places only, are refused",
        arguments: [
            (#""rank":2,"#, "", "svd[1].rank is missing, and svd[0].rank is there: expected every rank"),
            (#""318","rank":1,"#, #""318","#, "svd[1].rank is there, and svd[0].rank is missing: expected"),
            (#""rank":2,"#, #""rank":3,"#, "svd[1].rank is 3, expected 2"),
            (#""50","rank":1,"#, #""50","rank":2,"#, "p5[0].rank is 2, expected 1"),
        ]
    )
    func refusesRanks(old: String, new: String, message: String) {
        let session = Self.session.replacing(old, with: new)
        let error = #expect(throws: GoldenError.self) { try GoldenFixture.parse("\(Self.header)\n\(session)") }
        #expect(session != Self.session && error?.code == .brokenRanks)
        #expect(error?.message.hasPrefix(message) == true, "\(error?.message ?? "")")
    }

    @Test(
        "Margins, tie classes and records that contradict the rankings are refused",
        arguments: [
            (#""margin":0.00001"#, #""margin":0.00002"#, "svd[0].margin is"),
            (#""score":1.24999}"#, #""score":1.24999,"margin":1}"#, "svd[1].margin is 1.0"),
            (#""svd_ties":[[1,2]]"#, #""svd_ties":[]"#, "svd_ties is []"),
            (#""p5_ties":[]"#, #""p5_ties":[[1,1]]"#, "p5_ties is [[1, 1]]"),
            (#""reason":"a new model","#, "", "accepted[0] has the risk high and no reason"),
        ]
    )
    func refusesSessions(old: String, new: String, message: String) {
        let session = Self.session.replacing(old, with: new)
        let error = #expect(throws: GoldenError.self) { try GoldenFixture.parse("\(Self.header)\n\(session)") }
        #expect(session != Self.session && error?.code == .contradiction)
        #expect(error?.message.hasPrefix(message) == true, "\(error?.message ?? "")")
    }

    @Test("A golden of the SVD-only state has nothing of P5")
    func svdOnly() throws {
        let header = Self.header.replacing(#""state":"full""#, with: #""state":"svd_only""#)
        let error = #expect(throws: GoldenError.self) { try GoldenFixture.parse("\(header)\n\(Self.session)") }
        #expect(error?.code == .contradiction)
        let session = Self.session.replacing(#"{"movie_id":"50","rank":1,"score":8.1}"#, with: "")
        #expect(try GoldenFixture.parse("\(header)\n\(session)").header.state == .svdOnly)
    }

    @Test("Ids that the catalogue or the sessions file does not have are named with their line")
    func unknown() throws {
        let golden = try GoldenFixture.parse("\(GoldenFixture.header)\n\(GoldenFixture.session)")
        let id = try #require(SessionID(GoldenFixture.sessionText))
        #expect(throws: Never.self) { try golden.requireKnown(movies: ["318", "50", "858"], sessions: [id]) }
        func message(_ movies: Set<MovieID>, _ sessions: Set<SessionID>?) -> String? {
            #expect(throws: GoldenError.self) { try golden.requireKnown(movies: movies, sessions: sessions) }?
                .description
        }
        #expect(
            message(["318", "50"], nil)?.hasPrefix("golden/demo.jsonl:2: svd_next: the catalogue has no movie 858")
                == true
        )
        #expect(
            message(["318", "858"], nil)?.hasPrefix("golden/demo.jsonl:2: svd[1]: the catalogue has no movie 50")
                == true
        )
        #expect(message(["318", "50", "858"], [])?.contains("the sessions file has no session \(id)") == true)
    }
}
