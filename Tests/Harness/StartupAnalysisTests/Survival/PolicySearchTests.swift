import ContainerPlatform
import Testing

@testable import StartupAnalysis

struct PolicySearchTests {
    @Test func `the least policy gives up soonest of those that survive every condition`() async throws {
        let axes = try SweepHarness.axes([
            "probe.periodSeconds=1..20", "probe.failureThreshold=1..20", "stage.checkpoint=5s,17s",
        ])
        let search = try await SweepHarness.survey(SweepHarness.sweep(SweepHarness.plan(), axes)).policies
        let policy = try #require(search.policies.first)
        #expect(search.policies.count == 1)
        // 2 s and 17 s make 19 s, with 0.2 s of the platform's own: whole seconds of 19 make it.
        let lastAttempt = policy.probe.lastAttempt
        #expect(lastAttempt == .seconds(19))
        // 19 attempts apart by 1 s and by 19 s give up alike; the first notices sooner.
        #expect(policy.probe.period == .seconds(1))
        #expect(policy.probe.failureThreshold == 20)
        #expect(policy.longestLag < .seconds(1))
        #expect(search.admitted == 400)
        #expect(search.surviving < 400)
    }

    @Test func `with CPU varied there is one for each CPU`() async throws {
        let axes = try SweepHarness.axes(["cpu.startupBoost=off", "cpu=0.5,1,2", "probe.failureThreshold=1..9"])
        let policies = try await SweepHarness.survey(SweepHarness.sweep(SweepHarness.plan(), axes)).policies.policies
        #expect(policies.map(\.cpu.limit) == [0.5, 1, 2])
        #expect(policies.map(\.probe.failureThreshold) == [4, 3, 3])
    }

    @Test func `where none survives the nearest is known`() async throws {
        let axes = try SweepHarness.axes(["probe.failureThreshold=1..3", "stage.checkpoint=10s,100s"])
        let search = try await SweepHarness.survey(SweepHarness.sweep(SweepHarness.plan(), axes)).policies
        #expect(search.policies.isEmpty)
        let nearest = try #require(search.nearest)
        #expect(nearest.share == 0.5)
        #expect(nearest.probe.failureThreshold == 3)
    }
}
