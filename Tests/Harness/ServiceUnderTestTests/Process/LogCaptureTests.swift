import Observations
import SafeText
import Testing

@testable import ServiceUnderTest

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

struct LogCaptureTests {
    /// Captures what a program would have written, in pieces.
    private func capture(_ pieces: [String], secrets: [String] = []) -> LogCapture {
        var log = LogCapture(redaction: Redaction(secrets), path: nil)
        var ends: [Int32] = [0, 0]
        pipe(&ends)
        _ = fcntl(ends[0], F_SETFL, O_NONBLOCK)
        for piece in pieces {
            _ = Array(piece.utf8).withUnsafeBytes { write(ends[1], $0.baseAddress, $0.count) }
            _ = log.read(ends[0], from: .output, at: .zero)
        }
        close(ends[1])
        _ = log.read(ends[0], from: .output, at: .zero)
        close(ends[0])
        return log
    }

    @Test("lines are whole however they arrive, and the last one needs no end")
    func lines() {
        #expect(capture(["on", "e\r\ntwo\n\nth", "ree"]).lines.map(\.text) == ["one", "two", "three"])
    }

    @Test("what would move a terminal's cursor is not kept")
    func control() {
        #expect(capture(["a\u{1b}[2Jb\tc\u{7}\n"]).lines.map(\.text) == ["a?[2Jb\tc?"])
    }

    @Test("a line that never ends costs no more than its limit")
    func long() {
        let log = capture((0..<20).map { _ in String(repeating: "x", count: 4000) })
        #expect(log.lines.map(\.text.utf8.count) == [LogCapture.lengthLimit])
    }

    @Test("the oldest lines make room for new ones, and all are counted")
    func ring() {
        let many = LogCapture.lineLimit * 2 + 10
        let log = capture((0..<many / 10).map { _ in String(repeating: "line\n", count: 10) })
        #expect(log.count == many)
        #expect(log.lines.count <= LogCapture.lineLimit * 2)
        #expect(log.excerpt(around: .seconds(1)).count == LogCapture.excerptLimit)
    }

    @Test("no part of a secret stays where a line is cut in the middle of it")
    func cutSecret() {
        let before = String(repeating: "x", count: LogCapture.lengthLimit - 4)
        let log = capture(["\(before)hunter22hunter23\n"], secrets: ["hunter22hunter23"])
        #expect(log.lines.map(\.text) == [before + "***"])
    }

    @Test("a secret of two lines is found in both")
    func secretOfTwoLines() {
        let log = capture(["DATABASE_URL=hunter22\nhunter23\n"], secrets: ["hunter22\nhunter23"])
        #expect(log.lines.map(\.text) == ["DATABASE_URL=***", "***"])
    }
}
