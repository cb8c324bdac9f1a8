import Checks
import Domain
import GoldenReview
import Goldens
import Reports
import Testing

@Suite("The report of a check with a golden")
struct CheckReportTests {
    private static let ids = GoldenReviewFixture.ids

    private func report(
        _ now: [GoldenSession],
        rejecting rejected: Set<String> = [],
        unreferenced: CheckReport.Unreferenced? = nil,
        rejectsUnreferenced: Bool = false,
        pendingPath: String? = "demo.jsonl.pending"
    ) -> CheckReport {
        var check = GoldenCheck(with: GoldenReviewFixture.golden)
        for session in now { check.add(session) }
        let entries = check.differences.map { PendingEntry($0, by: .coldstart(version: "0.1.0")) }
            .map { entry in
                rejected.contains(entry.id)
                    ? entry.rejected(.init(who: "Ann", when: "2026-11-01T10:00:00Z", reason: nil)) : entry
            }
        return CheckReport(
            check: check,
            maker: .coldstart(version: "0.1.0"),
            entries: entries,
            unreferenced: unreferenced ?? .found(check.unreferenced),
            rejectsUnreferenced: rejectsUnreferenced,
            pendingPath: pendingPath
        )
    }

    private func text(_ report: CheckReport) -> String {
        report.lines(width: 400).map(\.text).joined(separator: "\n")
    }

    private let same = GoldenReviewFixture.sessions
    private let changed = [GoldenReviewFixture.session(1, [("a", 2), ("b", 0.5)])]

    @Test("Differences that wait for a person are pending, in CI they fail, and what was rejected fails")
    func codes() {
        #expect(report(same).exitCode == .passed)
        #expect(report([]).exitCode == .inconclusive)
        #expect(report(changed).exitCode == .goldensPending)
        #expect(report(changed, pendingPath: nil).exitCode == .expectationFailed)
        #expect(report(changed, rejecting: [Self.ids[0].text]).exitCode == .expectationFailed)
        #expect(report(changed, rejecting: [Self.ids[0].text]).causes == [.passed, .expectationFailed])
    }

    @Test("A session that the golden lacks fails although it is pending too")
    func missing() throws {
        let id = try #require(SessionID("0b9c1a52-7d1f-4c58-9a8e-3f60d6a1c009"))
        let first = same[0]
        let new = GoldenSession(id: id, svd: first.svd, p5: first.p5, displays: first.displays)
        let report = report(same + [new])
        #expect(report.exitCode == .expectationFailed && report.causes.contains(.goldensPending))
        #expect(text(report).contains("the golden lacks 1 session: \(id)"))
    }

    @Test("Stale sessions are reported, fail only where that is asked for, and are not looked for in a part")
    func stale() {
        let some = Array(same.prefix(1))
        #expect(report(some).exitCode == .passed)
        #expect(text(report(some)).contains("nothing was compared with 2 sessions: \(Self.ids[1])"))
        #expect(report(some, rejectsUnreferenced: true).exitCode == .expectationFailed)
        let part = report(some, unreferenced: .notLookedFor(reason: "--session"), rejectsUnreferenced: true)
        #expect(part.exitCode == .passed && text(part).contains("stale sessions were not looked for: --session"))
    }

    @Test("The report fits 80 columns, and JSON says what people read")
    func document() {
        let report = report(changed)
        let lines = report.lines(width: 80)
        #expect(lines.filter { !$0.staysWhole }.allSatisfy { $0.width <= 80 }, "\(text(report))")
        let json = ReportEncoding.pretty(CheckDocument(report))
        for member in [
            #""schemaVersion" : 1"#, #""risk" : "low""#, #""exitCode" : 6"#, #""compared" : 1"#, #""equal" : 0"#,
            #""pendingFile" : "demo.jsonl.pending""#, #""program" : "ranker""#, "\(Self.ids[2])",
        ] {
            #expect(json.contains(member), "\(member) in \(json)")
        }
    }

    @Test("Each page of a review shows what the golden has, what is now and where it was, within the terminal")
    func page() {
        let entries = GoldenReviewFixture.entries
        let titles: [MovieID: String] = ["a": "A film with a title that is far too long for any column of a table"]
        for (entry, session) in zip(entries, GoldenReviewFixture.sessions) {
            let page = ReviewPage(entry, golden: session, titles: titles).lines(width: 80)
            #expect(page.allSatisfy { $0.width <= 80 }, "\(page.map(\.text))")
            #expect(page.contains { $0.text.contains("risk \(entry.risk.rawValue): \(entry.risk.meaning)") })
        }
        let page = ReviewPage(entries[1], golden: GoldenReviewFixture.sessions[1], titles: titles).lines(width: 80)
        #expect(page.contains { $0.text.hasPrefix("   2  b       0.5000  –") }, "\(page.map(\.text))")
        #expect(page.contains { $0.text.contains("movie b, rank 2 of the golden, is missing") })
        let new = ReviewPage(entries[0], golden: nil, titles: [:]).lines(width: 80)
        #expect(new.contains { $0.text.hasSuffix("new") })
        let files = ReviewPage(
            PendingEntry(files: ["V.npy changed"], by: .coldstart(version: "1")),
            golden: nil,
            titles: [:]
        )
        .lines(width: 80)
        #expect(files[0].text == "model files and inputs" && files.contains { $0.text.contains("V.npy changed") })
    }

    @Test("A screen has no more lines than the terminal, and says what is hidden below")
    func screen() {
        let page = (1...40).map { StyledLine("line \($0)") }
        var machine = ReviewMachine(count: 2)
        func lines() -> [String] {
            let screen = ReviewScreen(machine, page: page, file: "demo.jsonl", rows: 24)
            machine.limitScrolling(to: screen.scrollableLines)
            return ReviewScreen(machine, page: page, file: "demo.jsonl", rows: 24).lines(width: 80).map(\.text)
        }
        #expect(lines().count == 24 && lines()[0].hasPrefix("1 of 2") && lines().contains("↓ 20 further lines"))
        for _ in 0..<50 { machine.handle(.down, risk: .low) }
        #expect(lines().contains("line 40") && !lines().contains("line 20"))
        machine.handle(.character("?"), risk: .low)
        #expect(lines().last == "any key goes back" && lines().contains { $0.hasPrefix("a  accepts") })
        machine.handle(.escape, risk: .low)
        machine.handle(.character("a"), risk: .high)
        machine.handle(.character("w"), risk: .high)
        #expect(lines().last?.hasPrefix("reason: w") == true)
    }
}
