import ColdstartTestSupport
import Domain
import FoldInSVD
import RecommendationEngine
import Testing

/// A pipeline over the reference's tiny SVD model and a store in memory.
struct PipelineHarness {
    /// The store that the pipeline writes to.
    let store: InMemoryStore
    private let recommender: Recommender
    private let session: SessionID

    /// Creates a pipeline whose session rated what the reference's case did, unless told otherwise.
    init(
        p5: (any Reranker)?,
        store: InMemoryStore? = nil,
        hasSVD: Bool = true,
        ratings: [Rating]? = nil,
        catalogue: [MovieID] = ["318", "50", "0050", "7", "a-b", "12345678901234567", "9", "1e3", "unknown"],
        phase1Movies: Set<MovieID> = []
    ) throws {
        let svd = try FoldInModel(directory: Fixtures.path("svd"))
        self.recommender = Recommender(svd: hasSVD ? svd : nil, p5: p5)
        self.session = try #require(SessionID("a05f020e-c391-4ba9-bfb3-4047de64816e"))
        let rated: [(MovieID, Double)] = [("50", 9), ("a-b", 3), ("not-in-the-model", 8), ("1e3", 6.5), ("0050", 10)]
        self.store =
            store
            ?? InMemoryStore(
                ratings: ratings
                    ?? rated.enumerated()
                    .map { index, rating in
                        let moment = Timestamp(microseconds: Int64(index))
                        return Rating(movie: rating.0, value: rating.1, createdAt: moment)
                    },
                catalogue: catalogue.filter { !phase1Movies.contains($0) }
            )
    }

    /// Sends one request through the pipeline.
    func recommend(topK: Int, start: Model) async throws -> Recommendation {
        try await RecommendationPipeline(
            store: store,
            catalogues: UncachedCatalogue(store: store)
        ) { [recommender] _, _ in recommender }
        .answer(
            RecommendRequest(session: session, topKPerModel: topK),
            in: .full,
            hooks: PlainRequest(startingWith: start)
        )
    }
}

/// A store for one session that keeps everything in memory.
actor InMemoryStore: RecommendationStore {
    private let ratings: [Rating]
    private let catalogue: [MovieID]
    /// The rows that are stored.
    private(set) var rows: [RecommendationRow] = []
    /// How many times rows were written.
    private(set) var writes = 0

    init(ratings: [Rating], catalogue: [MovieID]) {
        self.ratings = ratings
        self.catalogue = catalogue
    }

    func sessionInputs(of session: SessionID, historyLimit: Int) -> SessionInputs {
        SessionInputs(history: Array(ratings.reversed().prefix(historyLimit)), phase1Movies: [])
    }

    func catalogueFingerprint(limit: Int) -> String { "\(catalogue.prefix(limit))" }

    func catalogue(limit: Int) -> Catalogue {
        Catalogue(movies: Array(catalogue.prefix(limit)), fingerprint: catalogueFingerprint(limit: limit))
    }

    func replaceRecommendations(
        session: SessionID,
        phase: Int,
        svd: [RecommendationRow],
        p5: [RecommendationRow]
    ) {
        rows = svd + p5
        writes += 1
    }
}
