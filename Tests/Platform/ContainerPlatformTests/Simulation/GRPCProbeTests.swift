import Domain
import Testing

@testable import ContainerPlatform

/// Health checks of gRPC and probes that are errors, in virtual time.
@Suite struct GRPCProbeTests {
    private static func exact(_ profile: PlatformProfile) -> PlatformProfile {
        var profile = profile
        profile.connectionNotice = .zero
        profile.answerDelay = .zero
        return profile
    }

    private func probe(
        service: String = "",
        port: Int? = nil,
        timeout: Int = 1,
        period: Int = 10,
        threshold: Int = 3
    ) -> ProbeConfiguration {
        ProbeConfiguration(
            handler: .grpc(service: service, port: port),
            timeout: .seconds(timeout),
            period: .seconds(period),
            failureThreshold: threshold
        )
    }

    /// A server that listens after so many of its stages of a second each and serves during a range of them.
    private func server(listens: Int, serves: Range<Int>?, stages: Int = 12) -> StagedProcess {
        StagedProcess(
            stages: (1...stages).map { StageWork("stage \($0)", cpu: .seconds(1)) },
            listensAfter: listens,
            servingStages: serves
        )
    }

    private func kubernetes(
        _ process: StagedProcess,
        startup: ProbeConfiguration? = nil,
        liveness: ProbeConfiguration? = nil,
        readiness: ProbeConfiguration? = nil,
        profile: PlatformProfile = .kubernetes,
        horizon: Duration = .seconds(60)
    ) -> InstanceSimulation<StagedProcess>.Result {
        var plan = InstancePlan(
            probe: startup ?? Given.http(),
            cpu: CPUAllocation(limit: 1, billing: .instanceBased, startupBoost: false),
            profile: Self.exact(profile),
            horizon: horizon
        )
        plan.hasStartupProbe = startup != nil
        plan.liveness = liveness
        plan.readiness = readiness
        return InstanceSimulation(plan: plan, process: process).run(seed: 1)
    }

    @Test("SERVING alone passes; NOT_SERVING fails at once and is asked again at the next tick")
    func serving() {
        let result = kubernetes(server(listens: 2, serves: 4..<99), startup: probe(period: 2, threshold: 9))
        // The attempt of the first tick waits for its connection, until its timeout.
        #expect(result.attempts.map(\.saw) == [.deadlineExceeded, .health(status: 2), .health(status: 1)])
        #expect(result.attempts.map(\.ended) == [.seconds(1), .seconds(2), .seconds(4)])
        #expect(result.summary.outcome == .ready(at: .seconds(4)))
        #expect(result.summary.probeCouldPass == .seconds(4))
    }

    @Test("a closed port is dialled again after 1 s and then 1.6 times as late, until the timeout")
    func redials() {
        // Dials at 0, 1 and 2.6 s; the port opens at 2 s.
        let patient = kubernetes(server(listens: 2, serves: 0..<99), startup: probe(timeout: 5, threshold: 1))
        #expect(patient.attempts.map(\.ended) == [.milliseconds(2600)])
        #expect(patient.attempts.map(\.saw) == [.health(status: 1)])
        // The next dial would be at 5.16 s.
        let late = kubernetes(server(listens: 3, serves: 0..<99), startup: probe(timeout: 5, threshold: 1))
        #expect(late.attempts.first?.saw == .deadlineExceeded)
        #expect(late.attempts.first?.ended == .seconds(5))
    }

    @Test("the back-off of dials grows by 1.6 to two minutes")
    func backOff() {
        var backOff = RedialBackOff()
        var moment = Duration.zero
        var waits: [Duration] = []
        for _ in 0..<13 {
            let next = backOff.next(after: moment)
            waits.append(next - moment)
            moment = next
        }
        #expect(waits.prefix(4) == [.seconds(1), .milliseconds(1600), .milliseconds(2560), .milliseconds(4096)])
        #expect(waits.suffix(2) == [.seconds(120), .seconds(120)])
    }

    @Test("a server of HTTP/1 never passes: a timeout under a kubelet, no answer of gRPC on Cloud Run")
    func otherProtocol() {
        let process = server(listens: 0, serves: nil)
        let kubelet = kubernetes(process, startup: probe(period: 2, threshold: 2), horizon: .seconds(5))
        #expect(kubelet.attempts.prefix(2).map(\.saw) == [.deadlineExceeded, .deadlineExceeded])
        #expect(kubelet.summary.earlierLives.count == 1)
        let cloudRun = simulate(process, probe(period: 2, threshold: 3))
        #expect(cloudRun.attempts.map(\.saw) == [.notGRPC, .notGRPC, .notGRPC])
        #expect(cloudRun.attempts.map(\.ended) == [.zero, .seconds(2), .seconds(4)])
        #expect(cloudRun.summary.probeCouldPass == nil)
    }

