import Domain
import Goldens
import Testing

@Suite("Golden files")
struct GoldenRankingsTests {
    private let id = SessionID(GoldenFixture.sessionText)

    @Test("A golden file gives its header and its sessions")
    func reads() throws {
        let golden = try GoldenFixture.parse("\(GoldenFixture.header)\n\(GoldenFixture.session)\n")
        #expect(golden.header.wholeWord == false)
        #expect(golden.header.mode == "in_prompt")
        #expect(golden.header.scoring == .text)
        #expect(golden.header.svdRanking == "factors")
        #expect(golden.header.seed == 7)
        #expect(golden.header.versions == ["torch": "2.4.1"])
        #expect(golden.header.fingerprints.files == ["svd_5core/V.npy": GoldenFixture.digest])
        let known = try #require(id)
        let session = try #require(golden.session(known))
        #expect(session.svd.movies == ["318", "50"])
        #expect(session.svd.next == .init(movie: "858", score: 1))
        #expect(session.p5.places[0].text == "8.1")
        #expect(session.p5.places[0].svdScore == 1.125)
        #expect(session.displays[.p5]?.entries.map(\.movie) == ["50", "318"])
    }

    @Test(
        "A header says what was not as deployed, and P5's lists know their scoring",
        arguments: P5Settings.Scoring.allCases
    )
    func settings(scoring: P5Settings.Scoring) throws {
        let members = #""mode":"soft_prompt","scoring":"\#(scoring.rawValue)","svd_ranking":"biased","#
        let header = GoldenFixture.header.replacing(#""seed":7"#, with: members + #""seed":7"#)
        let golden = try GoldenFixture.parse("\(header)\n\(GoldenFixture.session)\n")
        #expect(golden.header.mode == "soft_prompt")
        #expect(golden.header.scoring == scoring)
        #expect(golden.header.svdRanking == "biased")
        #expect(golden.sessions.map(\.p5.scoring) == [scoring])
        #expect(golden.sessions.map(\.svd.scoring) == [.text])
    }

    @Test("What a header leaves open about P5 is as the shipped goldens were made")
    func openSettings() throws {
        func header(_ members: String) throws -> GoldenHeader {
            let header = GoldenFixture.header.replacing(#""seed":7"#, with: members + #""seed":7"#)
            return try GoldenFixture.parse("\(header)\n\(GoldenFixture.session)\n").header
        }
        #expect(try header("").softPrompt == nil && header("").generationLimit == 6)
        #expect(try header(#""soft_prompt":{"dropout":0.5},"#).softPrompt == nil)
        let open = try #require(try header(#""mode":"soft_prompt","#).softPrompt)
        #expect(open == GoldenSoftPrompt() && open.virtualTokens == 40 && open.dropout == 0 && open.seed == 20_251_030)
        let members = #""mode":"soft_prompt, 4 beams","generation_limit":16,"soft_prompt":"#
        let other = try header(members + #"{"virtual_tokens":20,"text":"rating","dropout":0.1,"seed":3},"#)
        #expect(other.generationLimit == 16)
        #expect(
            other.softPrompt?.virtualTokens == 20 && other.softPrompt?.dropout == 0.1 && other.softPrompt?.seed == 3
        )
    }

    @Test(
        "A setting of P5 that cannot be is named",
        arguments: [
            (#""generation_limit":1,"#, "found generation_limit 1, expected a whole number from 2 to 1024"),
            (
                #""mode":"soft_prompt","soft_prompt":{"virtual_tokens":0},"#,
                "found soft_prompt.virtual_tokens 0, expected a whole number from 1 to 1024"
            ),
            (
                #""mode":"soft_prompt","soft_prompt":{"dropout":1},"#,
                "found soft_prompt.dropout 1.0, expected a number from 0 to 0.9"
            ),
            (
                #""mode":"soft_prompt","soft_prompt":{"seed":-1},"#,
                "cannot read the header: "
            ),
        ]
    )
    func impossibleSettings(members: String, message: String) {
        let header = GoldenFixture.header.replacing(#""seed":7"#, with: members + #""seed":7"#)
        let error = #expect(throws: GoldenError.self) { try GoldenFixture.parse("\(header)\n\(GoldenFixture.session)") }
        #expect(error?.message.hasPrefix(message) == true)
    }

    @Test("A scoring that is not known is named with those that are")
    func unknownScoring() {
        let header = GoldenFixture.header.replacing(#""seed":7"#, with: #""scoring":"guess","seed":7"#)
        let error = #expect(throws: GoldenError.self) { try GoldenFixture.parse("\(header)\n\(GoldenFixture.session)") }
        #expect(error?.message == #"found scoring "guess", expected "text" or "expected""#)
    }

    @Test("A session that the file does not have is not made up")
    func unknownSession() throws {
        let golden = try GoldenFixture.parse("\(GoldenFixture.header)\n\(GoldenFixture.session)")
        let other = try #require(SessionID("0b9c1a52-7d1f-4c58-9a8e-3f60d6a1cfff"))
        #expect(golden.session(other) == nil)
    }

    @Test("The SVD-only state has the SVD list alone and shows its ten best")
    func svdOnly() throws {
        let golden = try GoldenFixture.parse("\(GoldenFixture.header)\n\(GoldenFixture.session)")
        let session = try #require(golden.sessions.first)
        #expect(session.list(of: .svd, in: .svdOnly) == session.svd)
        #expect(session.list(of: .p5, in: .svdOnly) == nil)
        #expect(session.list(of: .p5, in: .full) == session.p5)
        #expect(session.displays(in: .svdOnly).map { $0.entries.map(\.movie) } == [["318", "50"]])
        #expect(session.displays(in: .svdOnly)[0].entries.allSatisfy { $0.model == .svd })
        #expect(session.displays(in: .full).count == 2)
    }

    @Test("Golden states follow the serving states; where nothing ranks there is none")
    func states() {
        #expect(GoldenState(ServingState.full) == .full)
        #expect(GoldenState(ServingState.svdOnly) == .svdOnly)
        #expect(GoldenState(ServingState.nothing) == nil)
    }

    /// A golden file that must be refused.
    struct WrongFile: CustomTestStringConvertible {
        var testDescription: String
        var lines: [String]
        var code: GoldenError.Code
        var line: Int

        init(_ description: String, _ lines: [String], _ code: GoldenError.Code, line: Int) {
            self.testDescription = description
            self.lines = lines
            self.code = code
            self.line = line
        }
    }

    private static let header = GoldenFixture.header
    private static let session = GoldenFixture.session

    @Test(
        "Whole files that are wrong are refused with their line",
        arguments: [
            WrongFile("nothing", [], .empty, line: 1),
            WrongFile("blank lines", ["", ""], .empty, line: 1),
            WrongFile("a header alone", [header], .empty, line: 2),
            WrongFile("no header", [session], .missingHeader, line: 1),
            WrongFile("an empty object for a header", ["{}", session], .missingHeader, line: 1),
            WrongFile("an array for a header", ["[1]", session], .malformed, line: 1),
            WrongFile("a blank line in the middle", [header, "", session], .malformed, line: 2),
            WrongFile("a session twice", [header, session, session], .duplicate, line: 3),
            WrongFile("a line cut short", [header, String(session.dropLast(40))], .malformed, line: 2),
            WrongFile("our side of a conflict", [header, "<<<<<<< HEAD", session], .conflictMarker, line: 2),
            WrongFile("the middle of a conflict", [header, session, "======="], .conflictMarker, line: 3),
            WrongFile("the base of a conflict", [header, session, "||||||| base"], .conflictMarker, line: 3),
            WrongFile("their side of a conflict", [header, session, ">>>>>>> theirs"], .conflictMarker, line: 3),
            WrongFile("control characters", [header, "\u{0}\u{1}"], .malformed, line: 2),
        ]
    )
    func refusesFiles(wrong: WrongFile) {
        let error = #expect(throws: GoldenError.self) {
            try GoldenFixture.parse(wrong.lines.joined(separator: "\n"))
        }
        #expect(error?.code == wrong.code)
        #expect(error?.line == wrong.line)
    }

    @Test(
        "Headers that are wrong are refused",
        arguments: [
            (#""schemaVersion":1"#, #""schemaVersion":3"#, .unknownVersion),
            (#""schemaVersion":1"#, #""schemaVersion":0"#, .unknownVersion),
            (#""seed":7,"#, "", .malformed),
            (#""versions":{"torch":"2.4.1"},"#, "", .malformed),
            (#""kind":"golden-rankings""#, #""kind":"golden""#, .missingHeader),
            (#""state":"full""#, #""state":"svd_only""#, .malformed),
            (#""seed":7"#, #""seed":"seven""#, .malformed),
            (#"V.npy":"a1"#, #"V.npy":"g1"#, .malformed),
            (#"V.npy":"a1"#, #"V.npy":"a1a1"#, .malformed),
            (#""whole_word":false,"#, "", .malformed),
            (#""seed":7"#, #""scoring":"guess","seed":7"#, .malformed),
            (#""seed":7"#, #""svd_ranking":1,"seed":7"#, .malformed),
        ] as [(String, String, GoldenError.Code)]
    )
    func refusesHeaders(old: String, new: String, code: GoldenError.Code) {
        let header = GoldenFixture.header.replacing(old, with: new)
        #expect(header != GoldenFixture.header)
        let error = #expect(throws: GoldenError.self) { try GoldenFixture.parse("\(header)\n\(GoldenFixture.session)") }
        #expect(error?.code == code)
        #expect(error?.line == 1)
    }

    @Test(
        "Sessions that contradict themselves are refused",
        arguments: [
            (#""rank":2,"score":1.125"#, #""rank":3,"score":1.125"#, .brokenRanks),
            (#""rank":1,"score":1.25"#, #""rank":0,"score":1.25"#, .brokenRanks),
            (#""score":1.125"#, #""score":1.5"#, .brokenRanks),
            (#""movie_id":50"#, #""movie_id":318"#, .duplicate),
            (#""score":1.25"#, #""score":NaN"#, .notFinite),
            (#""score":1.25"#, #""score":-Infinity"#, .notFinite),
            (#""gap":0.034"#, #""gap":NaN"#, .notFinite),
            (#""gap":0.034"#, #""gap":-1"#, .notFinite),
            (#""score":1.25"#, #""score":"1.25""#, .malformed),
            (#""score":1.25"#, #""score":1e999"#, .malformed),
            (#""rank":1,"score":1.25"#, #""rank":99999999999999999999,"score":1.25"#, .malformed),
            (#""rank":2,"#, "", .malformed),
            (#""text":"8.1","#, "", .malformed),
            (#","gap":0.034"#, "", .malformed),
            (#""svd_top10":["318","50"],"#, "", .malformed),
            (#""score":1.25}"#, #""score":1.25,"margin":0.2}"#, .contradiction),
            (#""p5_top10""#, #""svd_ties":[[1,2]],"p5_top10""#, .contradiction),
            (#""858","score":1.0"#, #""858","score":1.2"#, .brokenRanks),
            (#""movie_id":"858""#, #""movie_id":"318""#, .duplicate),
            (#""p5":[{"movie_id":"50""#, #""p5":[{"movie_id":"51""#, .contradiction),
            (#""svd_top10":["318","50"]"#, #""svd_top10":["50","318"]"#, .contradiction),
            (#""p5_top10":["50"]"#, #""p5_top10":[]"#, .contradiction),
            (#"["p5","50",2]"#, #"["p5","50",3]"#, .brokenRanks),
            (#"["p5","50",2]"#, #"["p5","318",2]"#, .duplicate),
            (#"["p5","50",2]"#, #"["p5","858",2]"#, .contradiction),
            (#"["p5","50",2]"#, #"["p6","50",2]"#, .malformed),
            (#""session_id":"0b9c"#, #""session_id":"zb9c"#, .malformed),
        ] as [(String, String, GoldenError.Code)]
    )
    func refusesSessions(old: String, new: String, code: GoldenError.Code) {
        let session = GoldenFixture.session.replacing(old, with: new)
        #expect(session != GoldenFixture.session)
        let error = #expect(throws: GoldenError.self) { try GoldenFixture.parse("\(GoldenFixture.header)\n\(session)") }
        #expect(error?.code == code, "\(error.map(String.init(describing:)) ?? "no error")")
        #expect(error?.line == 2)
    }

    @Test("A file cut anywhere is refused or gives whole sessions only")
    func truncation() throws {
        let whole = Array("\(GoldenFixture.header)\n\(GoldenFixture.session)".utf8)
        for length in 0..<whole.count {
            #expect(throws: GoldenError.self) {
                try GoldenRankings(parsing: whole.prefix(length), file: "golden/demo.jsonl")
            }
        }
    }

    @Test("The word NaN inside a string is no number")
    func nanInString() throws {
        let session = GoldenFixture.session.replacing(#""text":"8.1""#, with: #""text":"NaN \" Infinity""#)
        let golden = try GoldenFixture.parse("\(GoldenFixture.header)\n\(session)")
        #expect(golden.sessions[0].p5.places[0].text == #"NaN " Infinity"#)
    }

    @Test("An error names the file, the line, what was found and what to do")
    func message() {
        let error = #expect(throws: GoldenError.self) {
            try GoldenFixture.parse(
                "\(GoldenFixture.header)\n\(GoldenFixture.session.replacing(#""rank":2"#, with: #""rank":4"#))"
            )
        }
        #expect(
            error?.description
                == "golden/demo.jsonl:2: svd[1].rank is 4, expected 2; restore the file or write it again with golden/reference"
        )
    }
}
