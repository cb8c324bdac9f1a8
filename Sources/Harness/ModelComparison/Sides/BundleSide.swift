package import Domain
import FoldInSVD
import LinearAlgebra
import P5
import RankingMetrics
package import RecommendationEngine

/// A model bundle as a side: it ranks every session that it is given.
///
/// SVD ranks all sessions by the batch kernels; P5 is asked session by session where it takes part.
package struct BundleSide: ComparisonSide {
    package let name: String
    package let fingerprints: [String: String]
    private let ranker: BatchRanker
    /// The candidates that the model knows, by their places in the ranker's lists.
    private let candidates: [MovieID]
    private let reranker: (any Reranker)?
    private let start: Model
    private let report: @Sendable () -> PrecisionReport?

    /// Creates a side from loaded models.
    ///
    /// - Parameters:
    ///   - name: What the user called it.
    ///   - recommender: The models; without P5, SVD ranks alone.
    ///   - catalogue: The movies to choose from; their order decides ties.
    ///   - start: The model that offers first in the display list.
    ///   - fingerprints: SHA-256 of the model files.
    ///   - threads: The most threads.
    ///   - precision: Says what verified precision has done.
    /// - Throws: ``ComparisonError`` where no SVD model has loaded.
    package init(
        name: String,
        recommender: Recommender,
        catalogue: [MovieID],
        startingWith start: Model = .svd,
        fingerprints: [String: String],
        threads: Int? = nil,
        precision: @escaping @Sendable () -> PrecisionReport? = { nil }
    ) throws(ComparisonError) {
        guard let svd = recommender.svd else { throw ComparisonError(name, "has no SVD model, which ranks first") }
        self.name = name
        self.fingerprints = fingerprints
        self.start = start
        report = precision
        reranker = recommender.p5
        ranker = BatchRanker(
            candidates: CandidateSet(catalogue.prefix(RecommendationPipeline.candidateLimit), of: svd),
            limit: Recommender.rerankedMovies,
            formula: recommender.scoreFormula,
            threads: threads ?? WorkerThreads.available
        )
        candidates = ranker.candidates.movies
    }

    package var kind: String { "bundle" }
    /// Few where P5 ranks: progress is seen, and an interruption waits for no more than one session.
    package var sessionsAtOnce: Int { reranker == nil ? 4_800 : 16 }
    package var sessions: [String]? { nil }
    package var precision: PrecisionReport? { report() }

    package func rankings(
        of sessions: ArraySlice<ComparedSession>,
        in table: inout MovieTable
    ) throws -> [SideSession?] {
        let recorded = sessions.map(\.recorded)
        let histories = recorded.map { $0?.history(limit: RecommendationPipeline.historyLimit) ?? [] }
        let ranked = ranker.rank(
            zip(recorded, histories)
                .map { BatchRanker.Visitor(ratings: $1, excluded: $0?.phase1Movies ?? []) }
        )
        // By candidate, as far as one is in a list: most are in none.
        var numbers = [Int32](repeating: -1, count: candidates.count)
        return try recorded.indices.map { index in
            guard let session = recorded[index] else { return nil }
            try Task.checkCancellation()
            let content = content(of: index, in: ranked, session, histories[index], &numbers, &table)
            if let violation = precision?.violation { throw violation }
            return content
        }
    }

    private func content(
        of index: Int,
        in ranked: BatchRankings,
        _ session: RecordedSession,
        _ history: [Rating],
        _ numbers: inout [Int32],
        _ table: inout MovieTable
    ) -> SideSession {
        var content = SideSession()
        let svd = ranked.places(of: index)
        if svd == nil {
            content.notes.append("none of the rated movies is known to the SVD model, nothing was ranked")
        }
        let movies = svd?.positions
            .map { position in
                let candidate = Int(position)
                if numbers[candidate] < 0 { numbers[candidate] = table.number(of: candidates[candidate]) }
                return numbers[candidate]
            }
        let list = RankedList(movies: movies ?? [], scores: svd?.scores.map(Double.init) ?? [])
        content.lists.svd = list
        var p5Top: ArraySlice<Int32> = []
        if let reranker {
            let given = ranked[index]?.places ?? []
            do {
                let reranking = try reranker.rerank(given, session: session.id, history: history)
                let places = reranking.ranking.places
                let p5 = RankedList(places.map { ($0.movie, $0.score) }, in: &table)
                content.lists.p5 = p5
                content.parseFailures = places.count { $0.score == RatingText.scoreWithoutNumber }
                p5Top = p5.movies.prefix(10)
                if let note = reranking.note { content.notes.append("P5: \(note)") }
            } catch {
                content.notes.append("P5 failed, SVD ranks alone: \(error)")
            }
        }
        content.lists.display = .display(svd: list.movies.prefix(10), p5: p5Top, startingWith: start)
        return content
    }
}
