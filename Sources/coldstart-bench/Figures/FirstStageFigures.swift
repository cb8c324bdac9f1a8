import Domain
import FoldInSVD
import ModelFiles
import Scenarios

/// Fold-in and top 100 of the SVD model.
struct FirstStageFigures {
    let bench: Bench
    /// The folder of an SVD model of 100,000 films.
    let largeDirectory: String

    /// Measures both sizes.
    func measure() throws -> [Figure] {
        let demo = try FoldInModel(directory: bench.bundle.svdDirectory)
        let films = try CatalogueReader.read(bench.catalogue)
        let session = try SessionReader.read(bench.sessions)[0]
        let large = try FoldInModel(directory: largeDirectory)
        return try figures(demo, candidates: films.map(\.id), history: session.history(limit: 50))
            + figures(large, candidates: large.movies, history: Self.history(over: large))
    }

    private func figures(_ model: FoldInModel, candidates: [MovieID], history: [Rating]) throws -> [Figure] {
        var work = ReferenceWork("svd", path: model.directory)
        work.history = history.map { .init(movieID: $0.movie.text, rating: $0.value) }
        work.candidates = candidates.map(\.text)
        // As a request does it: the candidates come from the database and are looked up one by one.
        let request = try bench.alternate(
            rounds: 3 * bench.rounds,
            { try rank(model, history) { model.rank($0, candidates: candidates) } },
            against: work
        )
        let resolved = CandidateSet(candidates, of: model)
        let repeated = try bench.alternate(
            rounds: 3 * bench.rounds,
            { try rank(model, history) { model.rank($0, candidates: resolved) } },
            against: work
        )
        let size =
            model.movies.count >= 100_000 ? "100,000" : "\(candidates.count / 1_000),\(Self.rest(candidates.count))"
        return [
            Figure(
                "SVD fold-in, top 100 of \(size)",
                coldstart: request.coldstart,
                reference: request.reference,
                aim: .firstStage,
                note: disagreement(request.result.movies.map(\.text), request.answer?.answers)
            ),
            Figure(
                "the same, candidates resolved once",
                coldstart: repeated.coldstart,
                reference: repeated.reference,
                aim: .firstStage
            ),
        ]
    }

    private func rank(
        _ model: FoldInModel,
        _ history: [Rating],
        _ ranking: (UserVector) -> Ranking
    ) throws -> Ranking {
        guard let user = model.userVector(for: history) else {
            throw BenchError("\(model.directory): none of the \(history.count) rated films is in the model")
        }
        return ranking(user)
    }

    private static func rest(_ count: Int) -> String {
        String(String(1_000 + count % 1_000).dropFirst())
    }

    /// Fifteen ratings of films spread over the model.
    private static func history(over model: FoldInModel) -> [Rating] {
        (0..<15)
            .map { index in
                Rating(
                    movie: model.movies[(index * 7_919 + 13) % model.movies.count],
                    value: Double(1 + index * 7 % 10),
                    createdAt: Timestamp(microseconds: Int64(index))
                )
            }
    }
}
