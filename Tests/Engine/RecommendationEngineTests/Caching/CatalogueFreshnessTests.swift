import RecommendationEngine
import Testing

struct CatalogueFreshnessTests {
    private let start = ContinuousClock.now

    private func moment(_ milliseconds: Int) -> ContinuousClock.Instant { start + .milliseconds(milliseconds) }

    private func request(_ freshness: inout CatalogueFreshness, at milliseconds: Int) -> CatalogueFreshness.Decision {
        freshness.request(arrivedAt: moment(milliseconds), now: moment(milliseconds))
    }

    @Test("the first request begins a comparison, the next ones wait for it")
    func begins() {
        var freshness = CatalogueFreshness(bound: .seconds(1))
        #expect(request(&freshness, at: 0) == .compareAndWait)
        #expect(request(&freshness, at: 5) == .wait)
        freshness.endComparison(isConfirmed: true)
        #expect(request(&freshness, at: 10) == .use)
    }

    @Test("from half of the bound on it is compared while it is used, by one request")
    func comparesEarly() {
        var freshness = CatalogueFreshness(bound: .seconds(1))
        _ = request(&freshness, at: 0)
        freshness.endComparison(isConfirmed: true)
        #expect(request(&freshness, at: 499) == .use)
        #expect(request(&freshness, at: 500) == .useAndCompare)
        #expect(request(&freshness, at: 510) == .use)
        freshness.endComparison(isConfirmed: true)
        // Confirmed as of the moment at which the comparison began.
        #expect(request(&freshness, at: 999) == .use)
        #expect(request(&freshness, at: 1_000) == .useAndCompare)
    }

    @Test("at the bound nobody uses it any more")
    func keepsTheBound() {
        var freshness = CatalogueFreshness(bound: .seconds(1))
        _ = request(&freshness, at: 0)
        freshness.endComparison(isConfirmed: true)
        #expect(request(&freshness, at: 1_000) == .compareAndWait)
        #expect(request(&freshness, at: 1_001) == .wait)
    }

    @Test("a comparison that took longer than the bound serves those who came in time, and only them")
    func mistrustsSlowComparisons() {
        var freshness = CatalogueFreshness(bound: .seconds(1))
        #expect(request(&freshness, at: 0) == .compareAndWait)
        freshness.endComparison(isConfirmed: true)
        // Back after a wait of three seconds.
        #expect(freshness.request(arrivedAt: moment(0), now: moment(3_000)) == .use)
        #expect(freshness.request(arrivedAt: moment(1_000), now: moment(3_000)) == .compareAndWait)
        freshness.endComparison(isConfirmed: true)
        #expect(freshness.request(arrivedAt: moment(1_000), now: moment(6_000)) == .use)
    }

    @Test("a comparison that failed confirms nothing, and another may begin")
    func survivesFailures() {
        var freshness = CatalogueFreshness(bound: .seconds(1))
        _ = request(&freshness, at: 0)
        freshness.endComparison(isConfirmed: false)
        #expect(request(&freshness, at: 1) == .compareAndWait)
    }
}
