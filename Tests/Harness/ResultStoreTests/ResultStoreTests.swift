import DatabaseHarness
import DatabaseProxy
import Domain
import PostgresClient
import PostgresTestSupport
import Reports
import Testing

@testable import ResultStore

/// Tests with a PostgreSQL server.
@Suite(.timeLimit(.minutes(10)), .needsPostgres, .sharedCluster)
struct ResultStoreTests {
    @Test func `what was written is read, and written again it is no second run`() async throws {
        let harness = try ResultHarness()
        let record = ResultRecord(
            whole: resultFindings(),
            words: ["run", "two words"],
            labels: .init(release: "v1", name: nil)
        )
        let first = try await harness.writer.write(record)
        let second = try await harness.writer.write(record)
        #expect(first.isNew && !second.isNew && first.run == second.run)
        let details = try await harness.reader.details(of: first.run)
        #expect(details.verdicts == record.findings.verdicts)
        var metrics = record.findings.metrics
        metrics[1].isCost = false
        #expect(details.metrics == metrics)
        #expect(details.run.release == "v1" && details.run.model == record.model && details.run.exitCode == 0)
        #expect(details.run.words == "coldstart run 'two words'" && details.missing == [])
        #expect(details.run.seconds == 1.5 && details.run.written == 1)
        let other = try await harness.writer.write(ResultRecord(whole: resultFindings(11), words: []))
        #expect(other.isNew && other.run != first.run)
        let runs = try await harness.reader.runs(RunFilter(), limit: 10)
        #expect(runs.map(\.id) == [other.run, first.run])
        #expect(try await harness.reader.runs(RunFilter(release: "v1"), limit: 10).map(\.id) == [first.run])
        #expect(try await harness.reader.runs(RunFilter(subject: "first"), limit: 1).count == 1)
        #expect(try await harness.reader.runs(RunFilter(subject: "none"), limit: 10).isEmpty)
        #expect(try await harness.reader.runs(RunFilter(model: String(record.model.prefix(5))), limit: 9).count == 2)
        #expect(try await harness.reader.runs(RunFilter(command: "check"), limit: 9).isEmpty)
        await #expect(throws: ResultError(.unknown, "")) { try await harness.reader.details(of: 4711) }
    }

