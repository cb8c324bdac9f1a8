package import Domain
package import FoldInSVD

/// The two stages of ranking without any storage: candidates in, two rankings out.
package struct Recommender: Sendable {
    /// How many of the SVD model's best are handed to P5.
    package static let rerankedMovies = 100

    /// The first stage; `nil` while it has not loaded.
    package let svd: FoldInModel?
    /// The second stage; `nil` while it has not loaded.
    package let p5: (any Reranker)?
    /// What an SVD score is made of.
    package let scoreFormula: ScoreFormula

    /// Creates a recommender from what has loaded.
    package init(svd: FoldInModel?, p5: (any Reranker)?, scoreFormula: ScoreFormula = .factors) {
        self.svd = svd
        self.p5 = p5
        self.scoreFormula = scoreFormula
    }

    /// Both stages' rankings of one session.
    package struct Rankings: Sendable {
        /// The SVD model's best, at most 100; empty where it could not rank.
        package var svd = Ranking(model: .svd, places: [])
        /// P5's order of the same movies; `nil` where P5 did not rank.
        package var p5: Reranking?
        /// Why a model was left out, where one was.
        package var notes: [String] = []

        /// Creates rankings without a place.
        package init() {}
    }

    /// Ranks the candidates with the SVD model and reranks its best with P5; a fault of P5 never costs the first.
    ///
    /// - Parameters:
    ///   - candidates: The movies to choose from, in the order that decides ties.
    ///   - session: The session, which P5's prompts name.
    ///   - history: The session's ratings, newest first.
    /// - Returns: Both rankings, with a note for each model that was left out.
    package func rankings(of candidates: [MovieID], session: SessionID, history: [Rating]) -> Rankings {
        rankings(of: .read(candidates), session: session, history: history)
    }

    /// Ranks the candidates with the SVD model and reranks its best with P5; a fault of P5 never costs the first.
    ///
    /// - Parameters:
    ///   - candidates: The movies to choose from.
    ///   - session: The session, which P5's prompts name.
    ///   - history: The session's ratings, newest first.
    /// - Returns: Both rankings, with a note for each model that was left out.
    package func rankings(of candidates: Candidates, session: SessionID, history: [Rating]) -> Rankings {
        var rankings = Rankings()
        guard let svd else {
            rankings.notes.append("the SVD model has not loaded, nothing was ranked")
            return rankings
        }
        guard let userVector = svd.userVector(for: history) else {
            rankings.notes.append(
                "none of the \(history.count) rated movies is known to the SVD model, nothing was ranked"
            )
            return rankings
        }
        rankings.svd = rank(candidates, for: userVector, with: svd)
        if rankings.svd.places.isEmpty {
            rankings.notes.append("none of the candidates is known to the SVD model, nothing was ranked")
        }
        guard let p5 else {
            rankings.notes.append("P5 has not loaded, SVD ranks alone")
            return rankings
        }
        do {
            let reranking = try p5.rerank(rankings.svd.places, session: session, history: history)
            rankings.p5 = reranking
            if let note = reranking.note { rankings.notes.append("P5: \(note)") }
            if reranking.ranking.places.isEmpty, !rankings.svd.places.isEmpty {
                rankings.notes.append("P5 ranked nothing: none of the SVD model's movies has an internal id")
            }
        } catch {
            rankings.notes.append("P5 failed, SVD ranks alone: \(error)")
        }
        return rankings
    }

    private func rank(_ candidates: Candidates, for userVector: UserVector, with svd: FoldInModel) -> Ranking {
        switch candidates {
        case .read(let movies):
            svd.rank(userVector, candidates: movies, limit: Self.rerankedMovies, formula: scoreFormula)
        case .catalogue(let catalogue, let excluded):
            svd.rank(
                userVector,
                candidates: catalogue.candidates(of: svd),
                excluding: excluded,
                limit: Self.rerankedMovies,
                formula: scoreFormula
            )
        }
    }
}
