import Testing

@testable import ContainerPlatform

@Suite struct ShutdownTests {
    private let probe = Given.http(period: 10, threshold: 2)

    private func endings(_ result: InstanceSimulation<StagedProcess>.Result) -> [String] {
        result.timeline.entries.compactMap {
            switch $0.event {
            case .signal, .exited, .stopRequested: String($0.line.drop { $0 == " " })
            default: nil
            }
        }
    }

    @Test("a failed start ends with SIGTERM and the process's exit")
    func terminates() {
        var process = Given.blocking(seconds: 100)
        process.termination = .exits(after: .seconds(2), .code(0))
        let result = simulate(process, probe)
        #expect(endings(result) == ["10.000  signal   SIGTERM", "12.000  process  exited with code 0"])
        #expect(result.summary.backgroundCPU == .seconds(12), "the grace has CPU")
    }

    @Test("a process that ignores SIGTERM, or takes longer than the grace, gets SIGKILL after 10 s")
    func kills() {
        for termination in [Termination.ignores, .exits(after: .seconds(11), .code(0))] {
            var process = Given.blocking(seconds: 100)
            process.termination = termination
            let expected = [
                "10.000  signal   SIGTERM", "20.000  signal   SIGKILL", "20.000  process  ended by SIGKILL",
            ]
            #expect(endings(simulate(process, probe)) == expected)
        }
    }

    @Test("a stop by the owner while starting ends the probe, and queued requests go elsewhere")
    func stopWhileStarting() {
        let result = simulate(
            Given.blocking(seconds: 100),
            probe,
            requests: [.seconds(1), .seconds(7)],
            stopAt: .seconds(5)
        )
        #expect(result.summary.outcome == .stopped(at: .seconds(5)))
        #expect(result.requests.map(\.outcome) == [.elsewhere, .elsewhere])
        let log = PlatformLog(probe: probe)
        let lines = result.timeline.entries.compactMap { log.line(for: $0.event)?.text }
        #expect(lines.contains("Shutting down user disabled instance"))
        #expect(!lines.contains { $0.contains("probe failed") })
    }

    @Test("a stop in service lets requests finish within the grace and cuts the others")
    func stopInService() {
        for (cpu, status) in [(Duration.seconds(4), 200), (.seconds(40), 503)] {
            var process = StagedProcess(stages: [])
            process.requestCPU = cpu
            process.termination = .ignores
            let result = simulate(process, probe, requests: [.seconds(20), .seconds(23)], stopAt: .seconds(22))
            #expect(result.requests[0].status == status)
            #expect(result.requests[1].outcome == .elsewhere)
            #expect(result.summary.isReady)
            #expect(result.summary.ended == .seconds(32))
        }
    }
}
