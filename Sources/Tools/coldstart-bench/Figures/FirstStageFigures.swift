import Domain
import FoldInSVD
import ModelFiles
import Scenarios

/// Fold-in and top 100 of the SVD model.
struct FirstStageFigures {
    let bench: Bench
    /// The folder of an SVD model of the production service's 11,888 movies.
    let productionDirectory: String
    /// The folder of an SVD model of 100,000 movies.
    let largeDirectory: String

    /// Measures all sizes, then a batch.
    func measure() throws -> [Figure] {
        let demo = try FoldInModel(directory: bench.bundle.svdDirectory)
        let movies = try CatalogueReader.read(bench.catalogue)
        let session = try SessionReader.read(bench.sessions)[0]
        let production = try FoldInModel(directory: productionDirectory)
        let large = try FoldInModel(directory: largeDirectory)
        return try figures(demo, candidates: movies.map(\.id), history: session.history(limit: 50))
            + figures(
                production,
                candidates: production.movies,
                history: Self.history(over: production),
                aim: .oneSession
            )
            + figures(large, candidates: large.movies, history: Self.history(over: large))
            + BatchFigures(model: production, threads: bench.threads).measure()
    }

    private func figures(
        _ model: FoldInModel,
        candidates: [MovieID],
        history: [Rating],
        aim: Aim = .firstStage
    ) throws -> [Figure] {
        var work = ReferenceWork("svd", path: model.directory)
        work.history = history.map { .init(movieID: $0.movie.text, rating: $0.value) }
        work.candidates = candidates.map(\.text)
        let resolved = CandidateSet(candidates, of: model)
        // As a request does it: the candidates come from the database and are looked up one by one.
        func request() throws -> Ranking { try rank(model, history) { model.rank($0, candidates: candidates) } }
        func repeated() throws -> Ranking { try rank(model, history) { model.rank($0, candidates: resolved) } }
        var series = (request: Series(), repeated: Series(), reference: Series())
        var note: String?
        // The first round warms both sides up and does not count.
        for round in 0...3 * bench.rounds {
            let once = try timed(request)
            let again = try timed(repeated)
            let answer = try bench.reference?.call(work, as: ReferenceAnswer.self)
            guard round > 0 else {
                note = disagreement(once.result, answer?.answers)
                continue
            }
            series.request.add(once.timing)
            series.repeated.add(again.timing)
            if let answer { series.reference.add(answer.timing) }
        }
        let reference = bench.reference == nil ? nil : series.reference
        let size = Quantity.grouped(Double(candidates.count))
        var whole = Figure(
            "SVD fold-in, top 100 of \(size)",
            coldstart: series.request,
            reference: reference,
            aim: aim,
            note: note ?? (reference == nil ? nil : "the ranking is the reference's")
        )
        whole.hasFailed = note != nil
        return [
            whole,
            Figure(
                "SVD over \(size), candidates resolved once",
                coldstart: series.repeated,
                reference: reference,
                aim: aim
            ),
        ]
    }

    private func rank(
        _ model: FoldInModel,
        _ history: [Rating],
        _ ranking: (UserVector) -> Ranking
    ) throws -> Ranking {
        guard let user = model.userVector(for: history) else {
            throw BenchError("\(model.directory): none of the \(history.count) rated movies is in the model")
        }
        return ranking(user)
    }

    /// Fifteen ratings of movies spread over the model.
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
