package import Domain

/// The work behind `POST /recommend`: reads ratings and candidates, ranks, interleaves, writes the rows.
package struct RecommendationPipeline: Sendable {
    /// The most ratings of a session that are read.
    package static let historyLimit = 50
    /// The most movies of the catalogue that are considered.
    package static let candidateLimit = 10_000

    /// Where ratings come from and rows go to.
    package let store: any RecommendationStore
    /// Where the movies come from that sessions share.
    private let catalogues: (any CatalogueSource)?

    /// Creates a pipeline over a store, which reads the candidates of each request.
    package init(store: any RecommendationStore) {
        self.store = store
        catalogues = nil
    }

    /// Creates a pipeline over a source of the catalogue, which reads of each request what is its session's own.
    package init(catalogues: some CatalogueSource) {
        store = catalogues.store
        self.catalogues = catalogues
    }

    /// Answers one request.
    ///
    /// A run that ranked nothing writes nothing, so that an earlier set stays; the answer then says zero rows.
    ///
    /// - Parameters:
    ///   - request: The session and how many rows to write.
    ///   - recommender: The models that have loaded by now.
    ///   - start: The model that begins the display list.
    /// - Returns: The answer with the rankings behind it.
    /// - Throws: `ServiceError` 400 without ratings or candidates; the store's error where the database fails.
    package func recommend(
        _ request: RecommendRequest,
        with recommender: Recommender,
        startingWith start: Model
    ) async throws -> Recommendation {
        let inputs = try await inputs(for: request)
        let rankings = recommender.rankings(
            of: inputs.candidates,
            session: request.session,
            history: inputs.history
        )
        return try await save(rankings, for: request, startingWith: start)
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

    /// Reads what a request is ranked from.
    ///
    /// - Throws: `ServiceError` 400 without ratings or candidates; the store's error where the database fails.
    package func inputs(for request: RecommendRequest) async throws -> Inputs {
        let session = request.session
        let (history, seen) = try await sessionInputs(of: session)
        guard !history.isEmpty else {
            throw ServiceError(status: 400, detail: "no rating history for session \(session)")
        }
        let candidates: Candidates =
            if let catalogues {
                .catalogue(try await catalogues.catalogue(), excluding: seen)
            } else {
                .read(try await store.candidates(for: session, limit: Self.candidateLimit))
            }
        guard !candidates.isEmpty else {
            throw ServiceError(status: 400, detail: "no candidates for session \(session)")
        }
        return Inputs(history: history, candidates: candidates)
    }

    /// The ratings of a session and, where the catalogue is shared, the movies that are no candidates for it.
    private func sessionInputs(of session: SessionID) async throws -> (history: [Rating], seen: [MovieID]) {
        guard let catalogues else {
            return (try await store.history(of: session, limit: Self.historyLimit), [])
        }
        let inputs = try await catalogues.store.sessionInputs(of: session, historyLimit: Self.historyLimit)
        return (inputs.history, inputs.phase1Movies)
    }

    /// Interleaves both rankings, writes the rows and makes the answer; rankings without a place write nothing.
    ///
    /// - Throws: The store's error where the database fails.
    package func save(
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
