import ColdstartTestSupport
import Domain
import Observations
import Scenarios
import SourcePlaces
import Testing

@testable import ServiceUnderTest

struct AnswerBodyTests {
    private static let session = SessionID("51e5501d-d19e-58e3-8712-f47bd265ce5e")!

    private static let keys = [
        ("session_id", #""51e5501d-d19e-58e3-8712-f47bd265ce5e""#), ("phase", "2"), ("svd_top_saved", "7"),
        ("p5_top_saved", "6"), ("svd_top100_size", "100"), ("display_sequence", #"[["p5","318",1],["svd",50,2]]"#),
    ]

    /// A right body with one key's value replaced, or without it.
    private static func body(_ key: String = "", _ value: String? = nil) -> [UInt8] {
        let entries = keys.compactMap { name, right in
            name != key ? "\"\(name)\":\(right)" : value.map { "\"\(name)\":\($0)" }
        }
        return Array("{\(entries.joined(separator: ","))}".utf8)
    }

    private let request = PlannedRequest(
        number: 1,
        at: .zero,
        session: RecordedSession(id: session, phase: "recommendation", ratings: [], phase1Movies: []),
        topK: 10,
        phase: 3,
        expectation: AnswerExpectation(),
        location: SourceLocation(file: "a.yaml", line: 1, column: 1)
    )

    @Test func `a right body is read whole`() {
        let body = AnswerBody(Self.body())
        #expect(body.faults.isEmpty)
        let response = body.completed(for: request)
        #expect(response.session == Self.session && response.phase == 2 && response.svdTop100Size == 100)
        #expect(response.svdTopSaved == 7 && response.p5TopSaved == 6)
        #expect(response.display.entries.map(\.movie) == ["318", "50"])
        #expect(response.display.entries.map(\.model) == [.p5, .svd])
    }

    @Test(arguments: keys.map(\.0))
    func `a key that is missing is named, and the others are read`(key: String) {
        let body = AnswerBody(Self.body(key))
        #expect(body.faults.map(\.key) == [key])
        #expect(body.faults.map(\.text) == ["the key \"\(key)\" is missing"])
        let response = body.completed(for: request)
        #expect(response.session == Self.session && response.phase == (key == "phase" ? 3 : 2))
        #expect(response.svdTopSaved == (key == "svd_top_saved" ? 10 : 7))
        // The display list shows that P5 had a part.
        #expect(response.p5TopSaved == (key == "p5_top_saved" ? 10 : 6))
    }

    @Test(arguments: [
        ("svd_top_saved", "\"10\"", "is the text \"10\", expected a whole number"),
        ("svd_top_saved", "1.5", "is 1.5, expected a whole number"),
        ("p5_top_saved", "null", "is null, expected a whole number"),
        ("phase", "[2]", "is an array of 1, expected a whole number"),
        ("phase", "true", "is true, expected a whole number"),
        ("session_id", "\"x\"", "is the text \"x\", expected a UUID"),
        ("session_id", "{}", "is an object, expected a UUID"),
        ("display_sequence", "[[\"svd\"]]", "is an array of 1, expected an array of places"),
    ])
    func `a value of the wrong type is named with what it is`(key: String, value: String, words: String) {
        let faults = AnswerBody(Self.body(key, value)).faults
        #expect(faults.map(\.key) == [key])
        #expect(faults.first?.text.contains(words) == true, "\(faults)")
    }

    @Test(arguments: ["{", "[]", "null", "OK", "\u{0}"])
    func `what is no object is said to be none`(body: String) {
        let faults = AnswerBody(Array(body.utf8)).faults
        #expect(faults.count == 1 && faults[0].key == nil && faults[0].text.contains("no JSON object"), "\(faults)")
    }

    @Test func `no body is said to be none`() {
        #expect(AnswerBody([]).faults.map(\.text) == ["there is no body"])
    }

    @Test func `a display list that the body lacks is that of the rows`() {
        func row(_ movie: MovieID, _ model: Model, _ order: Int?) -> StoredRecommendation {
            StoredRecommendation(
                row: RecommendationRow(
                    session: Self.session,
                    movie: movie,
                    score: 1,
                    model: model,
                    phase: 2,
                    rank: 1,
                    displayOrder: order
                ),
                createdAt: Timestamp(microseconds: 0)
            )
        }
        let rows = [row("1", .svd, 2), row("2", .p5, 1), row("3", .svd, nil)]
        let display = AnswerBody(Self.body("display_sequence")).completed(for: request, rows: rows).display
        #expect(display.entries.map(\.movie) == ["2", "1"] && display.entries.map(\.order) == [1, 2])
    }
}
