import Domain
import HTTPService
import RecommendationEngine
import Testing

struct RecommendBodyTests {
    @Test("the optional members have the facts' defaults, and strangers are ignored")
    func parses() throws {
        let session = try #require(SessionID("0A000000-0000-4000-8000-00000000000f"))
        let short = try RecommendBody.parse(#"{"session_id":"0A000000-0000-4000-8000-00000000000f","x":{}}"#.utf8)
        #expect(short == RecommendRequest(session: session, topKPerModel: 10, phase: 2))
        let long = try RecommendBody.parse(
            #"{"session_id":"0A000000-0000-4000-8000-00000000000f","topk_per_model":100,"phase":3}"#.utf8
        )
        #expect(long == RecommendRequest(session: session, topKPerModel: 100, phase: 3))
    }

    @Test(
        "a malformed body is 422 by the member's name, and nothing of it is repeated",
        arguments: [
            ("", "body"), ("{", "body"), ("[]", "body"), ("null", "body"), ("\"x\"", "body"), ("\u{0}", "body"),
            ("{\"session_id\":", "body"), ("{}", "session_id"), (#"{"session_id":7}"#, "session_id"),
            (#"{"session_id":null}"#, "session_id"), (#"{"session_id":"evil'; DROP TABLE"}"#, "session_id"),
            (#"{"session_id":"evil\u0000\n"}"#, "session_id"),
            (body(#""topk_per_model":0"#), "topk_per_model"), (body(#""topk_per_model":101"#), "topk_per_model"),
            (body(#""topk_per_model":1.5"#), "topk_per_model"), (body(#""topk_per_model":"evil""#), "topk_per_model"),
            (body(#""topk_per_model":null"#), "topk_per_model"), (body(#""topk_per_model":1e99"#), "topk_per_model"),
            (body(#""phase":-1"#), "phase"), (body(#""phase":2147483648"#), "phase"), (body(#""phase":[]"#), "phase"),
            (String(repeating: "[", count: 60_000), "body"),
            (#"{"session_id":"# + String(repeating: "{\"evil\":", count: 6_000), "body"),
        ]
    )
    func refuses(text: String, member: String) {
        let error = #expect(throws: ServiceError.self) { try RecommendBody.parse(text.utf8) }
        #expect(error?.status == 422)
        #expect(error?.detail.hasPrefix(member + ":") == true)
        #expect(error?.detail.contains("evil") == false)
    }

    @Test("bytes that are no text are 422")
    func refusesBytes() {
        #expect(throws: ServiceError.self) { try RecommendBody.parse([0xff, 0xfe, 0x7b]) }
    }
}

private func body(_ member: String) -> String { #"{"session_id":"\#(visitor)",\#(member)}"# }