    @Test("on Cloud Run an attempt on a closed port is taken to be one try")
    func cloudRun() {
        let result = simulate(server(listens: 3, serves: 5..<99), probe(period: 2, threshold: 9))
        #expect(result.attempts.map(\.saw) == [.refused, .refused, .health(status: 2), .health(status: 1)])
        #expect(result.summary.outcome == .ready(at: .seconds(6)))
    }

    @Test("a service that the server does not know is not found, another port is never open")
    func unknown() {
        let process = server(listens: 0, serves: 0..<99)
        #expect(simulate(process, probe(service: "movies", threshold: 1)).attempts.map(\.saw) == [.callFailed(code: 5)])
        #expect(simulate(process, probe(port: 9090, threshold: 1)).attempts.map(\.saw) == [.refused])
    }

    @Test("a readiness probe takes traffic away while the server does not serve")
    func readiness() {
        let result = kubernetes(
            server(listens: 0, serves: 2..<6),
            readiness: probe(period: 1, threshold: 1),
            horizon: .seconds(10)
        )
        let traffic = result.timeline.entries.compactMap { entry -> String? in
            guard case .traffic(let isGiven) = entry.event else { return nil }
            return "\(isGiven) \(entry.moment.fixedSecondsText)"
        }
        #expect(traffic == ["true 2.000", "false 6.000"])
    }

    @Test("a queue-proxy that asks aggressively sees the open port in its next question")
    func aggressive() {
        var readiness = probe(timeout: 10, period: 1)
        readiness.isAggressive = true
        let result = kubernetes(
            server(listens: 3, serves: 4..<99),
            readiness: readiness,
            profile: .knative,
            horizon: .seconds(9)
        )
        // A closed port costs each question its 100 ms; NOT_SERVING is asked again after 50 ms.
        #expect(result.summary.detectionLag.map { $0 <= .milliseconds(50) } == true)
        #expect(result.attempts.first?.saw == .health(status: 1))
    }

    @Test("an unknown port is no failure: the startup probe never ends the container, and it is never started")
    func unknownPort() {
        var startup = probe(period: 5, threshold: 1)
        startup = ProbeConfiguration(handler: .http(path: "/", port: nil), period: .seconds(5), failureThreshold: 1)
        startup.unknownPort = "web"
        let result = kubernetes(server(listens: 0, serves: nil), startup: startup, horizon: .seconds(21))
        #expect(result.attempts.map(\.started) == [.zero, .seconds(5), .seconds(10), .seconds(15), .seconds(20)])
        #expect(Set(result.attempts.map(\.saw)) == [.unknownPort("web")])
        #expect(result.summary.outcome == .undecided)
        #expect(result.summary.earlierLives.isEmpty)
        #expect(result.summary.probeCouldPass == nil)
    }

    @Test("an unknown port never kills by liveness, and never makes ready")
    func unknownPortLater() {
        var other = ProbeConfiguration(handler: .tcp(port: nil), period: .seconds(1), failureThreshold: 1)
        other.unknownPort = "web"
        let alive = kubernetes(server(listens: 0, serves: nil), liveness: other, horizon: .seconds(20))
        #expect(alive.summary.earlierLives.isEmpty)
        #expect(alive.summary.isReady)
        let unready = kubernetes(server(listens: 0, serves: nil), readiness: other, horizon: .seconds(20))
        #expect(unready.summary.outcome == .undecided)
    }

    @Test("what a log says of gRPC is marked as unverified, and an error in the kubelet's own words")
    func lines() {
        let log = PlatformLog(probe: probe())
        let failed = log.probeFailed(failures: 3, saw: .deadlineExceeded)
        #expect(!failed.isVerified)
        #expect(!failed.text.contains("DEADLINE_EXCEEDED"), "that sentence was seen of TCP")
        #expect(!log.probeSucceeded(attempts: 1).isVerified)
        let attempt = ProbeAttempt(.startup, number: 1, started: .zero, ended: .zero, saw: .unknownPort("web"))
        let line = PlatformLog(profile: .kubernetes, probe: probe()).line(for: .attempt(attempt))
        #expect(line?.text == "Startup probe errored and resulted in unknown state: port \"web\" not found")
        #expect(line?.isVerified == true)
    }

    @Test("numbers of gRPC are shown by their names")
    func names() {
        #expect(ProbeSighting.health(status: 2).text == "NOT_SERVING")
        #expect(ProbeSighting.health(status: 185).text == "the serving status 185")
        #expect(ProbeSighting.callFailed(code: 12).text == "gRPC status 12 UNIMPLEMENTED")
        #expect(ProbeSighting.callFailed(code: 99).words == "gRPC status 99")
    }
}
