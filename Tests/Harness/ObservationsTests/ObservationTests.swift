import ContainerPlatform
import Domain
import Observations
import Testing

struct ObservationTests {
    private func startup(_ health: String?) -> StartupObservation {
        StartupObservation(
            violations: [],
            summary: nil,
            killMargin: nil,
            timeline: Timeline(),
            finalHealth: health.map { HealthStatus($0) }
        )
    }

    @Test(
        arguments: [
            (nil, nil), ("booting", nil), ("ready_full", nil), ("init_error: DATABASE_URL", "init_error: DATABASE_URL"),
        ] as [(String?, String?)]
    )
    func `only a health that says init_error is an error of the initialisation`(health: String?, error: String?) {
        #expect(startup(health).initialisationError == error)
    }

    @Test func `a start without figures was refused by the platform`() {
        #expect(startup(nil).isRefused)
    }

    @Test func `a ranking is found by its model`() throws {
        let session = try #require(SessionID("00000000-0000-0000-0000-000000000001"))
        let svd = Ranking(model: .svd, places: [RankedMovie(movie: "318", rank: 1, score: 1)])
        let answer = ObservedAnswer(
            request: 1,
            session: session,
            arrivedAt: .zero,
            finishedAt: .seconds(1),
            status: 200,
            state: .svdOnly,
            rankings: [svd]
        )
        #expect(answer.ranking(of: .svd) == svd)
        #expect(answer.ranking(of: .p5) == nil)
    }
}
