import Domain
import Foundation
import PostgresClient
import Testing

@testable import ResultStore

struct ResultRecordTests {
    private static func findings(_ change: (inout ResultFindings) -> Void = { _ in }) -> ResultFindings {
        var findings = resultFindings()
        change(&findings)
        return findings
    }

    @Test func `the same findings are the same run, whatever they cost, and others are another`() {
        let one = ResultRecord(whole: Self.findings(), words: ["run"])
        let dearer = ResultRecord(
            whole: Self.findings {
                $0.seconds = 99
                $0.metrics[1].value = 99
            },
            words: ["run", "--format", "json"]
        )
        #expect(dearer.identity == one.identity && dearer.end?.digest == one.end?.digest)
        for change: (inout ResultFindings) -> Void in [
            { $0.metrics[0].value = 11 }, { $0.verdicts[0].outcome = "failed" }, { $0.exitCode = 1 },
            { $0.fingerprints = ["b"] }, { $0.scope = ["other.yaml"] },
        ] {
            #expect(ResultRecord(whole: Self.findings(change), words: ["run"]).identity != one.identity)
        }
        #expect(
            ResultRecord(whole: Self.findings(), words: [], labels: .init(release: "v2")).identity != one.identity
        )
    }

    @Test func `a name makes other findings of the same work a contradiction, not another run`() {
        let labels = ResultRecord.Labels(name: "build 7")
        let one = ResultRecord(whole: Self.findings(), words: [], labels: labels)
        let other = ResultRecord(whole: Self.findings { $0.exitCode = 1 }, words: [], labels: labels)
        #expect(one.identity == other.identity && one.end?.digest != other.end?.digest)
    }

    @Test func `the release is what the user says, else the model, else the program`() {
        func release(_ labels: ResultRecord.Labels = .init(), _ change: (inout ResultFindings) -> Void = { _ in })
            -> String
        {
            ResultRecord(whole: Self.findings(change), words: [], labels: labels).release
        }
        #expect(release(.init(release: "v7")) == "v7")
        #expect(release().wholeMatch(of: /[0-9a-f]{12}/) != nil)
        #expect(release { $0.fingerprints = [] } == "coldstart 9.9.9")
    }

    @Test func `texts lose what the database refuses, and what is too long`() {
        #expect(StoredText.short("a\0b") == "a\u{FFFD}b")
        #expect(StoredText.short(String(repeating: "é", count: 301)).unicodeScalars.count == 300)
        let combined = "e" + String(repeating: "\u{301}", count: 10_000)
        #expect(StoredText.long(combined).unicodeScalars.count == 4_000)
    }

    @Test(
        arguments: ["", "Coldstart", "pg_catalog", "1a", "a-b", "a\"; DROP", String(repeating: "a", count: 64), "é"]
    )
    func `what is no plain name is no schema`(name: String) {
        #expect(throws: ResultError(.badName, "")) { try ResultSchema(name) }
    }

    @Test func `missing shards are named in ranges`() {
        #expect(IndexRanges([]).isEmpty)
        #expect(IndexRanges([3]).description == "3")
        #expect(IndexRanges([0, 1, 2, 5, 7, 8]).description == "0–2, 5, 7–8")
        #expect(IndexRanges((0..<100).map { $0 * 2 }).description.hasSuffix("36, 38, …"))
    }
}

struct RetryScheduleTests {
    private static func error(_ code: PostgresError.Code, _ state: String? = nil) -> PostgresError {
        PostgresError(code, "made up", sqlState: state)
    }

    @Test func `delays double up to the longest, and end with the limit`() {
        var schedule = RetrySchedule(limit: .seconds(10), first: .seconds(1), longest: .seconds(4))
        let lost = Self.error(.connectionLost)
        #expect(schedule.delay(after: lost, elapsed: .zero, share: 1) == .seconds(1))
        #expect(schedule.delay(after: lost, elapsed: .seconds(1), share: 0) == .seconds(1))
        #expect(schedule.delay(after: lost, elapsed: .seconds(2), share: 1) == .seconds(4))
        #expect(schedule.delay(after: lost, elapsed: .seconds(6), share: 1) == .seconds(4))
        #expect(schedule.delay(after: lost, elapsed: .seconds(6.5), share: 1) == nil)
    }

    @Test(arguments: ["40001", "40P01", "55P03", "57014", "53300", "57P01", "57P03", "08006"])
    func `what passes by itself is tried again`(state: String) {
        var schedule = RetrySchedule()
        #expect(schedule.delay(after: Self.error(.statementFailed, state), elapsed: .zero, share: 0) != nil)
    }

    @Test(arguments: ["23505", "42501", "28P01", "22021", "53100"])
    func `what another try would find again is not`(state: String) {
        var schedule = RetrySchedule()
        #expect(schedule.delay(after: Self.error(.statementFailed, state), elapsed: .zero, share: 0) == nil)
    }

    @Test func `by kind: what was lost on the way, and no mistake of an address`() {
        for (code, passes) in [
            (PostgresError.Code.unreachable, true), (.commitOutcomeUnknown, true), (.rejected, false),
            (.badAddress, false), (.statementCancelled, false),
        ] {
            var schedule = RetrySchedule()
            #expect((schedule.delay(after: Self.error(code), elapsed: .zero, share: 0) != nil) == passes, "\(code)")
        }
    }
}
