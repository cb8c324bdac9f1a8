import Domain
import Testing

@testable import ServiceUnderTest

struct ServiceAnswerTests {
    private func answer(_ body: String, status: Int = 200, _ fields: [String: String] = [:]) -> HTTPAnswer {
        HTTPAnswer(
            status: status,
            fields: fields.map { HTTPAnswer.Field(name: $0.key, value: $0.value) },
            body: Array(body.utf8)
        )
    }

    @Test("a recommendation is decoded whole")
    func recommendation() throws {
        let session = "51e5501d-d19e-58e3-8712-f47bd265ce5e"
        let body = """
            {"session_id":"\(session)","phase":2,"svd_top_saved":1,"p5_top_saved":1,"svd_top100_size":100,
             "display_sequence":[["p5","318",1],["svd",50,2]]}
            """
        let response = try #require(ServiceAnswer.recommendation(answer(body)))
        #expect(response.session == SessionID(session))
        #expect(response.display.entries.map(\.movie) == ["318", "50"])
        #expect(response.display.entries.map(\.model) == [.p5, .svd])
    }

    @Test(
        "a body that is something else is no recommendation and no health",
        arguments: ["", "{", "[]", "null", #"{"session_id":"x"}"#, #"{"display_sequence":[["svd"]]}"#, "\u{0}"]
    )
    func somethingElse(_ body: String) {
        #expect(ServiceAnswer.recommendation(answer(body)) == nil)
        #expect(ServiceAnswer.health(answer(body)) == nil)
    }

    @Test("an error's sentence is its detail, or the beginning of whatever there is, in one line")
    func detail() {
        #expect(ServiceAnswer.detail(answer(#"{"detail":"warming up"}"#, status: 503)) == "warming up")
        #expect(ServiceAnswer.detail(answer("a\nb", status: 500)) == "a b")
        #expect(ServiceAnswer.detail(answer("", status: 500)) == "no body")
        #expect(ServiceAnswer.detail(answer(String(repeating: "x", count: 5000), status: 500)).count == 200)
    }

    @Test("notes are percent-encoded JSON, and anything else is no note")
    func notes() {
        #expect(
            ServiceAnswer.notes(answer("", ["coldstart-notes": "%5B%22out%20of%20memory%22%5D"])) == ["out of memory"]
        )
        #expect(ServiceAnswer.notes(answer("", ["coldstart-notes": "%5"])) == [])
        #expect(ServiceAnswer.notes(answer("")) == [])
    }

    @Test("the state is one that is known")
    func state() {
        #expect(ServiceAnswer.state(answer("", ["coldstart-state": "svd_only"])) == .svdOnly)
        #expect(ServiceAnswer.state(answer("", ["coldstart-state": "half"])) == nil)
    }
}
