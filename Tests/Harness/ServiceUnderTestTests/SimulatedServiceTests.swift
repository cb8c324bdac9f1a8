import ContainerPlatform
import Domain
import Scenarios
import ServiceUnderTest
import SourcePlaces
import Testing

struct SimulatedServiceTests {
    /// Runs the stages of a service, one second each, under a patient HTTP probe.
    private func start(
        _ strategy: InitialisationStrategy,
        failing: [InitialisationStage: String] = [:],
        requests: [Duration] = [],
        lazyFirstRequest: LazyFirstRequest = .answeredFromSVD,
        handler: ProbeHandler = .http(path: "/health", port: nil),
        answersHealthChecks: Bool = false
    ) -> InstanceSimulation<SimulatedService>.Result {
        var stages: [InitialisationStage: StageWork] = [:]
        for stage in InitialisationStage.allCases {
            stages[stage] = StageWork(
                stage.rawValue,
                cpu: .seconds(1),
                ending: failing[stage] == nil ? .finishes : .fails
            )
        }
        let bundle = Located("bundle", at: SourceLocation(file: "test.yaml", line: 1, column: 1))
        let process = SimulatedService(
            settings: ServiceSettings(
                strategy: strategy,
                bundle: bundle,
                lazyFirstRequest: lazyFirstRequest,
                answersHealthChecks: answersHealthChecks
            ),
            boot: StageWork("boot", cpu: .seconds(1)),
            stages: stages,
            failures: failing,
            port: 8080
        )
        let plan = InstancePlan(
            probe: ProbeConfiguration(
                handler: handler,
                period: .seconds(1),
                failureThreshold: 60
            ),
            cpu: CPUAllocation(billing: .instanceBased),
            requests: requests
        )
        return InstanceSimulation(plan: plan, process: process).run(seed: 1)
    }

    @Test(
        arguments: [
            (.blocking, 6, 6, 6), (.progressive, 2, 2, 6), (.gated, 2, 4, 6),
        ] as [(InitialisationStrategy, Int, Int, Int)]
    )
    func `the port opens and readiness comes after the stages of the strategy`(
        strategy: InitialisationStrategy,
        listening: Int,
        basic: Int,
        full: Int
    ) {
        let summary = start(strategy).summary
        #expect(summary.listening == .seconds(listening))
        #expect(summary.readyBasic == .seconds(basic))
        #expect(summary.readyFull == .seconds(full))
    }

    @Test func `lazy loads P5 once a request has come`() {
        #expect(start(.lazy).summary.readyFull == nil)
        #expect(start(.lazy, requests: [.seconds(10)]).summary.readyFull == .seconds(12))
    }

    @Test func `a lazy first request that waits is answered by both models`() {
        let result = start(.lazy, requests: [.seconds(10)], lazyFirstRequest: .waits)
        #expect(result.requests[0].outcome == .served(RequestState("full", quality: .full)))
        #expect(result.requests[0].admitted == .seconds(12))
    }

    @Test func `a request in the hole of progressive is served without anything to rank with`() {
        let result = start(.progressive, requests: [.milliseconds(2500)])
        #expect(result.requests[0].outcome == .served(RequestState("nothing", quality: .none)))
        #expect(result.summary.truthGap > .zero)
    }

    @Test func `a failed environment check opens the port and says init_error`() {
        let result = start(.blocking, failing: [.environment: "SUPABASE_URL is missing"], requests: [.seconds(30)])
        #expect(result.process.health.text == "init_error: SUPABASE_URL is missing")
        #expect(
            result.requests[0].outcome == .refused(status: 503, text: "init_error: SUPABASE_URL is missing")
        )
    }

    @Test(
        arguments: [(.blocking, 6), (.progressive, 2), (.gated, 4)] as [(InitialisationStrategy, Int)]
    )
    func `a health check serves once the service calls itself ready`(strategy: InitialisationStrategy, ready: Int) {
        let handler = ProbeHandler.grpc(service: "", port: nil)
        let summary = start(strategy, handler: handler, answersHealthChecks: true).summary
        #expect(summary.probeCouldPass == .seconds(ready))
        #expect(summary.readyBasic == .seconds(ready))
        #expect(
            start(strategy, handler: .grpc(service: "movies", port: nil), answersHealthChecks: true).summary.isReady
                == false
        )
        #expect(start(strategy, handler: handler).summary.isReady == false, "it speaks HTTP/1 alone")
    }

    @Test func `health answers 200 whatever the state, other paths do not`() {
        let process = start(.blocking).process
        #expect(process.answer(toProbe: "/health") == .status(200))
        #expect(process.answer(toProbe: "/ready") == .status(404))
        #expect(process.answer(toProbe: "/recommend") == .status(405))
    }
}
