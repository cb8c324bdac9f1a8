import ColdstartTestSupport
import Foundation
import Testing

@testable import HTMLReport

struct HTMLPageTests {
    @Test("each report has its page, which is one file that names nothing elsewhere", arguments: ReportFixture.allCases)
    func kinds(fixture: ReportFixture) throws {
        let page = try fixture.page
        let kinds: [ReportFixture: HTMLPage.Kind] = [
            .run: .run, .comparison: .comparison, .diagnosis: .diagnosis, .sweep: .startSweep, .faults: .faultSweep,
            .audit: .audit, .rankings: .rankings,
        ]
        #expect(page.kind == kinds[fixture])
        #expect(page.text.hasPrefix("<!DOCTYPE html>"))
        for outside in ["src=", "@import", "url(", "<link", "<iframe", "=\"http", "='http"] {
            #expect(!page.text.contains(outside), "\(outside)")
        }
    }

    @Test("a page is headed by how the whole ended")
    func headings() throws {
        #expect(try ReportFixture.run.page.text.contains("2 of 4 scenarios failed"))
        #expect(try ReportFixture.comparison.page.text.contains("27 of 40 sessions changed, 1 of 2 limits not kept"))
        #expect(try ReportFixture.sweep.page.text.contains("3,248 of 36,000 starts survive"))
        #expect(try ReportFixture.audit.page.text.contains("kinds of mistakes in the rows"))
    }

    @Test(
        "the first failure comes before all scenarios: its sentence, what was expected and found, the line, the command"
    )
    func firstFailure() throws {
        let text = try ReportFixture.run.page.text
        let strip = try #require(text.range(of: "id=\"strip-title\"")).lowerBound
        let before = text[..<strip]
        for part in [
            "incident-http-probe", "the start ended otherwise: killed after 3 failed attempts, expected ready",
            "01-incident-http-probe.yaml:31:14", "coldstart run sc/01-incident-http-probe.yaml",
        ] {
            #expect(before.contains(part), "\(part)")
        }
    }

    @Test("what is no report, or of another version, or lacks something, is refused with what was expected")
    func refusals() throws {
        func refusal(_ text: String) -> HTMLReportError? {
            do throws(HTMLReportError) {
                _ = try HTMLPage(Array(text.utf8), named: "x.json")
                return nil
            } catch {
                return error
            }
        }
        #expect(refusal("{")?.code == .notJSON)
        #expect(refusal("[1, 2]")?.code == .notAReport)
        #expect(refusal("{\"kind\": \"other\"}")?.message.contains("expected the JSON of coldstart run") == true)
        var tree = try ReportFixture.run.tree
        tree["schemaVersion"] = 2
        #expect(throws: HTMLReportError(.unknownVersion, "")) { try ReportFixture.page(of: tree) }
    }

    @Test("no value that a page shows can be missing without an error that names it", arguments: ReportFixture.trees)
    func missing(fixture: ReportFixture) throws {
        let tree = try fixture.tree
        for key in tree.keys where key != "kind" && key != "schemaVersion" {
            var cut = tree
            cut[key] = nil
            do {
                let page = try ReportFixture.page(of: cut)
                // What is not shown, or may be left out, is not missed; everything else must be.
                let optional: Set = ["gate", "blame", "settings", "causes", "cliffs", "titles"]
                #expect(optional.contains(key), "\(key) is not missed in \(page.kind)")
            } catch let error as HTMLReportError {
                #expect(
                    error.code == .unfit && error.message.contains(key) || error.code == .notAReport,
                    "\(key): \(error)"
                )
            }
        }
    }
}
