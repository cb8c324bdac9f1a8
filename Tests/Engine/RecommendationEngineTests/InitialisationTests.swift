import Domain
import RecommendationEngine
import Testing

struct InitialisationTests {
    /// The state after so many stages have finished.
    private func state(_ strategy: InitialisationStrategy, finished count: Int) -> Initialisation {
        var state = Initialisation(strategy: strategy)
        if count > 3 { state.wantP5() }
        for stage in InitialisationStage.allCases.prefix(count) { state.finish(stage) }
        return state
    }

    @Test(
        arguments: [
            (.blocking, ["-", "-", "-", "-", "-", "ready_full"]),
            (.progressive, ["-", "ready_basic", "ready_basic", "ready_basic", "ready_basic", "ready_full"]),
            (.gated, ["-", "booting", "booting", "ready_basic", "ready_basic", "ready_full"]),
            (.lazy, ["-", "booting", "booting", "ready_basic", "ready_basic", "ready_full"]),
        ] as [(InitialisationStrategy, [String])]
    )
    func `each strategy listens and is ready after the stages it promises`(
        strategy: InitialisationStrategy,
        expected: [String]
    ) {
        let seen = (0...5)
            .map { count in
                let state = state(strategy, finished: count)
                return state.isListening ? state.health.text : "-"
            }
        #expect(seen == expected)
    }

    @Test func `progressive answers before SVD has loaded, which is its hole`() {
        var state = state(.progressive, finished: 1)
        #expect(state.admit() == .serve(.nothing))
    }

    @Test func `gated refuses until SVD and the id map serve, and says when to ask again`() {
        for count in 1...2 {
            var state = state(.gated, finished: count)
            #expect(state.admit() == .refuse(ServiceError(status: 503, detail: "warming up", retryAfter: 1)))
        }
        var ready = state(.gated, finished: 3)
        #expect(ready.admit() == .serve(.svdOnly))
    }

    @Test func `P5 serves only once all stages have finished`() {
        #expect(
            (0...5).map { state(.progressive, finished: $0).servingState } == [
                .nothing, .nothing, .svdOnly, .svdOnly, .svdOnly, .full,
            ]
        )
    }

    @Test func `lazy loads P5 only when a request wants it`() {
        var state = state(.lazy, finished: 3)
        #expect(state.nextStage == nil)
        #expect(state.admit() == .serve(.svdOnly))
        #expect(state.nextStage == .tokenizer)
    }

    @Test func `a lazy first request can wait for P5, and is served from SVD where P5 fails`() {
        var state = Initialisation(strategy: .lazy, lazyFirstRequest: .waits)
        for stage in [InitialisationStage.environment, .svd, .datamaps] { state.finish(stage) }
        #expect(state.admit() == .wait)
        state.finish(.tokenizer)
        #expect(state.admit() == .wait)
        state.fail(.checkpoint, reason: "the file is damaged")
        #expect(state.admit() == .serve(.svdOnly))
    }

    @Test(arguments: InitialisationStrategy.allCases)
    func `missing environment is an init_error that names it and serves nobody`(strategy: InitialisationStrategy) {
        var state = Initialisation(strategy: strategy)
        state.fail(.environment, reason: "missing SUPABASE_URL")
        #expect(state.health == .failed(text: "init_error: missing SUPABASE_URL"))
        #expect(state.isListening && state.nextStage == nil)
        #expect(state.admit() == .refuse(ServiceError(status: 503, detail: "init_error: missing SUPABASE_URL")))
    }

    @Test(
        arguments: [
            (.blocking, .datamaps, false), (.blocking, .tokenizer, false), (.blocking, .checkpoint, false),
            (.progressive, .svd, false), (.progressive, .datamaps, true), (.progressive, .checkpoint, true),
            (.gated, .svd, false), (.gated, .datamaps, false), (.gated, .tokenizer, true),
        ] as [(InitialisationStrategy, InitialisationStage, Bool)]
    )
    func `a stage of P5 that fails costs only P5, unless the strategy promises all`(
        strategy: InitialisationStrategy,
        failing: InitialisationStage,
        goesOn: Bool
    ) {
        var state = Initialisation(strategy: strategy)
        while let stage = state.nextStage, stage != failing { state.finish(stage) }
        state.fail(failing, reason: "broken")
        #expect(state.health == (goesOn ? .readyBasic : .failed(text: "init_error: broken")))
        #expect(state.servingState == (failing == .svd ? .nothing : .svdOnly))
    }
}
