import Checks
import ColdstartTestSupport
import Foundation
import Replay
import Scenarios
import ServiceUnderTest
import Testing

extension ReplaySuite {
    /// Breaks the engine on purpose: scenarios that cannot fail would prove nothing.
    struct BrokenEngineTests {
        /// Shipped scenarios in which both models rank and rows land.
        private let names = ["progressive-survives", "lazy-waits", "database-goes-away"]

        @Test func `the sound engine passes, so that it is the break that fails`() async throws {
            for result in try await ReplayHarness().run(names) {
                #expect(result.exitCode == .passed, "\(result.scenario.name.value): \(result.failedChecks)")
            }
        }

        @Test(arguments: Distortion.allCases)
        func `rows that are not what the answer said fail as wrong rows`(distortion: Distortion) async throws {
            let harness = ReplayHarness(decorate: { BrokenStore(distortion: distortion, sound: $0) })
            let results = try await harness.run(names)
            #expect(results.count == names.count)
            for result in results {
                #expect(result.exitCode == .landingFailed, "\(distortion) passed in \(result.scenario.name.value)")
            }
        }

        @Test func `rows that come after their answer are late where the run waits, and lost where it does not`()
            async throws
        {
            let decorate: SimulatedTarget.StoreDecorator = { LateStore(delay: .milliseconds(60), sound: $0) }
            let patient = RowReading(wait: .seconds(20))
            let late = try #require(
                try await ReplayHarness(reading: patient, decorate: decorate).run(["progressive-survives"]).first
            )
            #expect(late.exitCode == .passed, "\(late.failedChecks)")
            let ledger = try #require(late.ledger)
            #expect(ledger.count(of: .late) > 0)
            #expect(ledger.count(of: .late) + ledger.count(of: .landed) == ledger.counts.values.reduce(0, +))
            #expect(try #require(ledger.timeToVisible).longest >= .milliseconds(60))
            let lost = try #require(
                try await ReplayHarness(decorate: { LateStore(delay: .seconds(600), sound: $0) })
                    .run(["gated-closes-hole"]).first
            )
            #expect(lost.exitCode == .landingFailed)
            #expect((lost.ledger?.count(of: .lost) ?? 0) > 0)
        }

        @Test func `an engine that forgets a rating fails against the goldens`() async throws {
            let harness = ReplayHarness(decorate: { ForgetfulStore(forgottenCandidates: 0, sound: $0) })
            for result in try await harness.run(names) {
                #expect(result.exitCode == .expectationFailed, "passed: \(result.scenario.name.value)")
                #expect(result.verdicts.contains { $0.outcome == .failed && $0.subject == .rankings })
            }
        }

        @Test func `a stale checkpoint fails and is named`() async throws {
            let folder = try TemporaryFolder()
            let stale = folder.path + "/stale.pth"
            var bytes = try Data(
                contentsOf: URL(fileURLWithPath: ReplayHarness.folder + "/bundle/p5/mvt_aug_epoch10.pth")
            )
            // A byte in the middle of the file lies within some tensor, so that the file still opens.
            bytes[bytes.count / 2] ^= 0x01
            try bytes.write(to: URL(fileURLWithPath: stale))
            for result in try await ReplayHarness(environment: ["P5_CKPT": stale]).run(names) {
                #expect(result.exitCode == .expectationFailed)
                let words = result.verdicts.filter { $0.outcome == .failed }.map { "\($0.message) \($0.details)" }
                #expect(words.contains { $0.contains("p5/mvt_aug_epoch10.pth") }, "\(words)")
            }
        }

        @Test func `a bundle that cannot be opened is an error of the environment, not a failed test`() async throws {
            let results = try await ReplayHarness(environment: ["P5_CKPT": "/nowhere/a.pth"]).run(["lazy-waits"])
            #expect(results.map(\.exitCode) == [.environment])
            #expect(results.first?.failure?.message.contains("/nowhere/a.pth") == true)
        }
    }
}
