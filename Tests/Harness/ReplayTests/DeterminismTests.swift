import Checks
import ContainerPlatform
import Domain
import Observations
import Replay
import Testing

extension ReplaySuite {
    struct DeterminismTests {
        @Test func `the same seed gives the same timelines, answers and rows`() async throws {
            let names = ["progressive-hole", "p5-fails", "lazy"]
            let first = try await ReplayHarness().run(names)
            let second = try await ReplayHarness().run(names)
            #expect(first.count == names.count)
            for (one, other) in zip(first, second) {
                #expect(one.observation?.startup.timeline == other.observation?.startup.timeline)
                #expect(one.observation?.answers.map(\.response) == other.observation?.answers.map(\.response))
                let rows = [one, other].map { $0.observation?.rows?.recommendations.map(\.row) }
                #expect(rows[0] == rows[1])
            }
        }
    }
}
