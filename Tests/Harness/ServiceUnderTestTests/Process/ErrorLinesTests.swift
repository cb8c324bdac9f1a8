import Observations
import Testing

@testable import ServiceUnderTest

struct ErrorLinesTests {
    @Test(
        "what a service calls an error is kept",
        arguments: [
            (#"{"time":"2026-11-29T02:00:00Z","level":"error","message":"request failed"}"#, true),
            (#"{"level":"info","message":"an error is told: \"level\" error"}"#, false),
            ("ERROR:root:deadlock detected", true), ("ERROR:    Exception in ASGI application", true),
            ("2026-11-29 02:00:00,123 CRITICAL movies: no database", true), ("INFO: no error here at all", false),
            ("", false),
        ]
    )
    func levels(text: String, isError: Bool) {
        #expect(ErrorLines.isError(text) == isError)
    }

    @Test("no more than the limit is kept, the first lines of all")
    func limit() {
        var lines = ErrorLines()
        for number in 0..<100 {
            lines.take(LoggedLine(moment: .seconds(number), source: .errors, text: "ERROR \(number)"))
            lines.take(LoggedLine(moment: .seconds(number), source: .errors, text: "INFO \(number)"))
        }
        #expect(lines.lines.map(\.text) == (0..<ErrorLines.limit).map { "ERROR \($0)" })
    }
}
