import Domain
import Scenarios
import SourcePlaces
import Testing

struct SessionReaderTests {
    private static let id = "5f3c1d20-7a64-4e0b-9b51-2f8f6f1c0a11"
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    private func read(_ text: String) throws -> [RecordedSession] {
        try SessionReader.read(folder.write(text, to: "s.jsonl"))
    }

    private static func line(rating: String) -> String {
        #"{"session_id": "\#(id)", "ratings": [\#(rating)]}"#
    }

    @Test("A session is read with ids as text or numbers and moments in either form")
    func session() throws {
        let sessions = try read(
            """

            {"session_id": "\(Self.id.uppercased())", "phase": "recommendation", "extra": {"a": [1]}, "ratings": [
            """
            .replacing("\n", with: "", maxReplacements: 0)
                + #"{"movie_id": "318", "rating": 9, "created_at": "2016-01-02T03:04:05Z", "x": null}, "#
                + #"{"movie_id": 318, "rating": 7.5, "created_at": 1451703845}, "#
                + #"{"movie_id": "007", "rating": 0, "created_at": 1451703845.25}], "phase1_movies": [1, "2"]}"#
                + "\r\n\n   \n"
        )
        let moment = Timestamp(microseconds: 1_451_703_845_000_000)
        #expect(
            sessions == [
                RecordedSession(
                    id: try #require(SessionID(Self.id)),
                    phase: "recommendation",
                    ratings: [
                        Rating(movie: "318", value: 9, createdAt: moment),
                        Rating(movie: "318", value: 7.5, createdAt: moment),
                        Rating(movie: "007", value: 0, createdAt: moment.advanced(byMicroseconds: 250_000)),
                    ],
                    phase1Movies: ["1", "2"]
                )
            ]
        )
    }

    @Test("A last line without a line break, a byte order mark and missing optional keys are accepted")
    func leniency() throws {
        let sessions = try read("\u{FEFF}" + #"{"session_id": "\#(Self.id)", "ratings": []}"#)
        #expect(sessions.first?.phase == "recommendation")
        #expect(sessions.first?.phase1Movies == [])
    }

    @Test(
        "A bad line is refused with its number and its field",
        arguments: [
            ("{", "found the end of the text, expected text in double quotes"),
            ("[]", "found a list, expected an object"),
            ("7", "found 7, expected an object"),
            ("{}", "`session_id` is missing"),
            (#"{"session_id": "x", "ratings": []}"#, #"`session_id`: found "x", expected a UUID"#),
            (#"{"session_id": 7, "ratings": []}"#, "`session_id`: found 7, expected text"),
            (#"{"session_id": "\#(id)"}"#, "`ratings` is missing"),
            (#"{"session_id": "\#(id)", "ratings": {}}"#, "`ratings`: found an object, expected a list"),
            (
                #"{"session_id": "\#(id)", "ratings": [], "phase1_movies": [1.5]}"#,
                "`phase1_movies[0]`: found 1.5, expected text or a whole number"
            ),
            (line(rating: "7"), "`ratings[0]`: found 7, expected an object"),
            (line(rating: #"{"rating": 5, "created_at": 0}"#), "`ratings[0].movie_id` is missing"),
            (
                line(rating: #"{"movie_id": "", "rating": 5, "created_at": 0}"#),
                #"`ratings[0].movie_id`: found "", expected a movie id of 1 to 200 bytes"#
            ),
            (line(rating: #"{"movie_id": true, "rating": 5, "created_at": 0}"#), "`ratings[0].movie_id`"),
            (line(rating: #"{"movie_id": "1", "created_at": 0}"#), "`ratings[0].rating` is missing"),
            (
                line(rating: #"{"movie_id": "1", "rating": "5", "created_at": 0}"#),
                #"`ratings[0].rating`: found "5", expected a number"#
            ),
            (line(rating: #"{"movie_id": "1", "rating": null, "created_at": 0}"#), "`ratings[0].rating`"),
            (
                line(rating: #"{"movie_id": "1", "rating": 10.5, "created_at": 0}"#),
                "found 10.5, expected a rating, a number"
            ),
            (
                line(rating: #"{"movie_id": "1", "rating": -1, "created_at": 0}"#),
                "found -1, expected a rating, a number"
            ),
            (
                line(rating: #"{"movie_id": "1", "rating": 1e999, "created_at": 0}"#),
                "`ratings[0].rating`: found 1e999, expected a number that"
            ),
            (line(rating: #"{"movie_id": "1", "rating": NaN, "created_at": 0}"#), "found NaN, which JSON does not"),
            (line(rating: #"{"movie_id": "1", "rating": 5}"#), "`ratings[0].created_at` is missing"),
            (
                line(rating: #"{"movie_id": "1", "rating": 5, "created_at": "soon"}"#),
                #"found "soon", expected a moment"#
            ),
            (line(rating: #"{"movie_id": "1", "rating": 5, "created_at": 1e300}"#), "`ratings[0].created_at`"),
            (line(rating: #"{"movie_id": "1", "rating": 5, "created_at": []}"#), "`ratings[0].created_at`"),
        ]
    )
    func badLine(line: String, words: String) throws {
        let good = #"{"session_id": "00000000-0000-0000-0000-000000000001", "ratings": []}"#
        let error = try #require(throws: ScenarioError.self) { try read(good + "\n\n" + line + "\n") }
        #expect(error.location?.line == 3, "\(error)")
        #expect(error.message.contains(words), "\(error)")
        #expect(!"\(error)".contains("\n"))
    }

    @Test("A session that comes twice is refused with both lines")
    func duplicate() throws {
        let line = #"{"session_id": "\#(Self.id)", "ratings": []}"#
        let error = try #require(throws: ScenarioError.self) { try read(line + "\n" + line) }
        #expect(error.location?.line == 2)
        #expect(error.message.contains("the session of line 1 already"))
    }

    @Test("A line above 1 MiB is refused without being read to its end")
    func longLine() throws {
        let error = try #require(throws: ScenarioError.self) {
            try read("\n" + String(repeating: " ", count: (1 << 20) + 1))
        }
        #expect(error.location?.line == 2)
        #expect(error.message.contains("longer than 1 MiB"))
    }

    @Test("A file without sessions is refused", arguments: ["", "\n\n", "  \r\n"])
    func empty(_ text: String) throws {
        let error = try #require(throws: ScenarioError.self) { try read(text) }
        #expect(error.code == .emptySelection)
    }

    @Test("Invalid UTF-8 and deep nesting are refused")
    func hostile() throws {
        let invalid = Array(#"{"session_id": ""#.utf8) + [0xFF, 0xFE] + Array("\"}".utf8)
        let nested = Array(String(repeating: "[", count: 200_000).utf8)
        for bytes in [invalid, nested] {
            let path = try folder.write(bytes, to: "s.jsonl")
            let error = try #require(throws: ScenarioError.self) { try SessionReader.read(path) }
            #expect(error.location?.line == 1)
        }
    }

    @Test(
        "What a line is written in, or instead of, is said with its place",
        arguments: [
            (
                Array(#"{"session_id": "é", "ratings": [], "ratings": []}"#.utf8),
                "s.jsonl:1:36: found the key \"ratings\" twice"
            ),
            (
                Array("{\"session_id\": \"Am".utf8) + [0xE9] + Array("lie\"}".utf8),
                "s.jsonl:1:19: `session_id`: found the byte 0xe9"
            ),
            (Array(#"{"session_id": "\ud83d"}"#.utf8), "s.jsonl:1:17: `session_id`: found half of a surrogate pair"),
            ([0xFF, 0xFE, 0x7B, 0x00, 0x0A, 0x00], "s.jsonl:1:1: found text in UTF-16"),
            (Array("version https://git-lfs.github.com/spec/v1\noid".utf8), "run `git lfs pull`"),
            (Array("<html>".utf8), "found a web page"),
            ([0x1F, 0x8B, 0x08, 0x00], "found a file compressed with gzip"),
        ] as [([UInt8], String)]
    )
    func otherText(bytes: [UInt8], words: String) throws {
        let path = try folder.write(bytes, to: "s.jsonl")
        let error = try #require(throws: ScenarioError.self) { try SessionReader.read(path) }
        #expect(error.description.contains(words), "\(error)")
    }

    @Test("Ids that differ in their bytes alone are two, and numbers keep their digits")
    func ids() throws {
        let shown = #""\u00e9", "e\u0301", 9223372036854775808"#
        let sessions = try read(#"{"session_id": "\#(Self.id)", "ratings": [], "phase1_movies": [\#(shown)]}"#)
        let movies = try #require(sessions.first?.phase1Movies)
        #expect(Set(movies).count == 3 && movies.last == "9223372036854775808")
    }

    @Test(
        "A path that is no regular file is refused",
        arguments: ["/nonexistent/s.jsonl", "/", "/dev/zero", "", "a\0b"]
    )
    func noFile(_ path: String) throws {
        let error = try #require(throws: ScenarioError.self) { try SessionReader.read(path) }
        #expect(error.code == .unreadable)
        #expect(error.path == path)
    }
}

struct CatalogueReaderTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    private func read(_ text: String) throws -> [CatalogueMovie] {
        try CatalogueReader.read(folder.write(text, to: "c.jsonl"))
    }

    @Test("Movies are read in their order, with what is known of them")
    func movies() throws {
        let movies = try read(
            #"{"id": "318", "title": "The Shawshank Redemption", "year": 1994, "genre": "Drama", "more": 1}"# + "\n"
                + #"{"id": 7, "title": "", "year": null}"# + "\n"
        )
        #expect(
            movies == [
                CatalogueMovie(id: "318", title: "The Shawshank Redemption", year: 1994, genre: "Drama"),
                CatalogueMovie(id: "7", title: "", year: nil, genre: nil),
            ]
        )
    }

    @Test(
        "A bad line is refused with its number and its field",
        arguments: [
            (#"{"title": "x"}"#, "`id` is missing"),
            (#"{"id": "1"}"#, "`title` is missing"),
            (#"{"id": "1", "title": 5}"#, "`title`: found 5, expected text"),
            (#"{"id": "1", "title": "x", "year": "1994"}"#, #"`year`: found "1994", expected a number"#),
            (#"{"id": "1", "title": "x", "year": 0}"#, "`year`: found 0, expected a year"),
            (#"{"id": "1", "title": "x", "year": 1994.5}"#, "`year`: found 1994.5, expected a year"),
            (#"{"id": "1", "title": "x", "year": NaN}"#, "`year`: found NaN, which JSON does not have"),
            (#"{"id": "1", "id": "2", "title": "x"}"#, "found the key \"id\" twice in one object"),
            (#"{"id": "0", "title": "again"}"#, "`id` 0 is the movie of line 1 already"),
        ]
    )
    func badLine(line: String, words: String) throws {
        let error = try #require(throws: ScenarioError.self) {
            try read(#"{"id": "0", "title": "first"}"# + "\n" + line + "\n")
        }
        #expect(error.location?.line == 2, "\(error)")
        #expect(error.message.contains(words), "\(error)")
    }

    @Test("A file without movies is refused")
    func empty() throws {
        #expect(throws: ScenarioError.self) { try read("\n") }
    }

    @Test("Sessions that are not wanted are passed over and counted; who wants one sees its faults")
    func wanted() throws {
        func id(_ number: Int) -> String { "00000000-0000-4000-8000-00000000000\(number)" }
        let lines = [
            #"{"session_id": "\#(id(0))", "ratings": []}"#, #"{"session_id":"\#(id(1))","ratings":[]}"#, "",
            #"{"ratings": [], "session_id": "\#(id(2))"}"#, #"{"session_id": "\#(id(3))", "ratings": 7}"#,
            #"{"session_id": "\#(id(4))", "ratings": []}"#, #"{"session_id": "\#(id(4))", "ratings": []}"#,
        ]
        let path = try folder.write(lines.joined(separator: "\n"), to: "s.jsonl")
        func numbers(_ wanted: Set<Int>) throws -> [Int] {
            let ids = Set(wanted.map(id))
            var stream = try SessionStream(path, where: { ids.contains($0.text) })
            var numbers: [Int] = []
            while let session = try stream.next() {
                #expect(ids.contains(session.id.text))
                numbers.append(stream.count - 1)
            }
            #expect(stream.count == 6)
            return numbers
        }
        #expect(try numbers([0, 1, 2]) == [0, 1, 2])
        #expect(try numbers([1]) == [1])
        #expect(try numbers([]) == [])
        #expect(throws: ScenarioError.self) { try numbers([3]) }
        #expect(throws: ScenarioError.self) { try numbers([4]) }
    }
}
