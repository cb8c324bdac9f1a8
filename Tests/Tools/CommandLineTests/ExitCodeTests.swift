import ColdstartTestSupport
import Foundation
import Testing

extension CommandLineSuite.OfRuns {
    struct ExitCodeTests {
        @Test(arguments: [["--version"], ["--help"], ["help", "run"], ["list", "scenarios"]])
        func `0 where the program only speaks`(arguments: [String]) async throws {
            let outcome = try await CommandLineHarness().run(arguments)
            #expect(outcome.status == 0 && !outcome.output.isEmpty && outcome.errors.isEmpty)
        }

        @Test(arguments: [
            (["rum"], "Unexpected argument 'rum'"),
            (["run", "--jobs", "none"], "--jobs"),
            (["run", "--time-limit", "90"], "--time-limit"),
            (["run", "--format", "xml"], "--format"),
            (["run", "-q", "-v"], "contradict"),
            (["run", "no-such-folder"], "no-such-folder: there is no such file or folder"),
            (["run", "scenarios", "--tag", "startupp"], "`startup`"),
            (["run", "scenarios", "--filter", "nothing-like-it"], "no scenario's name contains"),
            (["run", "scenarios", "--db", "host=x bogus=1"], "--db"),
            (["rank", "--top", "0", "--bundle", "b", "--sessions", "s", "--catalogue", "c"], "--top"),
        ])
        func `2 for bad usage and unknown names, said in words`(arguments: [String], words: String) async throws {
            let outcome = try await CommandLineHarness().run(arguments)
            #expect(outcome.status == 2)
            #expect(outcome.errors.contains(words), "\(outcome.errors)")
        }

        @Test func `2 for a scenario with an unknown key, with its place and the nearest name`() async throws {
            let harness = try CommandLineHarness()
            let file = try harness.scenario("expct: {rows: none}")
            let outcome = try await harness.run(["run", file])
            #expect(outcome.status == 2)
            #expect(outcome.errors.contains("\(file):8:1: "), "\(outcome.errors)")
            #expect(outcome.errors.contains("`expect`"), "\(outcome.errors)")
        }

        @Test func `0 where everything expected was seen`() async throws {
            let harness = try CommandLineHarness()
            let file = try harness.scenario(
                """
                requests: [{at: 10s, session: 1, expect: {status: 200}}]
                expect:
                  startup: {outcome: ready}
                  rows: {svd: 10, p5: 10}
                  # The golden's best movie of SVD, which visitors see first or second.
                  places: [{svd: 4993 within the first 1}, {svd: 4993 above 923}, {display: 4993 within the first 2}]
                """
            )
            let outcome = try await harness.run(["run", file])
            #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
            #expect(outcome.output.contains("1 passed"))
        }

        @Test(arguments: [
            (1, "requests: [{at: 10s, session: 1, expect: {status: 418}}]\nexpect: {startup: {outcome: ready}}"),
            (1, "requests: [{at: 10s, session: 1}]\nexpect: {places: [{svd: never 4993}]}"),
            (2, "requests: [{at: 10s, session: 1}]\nexpect: {places: [{svd: never no-such-movie}]}"),
            (4, "requests: []\nexpect: {startup: {outcome: killed}}"),
            (5, "requests: [{at: 10s, session: 1}]\nexpect: {rows: {svd: 11, p5: 10}}"),
            (
                7,
                """
                faults: [{database: goes_away, request: 1, at: between_sets}]
                requests: [{at: 0s, session: 1, expect: {status: 200}}]
                expect: {startup: {outcome: ready}}
                """
            ),
        ])
        func `each kind of failure has its own code`(code: Int32, rest: String) async throws {
            let harness = try CommandLineHarness()
            // Progressive answers the request at 0 s before SVD has loaded, so that the fault of the write cannot fire.
            let file = try harness.scenario(service: code == 7 ? "strategy: progressive" : "strategy: blocking", rest)
            let outcome = try await harness.run(["run", file])
            #expect(outcome.status == code, "\(outcome.output)\(outcome.errors)")
            #expect(outcome.output.contains("coldstart run \(file)"), "the line that reproduces the failure is missing")
        }

        @Test(arguments: [
            // 200 without rows, which is why no request met an earlier set: the incident, and a failure beyond doubt.
            (5, "", "expect: {rows: {svd: 10, p5: 10, earlier_set: replaced}}"),
            // The fault cannot fire, and only that it did would make 500 of 200.
            (7, "faults: [{database: goes_away, request: 1, at: between_sets}]", "expect: {rows: {svd: 10}}"),
            // The fault cannot fire, and the golden was made under other settings all the same.
            (
                1, "faults: [{database: goes_away, request: 1, at: between_sets}]",
                "expect: {rankings: {full: \(Fixtures.packageDirectory)/golden/demo-whole-word.jsonl}}"
            ),
        ])
        func `7 is only for what is not known, and nothing that failed hides behind it`(
            code: Int32,
            faults: String,
            expectation: String
        ) async throws {
            let harness = try CommandLineHarness()
            let file = try harness.scenario(
                service: "strategy: progressive",
                """
                \(faults)
                requests: [{at: 0s, session: 1}]
                \(expectation)
                """
            )
            let outcome = try await harness.run(["run", file])
            #expect(outcome.status == code, "\(outcome.output)\(outcome.errors)")
            #expect(outcome.output.contains(code == 7 ? "1 inconclusive" : "1 failed"), "\(outcome.output)")
        }

        @Test func `3 for an unreachable database, which is named without its password`() async throws {
            let outcome = try await CommandLineHarness()
                .run([
                    "run", "scenarios", "--filter", "no-ratings", "--db", "postgresql://me:hush@127.0.0.1:9/none",
                ])
            #expect(outcome.status == 3)
            #expect((outcome.output + outcome.errors).contains("127.0.0.1"))
            #expect(!(outcome.output + outcome.errors).contains("hush"))
        }

        @Test func `3 for a bundle without a tokenizer, which is named`() async throws {
            let harness = try CommandLineHarness()
            let outcome = try await harness.run(
                [
                    "rank", "--bundle", "scenarios/bundle", "--sessions", "scenarios/sessions/demo.jsonl",
                    "--catalogue",
                    "scenarios/catalogue.jsonl",
                ],
                environment: ["P5_BACKBONE": harness.path]
            )
            #expect(outcome.status == 3)
            #expect(outcome.errors.contains("spiece.model"), "\(outcome.errors)")
        }

        @Test func `7 for a folder without scenarios`() async throws {
            let harness = try CommandLineHarness()
            let outcome = try await harness.run(["run", harness.path])
            #expect(outcome.status == 7)
            #expect(outcome.errors.contains("holds no scenario"))
        }

        @Test func `7 for scenarios that the time limit kept from running`() async throws {
            let outcome = try await CommandLineHarness().run(["run", "scenarios", "--time-limit", "0.001s"])
            #expect(outcome.status == 7, "\(outcome.output)\(outcome.errors)")
            #expect(outcome.output.contains("time limit"))
        }
    }
}
