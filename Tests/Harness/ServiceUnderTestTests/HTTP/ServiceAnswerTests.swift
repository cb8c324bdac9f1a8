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

    @Test(
        "a body that is something else is no health",
        arguments: ["", "{", "[]", "null", #"{"session_id":"x"}"#, #"{"display_sequence":[["svd"]]}"#, "\u{0}"]
    )
    func somethingElse(_ body: String) {
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
