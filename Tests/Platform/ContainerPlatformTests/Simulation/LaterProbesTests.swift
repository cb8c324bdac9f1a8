import Domain
import Testing

@testable import ContainerPlatform

/// A process whose health answers in spans, and which serves requests for so long.
private struct MoodyProcess: SimulatedProcess {
    /// The requests that are being served; while there are any, health is busy.
    var serving: Set<Int> = []
    var busyAnswer = ProbeAnswer.hangs
    var requestCPU = Duration.seconds(10)
    var onTermination = Termination.exits(after: .zero, .code(0))

    var currentWork: StageWork? { nil }
    var listeningPort: Int? { 8080 }
    var exit: ProcessExit? { nil }
    var health: ServiceHealth { ServiceHealth(.readyFull, recommends: true) }

    func answer(toProbe path: String) -> ProbeAnswer {
        serving.isEmpty ? .status(200) : busyAnswer
    }

    mutating func workEnded(failed: Bool, at moment: Duration) {}

    mutating func admit(request index: Int, at moment: Duration) -> Admission {
        serving.insert(index)
        return .serve(cpu: requestCPU, threads: 1, RequestState("full", quality: .full))
    }

    mutating func answered(request index: Int) { serving.remove(index) }

    mutating func restart(life: Int) { serving = [] }

    mutating func terminate(at moment: Duration) -> Termination { onTermination }
}

/// Liveness that kills while a request is served, and readiness that takes traffic away and gives it back.
@Suite struct LaterProbesTests {
    private func run(
        _ process: MoodyProcess,
        profile: PlatformProfile,
        liveness: ProbeConfiguration? = nil,
        readiness: ProbeConfiguration? = nil,
        requests: [Duration]
    ) -> InstanceSimulation<MoodyProcess>.Result {
        var plan = InstancePlan(
            probe: Given.http(period: 1),
            cpu: CPUAllocation(limit: 1, billing: .instanceBased, startupBoost: false),
            profile: profile,
            requests: requests,
            horizon: .seconds(100)
        )
        plan.hasStartupProbe = profile.kubelet == nil
        plan.liveness = liveness
        plan.readiness = readiness
        return InstanceSimulation(plan: plan, process: process).run(seed: 1)
    }

    private func found<Process>(
        _ kind: ProbeKind,
        _ isSuccess: Bool,
        in result: InstanceSimulation<Process>.Result
    ) -> Duration? {
        result.moment { if case .probeFound(kind, isSuccess, _, _) = $0 { true } else { false } }
    }

    @Test("L-1: on Cloud Run the third failed liveness attempt is the end, by SIGKILL, and the request is cut with 503")
    func cloudRunLiveness() throws {
        let probe = Given.http(timeout: 3, period: 5, threshold: 3)
        let result = run(
            MoodyProcess(busyAnswer: .status(503), requestCPU: .seconds(60)),
            profile: .cloudRun,
            liveness: probe,
            requests: [.seconds(8)]
        )
        let started = try #require(result.moment { $0 == .probeSucceeded(attempts: 1) })
        let attempts = result.attempts.filter { $0.probe == .liveness && !$0.saw.isSuccess }
        #expect(attempts.map(\.started) == [10, 15, 20].map { started + .seconds($0) }, "five seconds apart")
        let killed = try #require(result.moment { $0 == .signal(9) })
        #expect(killed == started + .seconds(20) + .milliseconds(1), "at the third failure, not later")
        #expect(result.moment { $0 == .signal(15) } == nil)
        #expect(result.requests[0].outcome == .cut)
        #expect(result.requests[0].ended == killed)
        let log = PlatformLog(probe: Given.http(), liveness: probe)
        let line = try #require(
            result.timeline.entries.compactMap { log.line(for: $0.event) }.first { $0.severity == .error }
        )
        #expect(
            line.text == "LIVENESS HTTP probe failed 3 times consecutively for container \"app-1\" on port 8080 path "
                + "\"/health\". The instance has been shut down."
        )
    }

    @Test("L-2: on Cloud Run the first liveness attempt follows the start at once")
    func cloudRunFirstLiveness() throws {
        let result = run(
            MoodyProcess(),
            profile: .cloudRun,
            liveness: Given.http(timeout: 3, period: 5),
            requests: []
        )
        let started = try #require(result.moment { $0 == .probeSucceeded(attempts: 1) })
        #expect(try #require(found(.liveness, true, in: result)) - started < .seconds(1))
    }

    @Test("on Kubernetes a failed liveness probe restarts the container: SIGTERM, and a new life at once")
    func kubernetesLiveness() {
        let result = run(
            MoodyProcess(requestCPU: .seconds(60)),
            profile: .kubernetes,
            liveness: Given.http(timeout: 1, period: 10, threshold: 2),
            requests: [.seconds(5), .seconds(30)]
        )
        // Attempts at 10 and 20 s run out of their time one second later.
        #expect(result.moment { $0 == .signal(15) } == .seconds(21))
        #expect(result.moment { $0 == .containerStarted(life: 2) } == .seconds(21))
        #expect(result.requests[0].outcome == .cut)
        #expect(result.summary.earlierLives.first?.failedProbe == .liveness)
        #expect(result.summary.earlierLives.first?.outcome == .ready(at: .zero))
        #expect(result.summary.outcome == .ready(at: .zero))
        #expect(result.summary.detectionLag == .zero, "that of the life that became ready first")
        #expect(result.requests[1].admitted == .seconds(30), "the next life takes requests")
    }

    @Test("readiness takes traffic away during a long request and gives it back after it")
    func readiness() {
        let result = run(
            MoodyProcess(),
            profile: .kubernetes,
            readiness: Given.http(timeout: 1, period: 2, threshold: 2),
            requests: [.seconds(1), .seconds(8), .seconds(14)]
        )
        // Asked at 0 s, then at 2 and 4 s in vain; the answer of 11 s is out when it asks at 12 s.
        #expect(found(.readiness, false, in: result) == .seconds(5))
        #expect(result.requests[0].outcome == .full, "what is being served goes on")
        #expect(result.requests[1].status == 503)
        #expect(result.requests[1].ended == .seconds(8))
        #expect(result.moment { $0 == .traffic(isGiven: false) } == .seconds(5))
        let back = result.timeline.entries.last { $0.event == .traffic(isGiven: true) }?.moment
        #expect(back.map { $0 >= .seconds(11) && $0 < .seconds(13) } == true)
        #expect(result.requests[2].outcome == .full)
    }

    @Test("on Cloud Run a request that comes while the instance is not ready goes elsewhere")
    func cloudRunReadiness() {
        var probe = Given.http(timeout: 1, period: 2, threshold: 2)
        probe.successThreshold = 2
        let result = run(MoodyProcess(), profile: .cloudRun, readiness: probe, requests: [.seconds(1), .seconds(8)])
        #expect(result.requests.map(\.outcome) == [.full, .elsewhere])
        #expect(result.summary.isReady)
    }

    @Test("on Knative it waits until the instance is ready again")
    func knativeReadiness() throws {
        let result = run(
            MoodyProcess(),
            profile: .knative,
            readiness: Given.http(timeout: 1, period: 2, threshold: 2),
            requests: [.seconds(1), .seconds(8)]
        )
        #expect(result.requests[1].outcome == .full)
        #expect(try #require(result.requests[1].admitted) >= .seconds(11))
    }
}
