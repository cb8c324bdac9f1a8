import ColdstartTestSupport
import Domain
import Foundation
import Testing

@testable import Formats
@testable import Scenarios

/// Lines that are scanned say what they say decoded, and are refused in the same words.
struct LineScanningTests {
    private static let session = #""session_id": "1027c4d1-c386-bbc4-cd61-3e30d8f16adf""#
    private static let rating = #"{"movie_id": "318", "rating": 9, "created_at": 1108134600}"#

    private static let sessions: [String] = {
        let ratings = [
            rating, #"{"movie_id": 318, "rating": 9.5, "created_at": "2016-01-02T03:04:05.678901+02:00"}"#,
            #"{"created_at": 1e9, "rating": 0, "movie_id": "a\u00e9\n"}"#,
            #"{"movie_id": "1", "rating": 10, "created_at": -1.5}"#,
            #"{"movie_id": "1", "rating": 3, "created_at": 5, "held_out": true}"#,
            #"{"movie_id": "1", "rating": 3, "created_at": 5, "held_out": null}"#,
            #"{"movie_id": "1", "rating": 3, "created_at": 5, "note": {"a": [1, {"b": null}]}}"#,
            #"{"movie_id": "1", "rating": 3, "rating": 4, "created_at": 5}"#,
            #"{"movie_id": "", "rating": 3, "created_at": 5}"#,
            #"{"movie_id": "\#(String(repeating: "m", count: 201))", "rating": 3, "created_at": 5}"#,
            #"{"movie_id": 3.5, "rating": 3, "created_at": 5}"#, #"{"movie_id": "1", "rating": 10.5, "created_at": 5}"#,
            #"{"movie_id": "1", "rating": -0.5, "created_at": 5}"#,
            #"{"movie_id": "1", "rating": 1e999, "created_at": 5}"#,
            #"{"movie_id": "1", "rating": NaN, "created_at": 5}"#,
            #"{"movie_id": "1", "rating": "9", "created_at": 5}"#,
            #"{"movie_id": "1", "rating": 3, "created_at": "yesterday"}"#,
            #"{"movie_id": "1", "rating": 3, "created_at": 1e300}"#,
            #"{"movie_id": "1", "rating": 3}"#, #"{"rating": 3, "created_at": 5}"#, "null", "[]", "{", "3",
        ]
        let around = [
            #"{\#(session), "phase": "recommendation", "ratings": [R], "phase1_movies": ["318", 12]}"#,
            #"{\#(session), "ratings": [\#(rating), R]}"#,
        ]
        let whole = [
            #"{\#(session), "ratings": []}"#, #"{\#(session), "ratings": [], "phase1_movies": null, "phase": null}"#,
            #"{\#(session), "ratings": null}"#, #"{\#(session)}"#, #"{"ratings": []}"#,
            #"{"session_id": "x", "ratings": []}"#,
            #"{\#(session), \#(session), "ratings": []}"#, #"{\#(session), "ratings": [], "x": 1, "x": 1}"#,
            #"{\#(session), "ratings": [], "x": {"y": 1, "y": 2}}"#,
            #"{\#(session), "ratings": [], "phase1_movies": [""]}"#,
            #"{\#(session), "ratings": [], "phase1_movies": [1, null]}"#, #"{\#(session), "ratings": []} x"#,
            #"{\#(session), "ratings": [],}"#, #"{\#(session), "phase": 3, "ratings": []}"#,
            "\u{FEFF}{\(session), \"ratings\": []}\r",
            #"{\#(session), "ratings": [{"movie_id": "\ud800", "rating": 1, "created_at": 1}]}"#, "", "[]", "null",
            "{]",
        ]
        return whole + ratings.flatMap { rating in around.map { $0.replacing("R]", with: rating + "]") } }
    }()

    private static let movies: [String] = [
        #"{"id": "318", "title": "The Shawshank Redemption", "year": 1994, "genre": "Drama"}"#,
        #"{"id": 318, "title": ""}"#,
        #"{"id": "1", "title": "A", "year": null, "genre": null, "more": []}"#,
        #"{"id": "1", "title": "A", "year": 1994.0}"#,
        #"{"id": "1", "title": "A", "year": 1994.5}"#, #"{"id": "1", "title": "A", "year": 0}"#,
        #"{"id": "1", "title": "A", "year": "1994"}"#,
        #"{"id": "1", "title": "A", "year": nul}"#, #"{"id": "1", "title": null}"#, #"{"id": "1"}"#, #"{"title": "A"}"#,
        #"{"id": "", "title": "A"}"#, #"{"id": "1", "title": "A", "title": "B"}"#,
        #"{"id": "1", "title": "\ud83c\udfac"}"#,
        #"{"id": "1", "title": "A", "genre": 3}"#, "[]", "{}", "{",
    ]

    /// What a function makes of a line: its result in words, or the fault.
    private func outcome<Line>(
        _ text: String,
        _ read: (UnsafeRawBufferPointer) throws(JSONFault) -> Line
    ) -> String {
        var text = text
        return text.withUTF8 { bytes in
            do throws(JSONFault) {
                return "\(try read(UnsafeRawBufferPointer(bytes)))"
            } catch {
                return "\(error.place) \(error.message)"
            }
        }
    }

    @Test(arguments: sessions) func `a line of sessions`(text: String) {
        let scanned = outcome(text) { (text) throws(JSONFault) in try SessionLine.line(of: text).session }
        let decoded = outcome(text) { (text) throws(JSONFault) in
            try JSONReader.decode(SessionLine.self, from: text).session
        }
        #expect(scanned == decoded)
    }

    @Test(arguments: movies) func `a line of a catalogue`(text: String) {
        let scanned = outcome(text) { (text) throws(JSONFault) in try MovieLine.line(of: text).movie }
        let decoded = outcome(text) { (text) throws(JSONFault) in
            try JSONReader.decode(MovieLine.self, from: text).movie
        }
        #expect(scanned == decoded)
    }

    @Test(arguments: ["scenarios/sessions/demo.jsonl", "scenarios/sessions/no-ratings.jsonl"])
    func `the shipped sessions are scanned, and none of them needs to be decoded`(file: String) throws {
        let text = try String(contentsOfFile: Fixtures.packageDirectory + "/" + file, encoding: .utf8)
        for line in text.split(separator: "\n") {
            let bytes = Array(line.utf8)
            let scanned = try bytes.withUnsafeBytes { bytes in
                try JSONReader.scan(bytes) { (scanner) throws(JSONFault) in try SessionLine(scanning: &scanner) }
            }
            #expect(scanned?.session == (try JSONReader.decode(SessionLine.self, from: bytes)).session)
        }
    }
}
