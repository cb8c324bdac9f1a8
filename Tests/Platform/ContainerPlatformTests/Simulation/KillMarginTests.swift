import Testing

@testable import ContainerPlatform

@Suite struct KillMarginTests {
    private func margin(
        _ process: StagedProcess,
        _ probe: ProbeConfiguration,
        profile: PlatformProfile = Given.exact
    ) -> KillMargin {
        let plan = InstancePlan(probe: probe, cpu: Given.plainCPU, profile: profile, requests: [.seconds(5)])
        return InstanceSimulation(plan: plan, process: process).killMargin(seed: 7)
    }

    @Test("a start that survives could have been so much slower")
    func survives() {
        let margin = margin(Given.blocking(seconds: 100), .cloudRunDefault)
        #expect(margin == KillMargin(factor: 2.4, isUnbounded: false, spare: .seconds(140)))
    }

    @Test("a start that is killed must become so much faster, and was so many seconds short")
    func killed() {
        let margin = margin(Given.blocking(seconds: 300), .cloudRunDefault)
        #expect(margin == KillMargin(factor: 0.8, isUnbounded: false, spare: .seconds(-60)))
    }

    @Test("a port must open the notice before the deadline to be seen")
    func notice() {
        var profile = Given.exact
        profile.connectionNotice = .milliseconds(4)
        let margin = margin(Given.blocking(seconds: 100), .cloudRunDefault, profile: profile)
        #expect(margin.spare == .milliseconds(139_996))
    }

    @Test("the HTTP probe's last chance is the last tick")
    func http() {
        let margin = margin(Given.blocking(seconds: 12), Given.http(delay: 5, period: 10, threshold: 3))
        #expect(margin == KillMargin(factor: 2.083, isUnbounded: false, spare: .seconds(13)))
    }

    @Test("the factor is the largest that survives, with the platform's delays too", arguments: [3.0, 17.3, 61.7, 200])
    func isTight(seconds: Double) throws {
        let probe = Given.http(period: 7, threshold: 12)
        let factor = try #require(margin(Given.blocking(seconds: seconds), probe, profile: .cloudRun).factor)
        let plan = InstancePlan(probe: probe, cpu: Given.plainCPU)
        func isReady(_ factor: Double) -> Bool {
            let process = Given.blocking(seconds: seconds * factor)
            return InstanceSimulation(plan: plan, process: process).run(seed: 7).summary.isReady
        }
        #expect(isReady(factor))
        #expect(!isReady(factor + 0.001))
    }

    @Test("a service that says yes before it loads has no bound; one on the wrong port has no factor at all")
    func extremes() {
        #expect(margin(Given.progressive(svd: 10, p5: 10), .cloudRunDefault).isUnbounded)
        let wrong = margin(Given.blocking(seconds: 1, port: 9000), .cloudRunDefault)
        #expect(wrong == KillMargin(factor: nil, isUnbounded: false, spare: nil))
    }
}