    @Test func `other findings under one name, and another content of one shard, are refused and change nothing`()
        async throws
    {
        let harness = try ResultHarness()
        let labels = ResultRecord.Labels(name: "build 7")
        let run = try await harness.writer.write(ResultRecord(whole: resultFindings(), words: [], labels: labels))
        let error = await #expect(throws: ResultError(.different, "")) {
            try await harness.writer.write(ResultRecord(whole: resultFindings(11), words: [], labels: labels))
        }
        #expect(error?.message.contains("--run-name") == true)
        #expect(try await harness.reader.details(of: run.run).metrics[0].value == 10.2)
        let shards = try ShardsOnDisk(3)
        let changed = try ShardsOnDisk(3, content: "\"b\"")
        _ = try await harness.writer.write(try shards.record(1))
        await #expect(throws: ResultError(.different, "")) { try await harness.writer.write(try changed.record(1)) }
        await #expect(throws: ResultError(.different, "")) { try await harness.writer.write(try changed.merged()) }
        #expect(try await harness.count("shards") == 2)
        #expect(try await harness.count("metrics") == 4)
    }

    @Test func `shards come one by one, the missing ones are named, and the merge takes their place`() async throws {
        let harness = try ResultHarness()
        let shards = try ShardsOnDisk(5)
        let run = try await harness.writer.write(try shards.record(3))
        for index in [0, 3] { _ = try await harness.writer.write(try shards.record(index)) }
        var details = try await harness.reader.details(of: run.run)
        #expect(details.run.exitCode == nil && details.run.written == 2 && details.missing == [1, 2, 4])
        #expect(details.metrics.count == 4)
        let text = RunDetailsText(details).lines(width: 80).map(\.text)
        #expect(text.contains { $0.contains("2 of 5, missing: 1–2, 4") })
        let merged = try await harness.writer.write(try shards.merged())
        #expect(merged.isNew && merged.run == run.run)
        #expect(try await harness.writer.write(try shards.merged()).isNew == false)
        #expect(try await harness.writer.write(try shards.record(1)).isNew == false)
        details = try await harness.reader.details(of: run.run)
        #expect(details.run.exitCode == 0 && details.missing == [] && details.metrics.count == 2)
        let others = try ShardsOnDisk(5, words: ["others"])
        #expect(try await harness.writer.write(try others.record(0)).run != run.run)
    }

    @Test func `writers of the same shard and of the merge at once leave one of each`() async throws {
        let harness = try ResultHarness()
        let shards = try ShardsOnDisk(4)
        let written = try await withThrowingTaskGroup(of: WrittenResult.self) { group in
            for number in 0..<20 {
                group.addTask { try await harness.writer.write(try shards.record(number % 4)) }
                if number % 5 == 0 { group.addTask { try await harness.writer.write(try shards.merged()) } }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(Set(written.map(\.run)).count == 1)
        #expect(written.count { $0.isNew } <= 5)
        #expect(try await harness.count("runs") == 1)
        #expect(try await harness.count("shards") == 4)
        #expect(try await harness.count("verdicts") == 1)
        #expect(try await harness.count("metrics") == 2)
    }

    @Test func `a cut connection, wherever it is cut, leaves the result once`() async throws {
        var findings = resultFindings()
        for number in 0..<300 {
            findings.metrics.append(.init(subject: "scenario \(number)", name: "start", value: Double(number)))
        }
        let cluster = try #require(SharedCluster.current)
        var cuts = 0
        for bytes in stride(from: 600, to: 40_000, by: 2_300) {
            try await DatabaseProxy.with(upstream: cluster.address) { proxy in
                let harness = try ResultHarness(proxy.address)
                let rule = await proxy.arm(ProxyRule(.cut, .bytes(bytes, .toDatabase)))
                let answer = await proxy.arm(ProxyRule(.cut, .bytes(2 * bytes, .toService)))
                let record = ResultRecord(whole: findings, words: [])
                let written = try await harness.writer.write(record)
                cuts += await proxy.receipts(of: rule).count + proxy.receipts(of: answer).count
                let behind = try ResultHarness(harness, at: cluster.address)
                #expect(try await behind.count("runs") == 1)
                #expect(try await behind.count("metrics") == 302)
                #expect(try await behind.reader.details(of: written.run).run.exitCode == 0)
            }
        }
        #expect(cuts >= 8)
    }

    @Test func `an unreachable server is given up after the limit, without waiting for real`() async throws {
        let nowhere = try PostgresAddress("host=/nowhere")
        let clock = SkippingClock()
        let writer = ResultWriter(to: nowhere, try ResultSchema(), schedule: RetrySchedule(), clock: clock)
        let error = await #expect(throws: PostgresError.self) {
            try await writer.write(ResultRecord(whole: resultFindings(), words: []))
        }
        #expect(error?.code == .unreachable)
        #expect(clock.now.offset > .seconds(20) && clock.now.offset <= .seconds(30))
    }

    @Test func `texts of any kind come back as they were`() async throws {
        let harness = try ResultHarness()
        let texts = [
            "'; DROP SCHEMA \(harness.schema.name) CASCADE; --", "{\"a\",NULL}", "\\x00\\", "🎬 <b>\u{202E}", "", "$1",
            String(repeating: "界", count: 5_000),
        ]
        var findings = resultFindings()
        findings.subject = texts[0]
        findings.verdicts = texts.map { .init(subject: $0, check: $0, outcome: $0, message: $0 + "\0") }
        findings.metrics = texts.map { .init(subject: $0, part: $0, name: $0, value: -.infinity) }
        let record = ResultRecord(whole: findings, words: texts, labels: .init(release: texts[0]))
        let run = try await harness.writer.write(record).run
        let details = try await harness.reader.details(of: run)
        #expect(details.verdicts.map(\.check) == texts.map(StoredText.short))
        #expect(details.verdicts.map(\.message).prefix(6) == texts.map { $0 + "\u{FFFD}" }.prefix(6))
        #expect(details.metrics.map(\.part) == texts.map(StoredText.short))
        #expect(details.run.release == texts[0])
        for lines in [RunDetailsText(details).lines(width: 80), RunListText([details.run]).lines(width: 80)] {
            #expect(lines.allSatisfy { $0.width <= 80 })
        }
        #expect(try await harness.reader.runs(RunFilter(release: texts[0], subject: texts[1]), limit: 5).count == 1)
        let names = await #expect(throws: ResultError(.unknown, "")) {
            try await harness.reader.values(of: "' OR 1 = 1", part: nil, RunFilter())
        }
        #expect(names?.message.contains("$1") == true)
    }

    @Test func `the history has the part that was asked for, and says which metrics there are`() async throws {
        let harness = try ResultHarness()
        for (release, value) in [("v1", 10.0), ("v2", 12), ("v2", 11)] {
            var findings = resultFindings(value)
            findings.metrics.append(.init(subject: "p5", part: "all", name: "nDCG@10", value: value / 100))
            findings.metrics.append(.init(subject: "p5", part: "new users", name: "nDCG@10", value: value / 50))
            _ = try await harness.writer.write(
                ResultRecord(whole: findings, words: [], labels: .init(release: release))
            )
        }
        let starts = Trend(of: "START", try await harness.reader.values(of: "START", part: nil, RunFilter()))
        #expect(starts.metric == "start" && starts.releases == ["v1", "v2"])
        #expect(starts.lines.map { $0.points.map(\.last.value) } == [[10, 11]])
        let all = try await harness.reader.values(of: "ndcg@10", part: nil, RunFilter())
        #expect(all.map(\.value) == [0.1, 0.12, 0.11])
        let slice = try await harness.reader.values(of: "ndcg@10", part: "new users", RunFilter(release: "v1"))
        #expect(slice.map(\.value) == [0.2])
        #expect(try await harness.reader.values(of: "start", part: nil, RunFilter(subject: "none")).isEmpty)
    }
}
