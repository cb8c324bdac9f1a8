package import Domain

/// The work behind `POST /recommend`: reads ratings and candidates, ranks, interleaves, writes the rows.
///
/// Whoever answers, plays, predicts or prepares a request does it by ``answer(_:in:hooks:)``.
package struct RecommendationPipeline: Sendable {
    /// Returns what ranks in a state, with at most so many threads.
    package typealias RecommenderSource = @Sendable (ServingState, _ threads: Int) throws -> Recommender

    /// The most ratings of a session that are read.
    package static let historyLimit = 50
    /// The most movies of the catalogue that are considered.
    package static let candidateLimit = 10_000

    /// Where ratings come from and rows go to.
    private let store: any RecommendationStore
    /// Where the movies come from that sessions share.
    private let catalogues: any CatalogueSource
    private let recommender: RecommenderSource
    private let results: BundleCache?

    /// Creates a pipeline.
    ///
    /// - Parameters:
    ///   - store: Where ratings come from and rows go to.
    ///   - catalogues: Where the movies come from that sessions share.
    ///   - results: The result cache, if any.
    ///   - recommender: Returns what ranks in a state.
    package init(
        store: any RecommendationStore,
        catalogues: any CatalogueSource,
        results: BundleCache? = nil,
        recommender: @escaping RecommenderSource
    ) {
        self.store = store
        self.catalogues = catalogues
        self.results = results
        self.recommender = recommender
    }

    /// The same pipeline with another way to the rows, such as one with a fault in it.
    package func over(_ store: any RecommendationStore) -> RecommendationPipeline {
        RecommendationPipeline(store: store, catalogues: catalogues, results: results, recommender: recommender)
    }

    /// The same pipeline without its result cache, for rankings that no later request asks for.
    package var withoutResults: RecommendationPipeline {
        RecommendationPipeline(store: store, catalogues: catalogues, recommender: recommender)
    }

    /// Rankings, and whether they were known from an earlier request.
    package struct Ranked: Sendable {
        /// The rankings.
        package let rankings: Recommender.Rankings
        /// Whether the result cache had them.
        package let isCached: Bool
    }

    /// Answers one request.
    ///
    /// A run that ranked nothing writes nothing, so that an earlier set stays; the answer then says zero rows.
    ///
    /// - Parameters:
    ///   - request: The session and how many rows to write.
    ///   - state: What it is ranked with.
    ///   - hooks: What surrounds its steps.
    /// - Returns: The answer with the rankings behind it.
    /// - Throws: `ServiceError` 400 without ratings or candidates; the store's error where the database fails;
    ///   `CancellationError`, before anything is written.
    package func answer(
        _ request: RecommendRequest,
        in state: ServingState,
        hooks: some RequestHooks
    ) async throws -> Recommendation {
        let inputs = try await hooks.storage(.read) { try await self.inputs(for: request) }
        let key = results?.key(request.session, inputs, state)
        let ranked = try await hooks.ranking(in: state) {
            try await rank(request.session, inputs, in: state, knownBy: key, hooks)
        }
        // A failure of P5 is not worth keeping.
        if let key, !ranked.isCached, state != .full || ranked.rankings.p5 != nil {
            results?.keep(ranked.rankings, for: key)
        }
        try Task.checkCancellation()
        return try await hooks.storage(.write) {
            try await save(ranked.rankings, for: request, startingWith: hooks.displayStart())
        }
    }

    /// What a request is ranked from, as the store holds it.
    package struct Inputs: Hashable, Sendable {
        /// The session's ratings, newest first.
        package let history: [Rating]
        /// The movies to choose from.
        package let candidates: Candidates

        /// Creates inputs.
        package init(history: [Rating], candidates: Candidates) {
            self.history = history
            self.candidates = candidates
        }
    }

    private func inputs(for request: RecommendRequest) async throws -> Inputs {
        let session = request.session
        let inputs = try await store.sessionInputs(of: session, historyLimit: Self.historyLimit)
        guard !inputs.history.isEmpty else {
            throw ServiceError(status: 400, detail: "no rating history for session \(session)")
        }
        let candidates = Candidates.catalogue(try await catalogues.catalogue(), excluding: inputs.phase1Movies)
        guard !candidates.isEmpty else {
            throw ServiceError(status: 400, detail: "no candidates for session \(session)")
        }
        return Inputs(history: inputs.history, candidates: candidates)
    }

    private func rank(
        _ session: SessionID,
        _ inputs: Inputs,
        in state: ServingState,
        knownBy key: ResultCache.Key?,
        _ hooks: some RequestHooks
    ) async throws -> Ranked {
        if let key, let results {
            let known = results.rankings(for: key)
            hooks.lookedUp(hit: known != nil)
            if let known { return Ranked(rankings: known, isCached: true) }
        }
        let rankings = try await hooks.computing(in: state) { [recommender] threads in
            hooks.recommender(try recommender(state, threads))
                .rankings(of: inputs.candidates, session: session, history: inputs.history)
        }
        return Ranked(rankings: rankings, isCached: false)
    }

    /// Interleaves both rankings, writes the rows and makes the answer; rankings without a place write nothing.
    private func save(
        _ rankings: Recommender.Rankings,
        for request: RecommendRequest,
        startingWith start: Model
    ) async throws -> Recommendation {
        let svdTop = rankings.svd.places.prefix(request.topKPerModel)
        let p5Top = rankings.p5?.ranking.places.prefix(request.topKPerModel) ?? []
        let display = DisplayList(svd: svdTop.map(\.movie), p5: p5Top.map(\.movie), start: start)
        if !svdTop.isEmpty {
            try await store.replaceRecommendations(
                session: request.session,
                phase: request.phase,
                svd: rows(for: svdTop, model: .svd, request: request, display: display),
                p5: rows(for: p5Top, model: .p5, request: request, display: display)
            )
        }
        return Recommendation(
            response: RecommendResponse(
                session: request.session,
                phase: request.phase,
                svdTopSaved: svdTop.count,
                p5TopSaved: p5Top.count,
                svdTop100Size: rankings.svd.places.count,
                display: display
            ),
            rankings: [rankings.svd] + (rankings.p5.map { [$0.ranking] } ?? []),
            textGaps: rankings.p5?.textGaps ?? [:],
            notes: rankings.notes
        )
    }

    private func rows(
        for places: ArraySlice<RankedMovie>,
        model: Model,
        request: RecommendRequest,
        display: DisplayList
    ) -> [RecommendationRow] {
        places.map { place in
            RecommendationRow(
                session: request.session,
                movie: place.movie,
                score: place.score,
                model: model,
                phase: request.phase,
                rank: place.rank,
                displayOrder: display.entries.first { $0.model == model && $0.movie == place.movie }?.order
            )
        }
    }
}
