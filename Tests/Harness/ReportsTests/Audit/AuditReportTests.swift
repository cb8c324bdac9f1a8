import Checks
import Domain
import Foundation
import Observations
import Reports
import Testing

@Suite("Reports of an audit")
struct AuditReportTests {
    /// An audit of two sessions without rows; the id of one would break a terminal and an XML document.
    private static let document: AuditDocument = {
        var tally = AuditTally(rules: AuditRules(catalogue: ["1"]), exampleLimit: 1)
        for name in ["a<b>\u{1B}[31m", "second"] {
            tally.add(AuditedSession(session: name, ratings: 3))
        }
        return AuditDocument(
            tally.result(database: "host=here dbname=there", role: nil, seconds: 1.25),
            toolVersion: "9.9"
        )
    }()

    @Test("The text has at most 100 columns, says what was found and what to do, and holds no control characters")
    func text() {
        let lines = AuditText(Self.document).lines.map { TerminalStyle.plain.render($0) }
        #expect(lines.allSatisfy { DisplayWidth.of($0) <= 100 })
        let text = lines.joined(separator: "\n")
        #expect(text.contains("✗ sessions without rows  2 sessions"))
        #expect(text.contains("do: check /health"))
        #expect(text.contains("3 ratings and no row in phase 2"))
        #expect(text.contains("and 1 more"))
        #expect(text.contains("see the silent fallback    2  2 without rows"))
        #expect(text.contains("2 findings in 1 class, exit code 5"))
        #expect(!text.unicodeScalars.contains("\u{1B}"))
    }

    @Test("The text is no wider than its terminal", arguments: [40, 80, 120])
    func width(columns: Int) {
        let lines = AuditText(Self.document, width: columns).lines.flatMap { $0.broken(toColumns: columns) }
        #expect(lines.allSatisfy { $0.width <= columns })
        let tables = AuditText(Self.document, width: columns).lines.filter { $0.text.contains("see the silent") }
        #expect(tables.allSatisfy { $0.width <= columns } && tables.count == 1)
    }

    @Test("The JSON document is versioned, lists every class, and reads back as itself")
    func json() throws {
        let copy = try ReportEncoding.decode(AuditDocument.self, from: Self.document.json)
        #expect(copy == Self.document)
        #expect(copy.kind == "coldstart-audit" && copy.schemaVersion == 1 && copy.exitCode == 5)
        #expect(copy.classes.map(\.name) == AuditClass.allCases.map(\.rawValue))
        #expect(Self.document.json.contains("\"role\" : null"))
    }

    @Test("The JUnit document has a case for each class and a failure for each that was found")
    func junit() {
        let xml = AuditJUnit(Self.document).xml
        #expect(xml.components(separatedBy: "<testcase ").count - 1 == AuditClass.allCases.count)
        #expect(xml.components(separatedBy: "<failure ").count - 1 == 1)
        #expect(xml.contains("session a&lt;b&gt;\u{FFFD}[31m"))
        #expect(xml.contains("failures=\"1\""))
    }

    @Test("A sound audit says so")
    func sound() {
        let result = AuditTally(rules: AuditRules(catalogue: [])).result(database: "d", role: "anon", seconds: 0)
        let text = AuditText(AuditDocument(result, toolVersion: "9.9")).lines.map { TerminalStyle.plain.render($0) }
        #expect(result.exitCode == .passed)
        #expect(text.last == "nothing is wrong")
        #expect(text.contains("the table recommendations is empty"))
    }
}
