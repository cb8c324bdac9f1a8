import ColdstartTestSupport
import Domain
import FoldInSVD
import RecommendationEngine
import Testing

struct PipelineTests {
    @Test func `the best movies of both models become rows, with the places that the visitor sees`() async throws {
        let harness = try PipelineHarness(p5: ReversingReranker())
        let made = try await harness.recommend(topK: 3, start: .p5)

        // The reference's order is 50, 7, 0050, 1e3, 9, 318, a-b, 12345678901234567; P5 reverses it.
        #expect(
            made.response.display.entries.map { "\($0.model) \($0.movie)" } == [
                "p5 12345678901234567", "svd 50", "p5 a-b", "svd 7", "p5 318", "svd 0050",
            ]
        )
        let rows = await harness.store.rows.map { "\($0.model) \($0.rank) \($0.movie) \($0.displayOrder ?? 0)" }
        #expect(
            rows == [
                "svd 1 50 2", "svd 2 7 4", "svd 3 0050 6",
                "p5 1 12345678901234567 1", "p5 2 a-b 3", "p5 3 318 5",
            ]
        )
        #expect(made.response.svdTopSaved == 3 && made.response.p5TopSaved == 3)
        #expect(made.response.svdTop100Size == 8)
    }

    @Test func `a fault of P5 never costs the SVD rows, and leaves no rows of P5 behind`() async throws {
        let harness = try PipelineHarness(p5: ReversingReranker())
        _ = try await harness.recommend(topK: 3, start: .svd)
        let failing = try PipelineHarness(p5: BrokenReranker(), store: harness.store)
        let made = try await failing.recommend(topK: 2, start: .p5)

        #expect(made.notes == ["P5 failed, SVD ranks alone: no more memory"])
        #expect(made.response.p5TopSaved == 0)
        let rows = await harness.store.rows.map { "\($0.model) \($0.rank) \($0.movie) \($0.displayOrder ?? 0)" }
        #expect(rows == ["svd 1 50 1", "svd 2 7 2"])
    }

    @Test func `before SVD has loaded the answer is a success that saves nothing and keeps the earlier set`()
        async throws
    {
        let harness = try PipelineHarness(p5: nil)
        _ = try await harness.recommend(topK: 2, start: .svd)
        let hole = try PipelineHarness(p5: nil, store: harness.store, hasSVD: false)
        let made = try await hole.recommend(topK: 2, start: .svd)

        #expect(made.response.svdTopSaved == 0 && made.response.display.entries.isEmpty)
        #expect(await harness.store.rows.count == 2)
        #expect(await harness.store.writes == 1)
    }

    @Test func `movies shown in phase 1 are no candidates`() async throws {
        let harness = try PipelineHarness(p5: nil, phase1Movies: ["50", "7"])
        let made = try await harness.recommend(topK: 2, start: .svd)
        #expect(made.response.display.entries.map(\.movie) == ["0050", "1e3"])
    }

    @Test func `a session without ratings is refused`() async throws {
        let harness = try PipelineHarness(p5: nil, ratings: [])
        let error = await #expect(throws: ServiceError.self) { try await harness.recommend(topK: 2, start: .svd) }
        #expect(error?.status == 400)
        #expect(error?.detail.contains("no rating history") == true)
        #expect(await harness.store.writes == 0)
    }

    @Test func `a session without candidates is refused`() async throws {
        let harness = try PipelineHarness(p5: nil, catalogue: [])
        let error = await #expect(throws: ServiceError.self) { try await harness.recommend(topK: 2, start: .svd) }
        #expect(error?.status == 400)
        #expect(error?.detail.contains("no candidates") == true)
    }

    @Test func `a session whose movies the model does not know gets an empty answer that says why`() async throws {
        let unknown = Rating(movie: "unknown", value: 5, createdAt: Timestamp(microseconds: 1))
        let harness = try PipelineHarness(p5: ReversingReranker(), ratings: [unknown])
        let made = try await harness.recommend(topK: 2, start: .svd)
        #expect(made.response.svdTopSaved == 0 && made.response.svdTop100Size == 0)
        #expect(made.notes == ["none of the 1 rated movies is known to the SVD model, nothing was ranked"])
    }
}

/// Reranks by turning the order round.
private struct ReversingReranker: Reranker {
    func rerank(_ movies: [RankedMovie], session: SessionID, history: [Rating]) throws -> Reranking {
        let places = movies.reversed().enumerated()
            .map { index, movie in
                RankedMovie(movie: movie.movie, rank: index + 1, score: Double(-index), text: "\(-index)")
            }
        return Reranking(ranking: Ranking(model: .p5, places: places), textGaps: [:])
    }
}

/// Fails whatever it is asked.
private struct BrokenReranker: Reranker {
    struct Failure: Error, CustomStringConvertible {
        let description = "no more memory"
    }

    func rerank(_ movies: [RankedMovie], session: SessionID, history: [Rating]) throws -> Reranking {
        throw Failure()
    }
}
