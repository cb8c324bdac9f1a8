import ContainerPlatform
import Domain
import Scenarios
import SourcePlaces
import Testing

@testable import ServiceUnderTest

/// The result cache as the simulation plays it.
struct SimulatedCacheTests {
    private let sessions = ["1", "2", "3"].compactMap { SessionID("00000000-0000-0000-0000-00000000000" + $0) }
    private let location = SourceLocation(file: "test.yaml", line: 1, column: 1)

    /// A cache for requests of the sessions with these places.
    private func cache(of order: [Int], capacity: Int, ratings: [(at: Int, session: Int)] = []) -> SimulatedCache {
        let recorded = sessions.map { RecordedSession(id: $0, phase: "", ratings: [], phase1Movies: []) }
        let scenario = Scenario(
            name: Located("cache", at: location),
            teaches: "A test.",
            platform: PlatformConditions(probe: Located(.cloudRunDefault, at: location)),
            service: ServiceSettings(strategy: .gated, bundle: Located("b", at: location), cache: capacity),
            stages: StageTimings(),
            sessions: SessionSource(file: Located("s", at: location), selection: Located(.all, at: location)),
            catalogue: Located("c", at: location),
            expectations: Expectations(),
            source: location
        )
        return SimulatedCache(
            of: Plan(
                scenario: scenario,
                seed: 1,
                sessions: recorded,
                boot: StageTimings.defaultBoot,
                stages: [:],
                requests: order.enumerated()
                    .map { number, place in
                        PlannedRequest(number: number + 1, at: .zero, session: recorded[place], location: location)
                    },
                ratings: ratings.map { rating in
                    PlannedRating(
                        at: .seconds(rating.at),
                        session: sessions[rating.session],
                        index: 0,
                        rating: Rating(movie: "1", value: 5, createdAt: Timestamp(microseconds: 0))
                    )
                },
                faults: []
            )
        )
    }

    private func holds(
        _ cache: inout SimulatedCache,
        _ request: Int,
        _ state: ServingState = .full,
        at second: Int
    ) -> Bool {
        cache.holds(request: request, in: state, at: .seconds(second), answered: .seconds(second + 2))
    }

    @Test func `a repeated request is held once the first has its answer`() {
        var cache = cache(of: [0, 0, 0], capacity: 9)
        #expect(!holds(&cache, 0, at: 0))
        #expect(!holds(&cache, 1, at: 1))
        #expect(holds(&cache, 2, at: 5))
    }

    @Test func `a new rating and another state miss`() {
        var cache = cache(of: [0, 0, 0, 0], capacity: 9, ratings: [(at: 7, session: 0), (at: 4, session: 1)])
        #expect(!holds(&cache, 0, at: 0))
        #expect(holds(&cache, 1, at: 5))
        #expect(!holds(&cache, 2, at: 8))
        #expect(!holds(&cache, 3, .svdOnly, at: 20))
    }

    @Test func `the session unused for longest makes room`() {
        var cache = cache(of: [0, 1, 0, 2, 0, 1], capacity: 2)
        #expect(!holds(&cache, 0, at: 0))
        #expect(!holds(&cache, 1, at: 10))
        #expect(holds(&cache, 2, at: 20))
        #expect(!holds(&cache, 3, at: 30))
        #expect(holds(&cache, 4, at: 40))
        #expect(!holds(&cache, 5, at: 50))
    }
}
