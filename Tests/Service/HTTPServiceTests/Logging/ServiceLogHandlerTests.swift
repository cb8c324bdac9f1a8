import HTTPService
import Logging
import SafeText
import Testing

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

struct ServiceLogHandlerTests {
    private struct Line: Decodable {
        let time: String
        let level: String
        let message: String
        let stage: String?
        let trace: [String]?
    }

    private func lines(
        _ format: ServiceLogHandler.Format,
        secret: String? = nil,
        _ body: (Logger) -> Void
    ) throws -> [String] {
        let log = LogLines()
        let output = LogOutput(redaction: Redaction(secret.map { [$0] } ?? [])) { log.append($0) }
        body(Logger(label: "test") { _ in ServiceLogHandler(format: format, output: output) })
        return log.all
    }

    @Test("an event becomes one line of JSON that other programs can read")
    func writesJSON() throws {
        let lines = try lines(.json) {
            $0.error("a \"quoted\"\nmessage\u{1}", metadata: ["stage": "svd\u{2028}", "trace": ["one", "two\t"]])
        }
        #expect(lines.count == 1)
        #expect(lines[0].filter(\.isNewline).count == 1)
        let line = try JSONDecoder().decode(Line.self, from: Data(lines[0].utf8))
        #expect(line.level == "error")
        #expect(line.message == "a \"quoted\"\nmessage\u{1}")
        #expect(line.stage == "svd\u{2028}")
        #expect(line.trace == ["one", "two\t"])
    }

    @Test("text cannot forge another line")
    func writesText() throws {
        let lines = try lines(.text) { $0.info("one\nfake", metadata: ["key": "two\nfake words", "plain": "x"]) }
        #expect(lines.count == 1)
        #expect(lines[0].hasSuffix(" info one fake key=\"two\\nfake words\" plain=x\n"))
    }

    @Test("events below the level are not written")
    func filters() throws {
        #expect(try lines(.text) { $0.debug("hidden") }.isEmpty)
    }

    @Test(
        "a secret is replaced wherever it stands",
        arguments: ServiceLogHandler.Format.allCases,
        ["hunter2", "with \"quotes\" and \\", "ünï"]
    )
    func redacts(format: ServiceLogHandler.Format, secret: String) throws {
        let lines = try lines(format, secret: secret) {
            $0.warning("got \(secret), \(secret)", metadata: ["header": "\(secret)", "list": ["\(secret)!"]])
        }
        #expect(!lines[0].contains(secret))
        #expect(!lines[0].contains("hunter2") && !lines[0].contains("quotes"))
        #expect(lines[0].contains("***"))
    }
}
