import Domain
import FoldInSVD
import ModelFiles
import P5
import Reports

/// How time grows with candidates, prompts, movies and sessions.
struct GrowthFigures {
    let stage: SecondStageFigures
    /// Runs of the program itself, `nil` where it is not there.
    let replay: ReplayGrowth?
    /// The folder of the SVD model of so many movies, made where it is not there.
    let factors: (Int) throws -> String

    /// Measures all series.
    func measure() throws -> [GrowthSeries] {
        [try candidates(), try promptLength(), try movies(), try sessions()] + (try replays())
    }

    /// The process target has a real clock, on which a session comes every millisecond.
    private func replays() throws -> [GrowthSeries] {
        guard let replay else { return [] }
        return [
            try replay.measure(.simulated, sessions: [100, 1_000, 10_000, 100_000]),
            try replay.measure(.process, sessions: [100, 1_000, 10_000]),
        ]
    }

    private var threads: String { stage.bench.threads == 1 ? "1 thread" : "\(stage.bench.threads) threads" }

    private func candidates() throws -> GrowthSeries {
        let reranker = try stage.reranker(of: stage.large)
        let input = try SecondStageInput.recorded(stage.bench, tokensAPrompt: 170, movies: 1_000)
        let points = try [10, 30, 100, 300, 1_000]
            .map { count in
                let movies = Array(input.movies.prefix(count))
                return GrowthSeries.Point(
                    size: Double(movies.count),
                    seconds: try time {
                        _ = try reranker.rerank(movies, session: input.session, history: input.history)
                    }
                )
            }
        return GrowthSeries(
            title: "P5, t5-small, \(Quantity.digits(input.tokensAPrompt)) tokens a prompt, \(threads)",
            unit: "candidates",
            points: points
        )
    }

    private func promptLength() throws -> GrowthSeries {
        var reranker = try stage.reranker(of: stage.large)
        let points = try [50.0, 100, 150, 200, Double(P5Settings().maximumLength)]
            .map { tokens in
                var input = try SecondStageInput.recorded(stage.bench, tokensAPrompt: tokens)
                if input.history.count >= RatingPrompt.historyLimit {
                    // As many ratings as a prompt names of movies with the demo's ids end before the longest prompt.
                    input = try input.withLongerIDs(reranker.tokenizer)
                    reranker = try P5Reranker(
                        model: reranker.model,
                        tokenizer: reranker.tokenizer,
                        dataMaps: input.dataMaps,
                        settings: reranker.settings
                    )
                }
                return GrowthSeries.Point(
                    size: input.tokensAPrompt,
                    seconds: try time {
                        _ = try reranker.rerank(input.movies, session: input.session, history: input.history)
                    }
                )
            }
        return GrowthSeries(
            title: "P5, t5-small, 100 candidates, \(threads)",
            unit: "tokens a prompt",
            points: points
        )
    }

    private func movies() throws -> GrowthSeries {
        let points = try [10_000, 30_000, 100_000, 300_000, 1_000_000]
            .map { count in
                let model = try FoldInModel(directory: factors(count))
                let candidates = CandidateSet(model.movies, of: model)
                let visitor = BatchFigures.visitors(1, of: model)[0]
                return GrowthSeries.Point(
                    size: Double(count),
                    seconds: time {
                        guard let user = model.userVector(for: visitor.ratings) else { return }
                        keep(model.rank(user, candidates: candidates, excluding: visitor.excluded))
                    }
                )
            }
        return GrowthSeries(title: "SVD, fold-in and top 100, one session", unit: "movies", points: points)
    }

    private func sessions() throws -> GrowthSeries {
        let model = try FoldInModel(directory: factors(11_888))
        let ranker = BatchRanker(candidates: CandidateSet(model.movies, of: model), threads: stage.bench.threads)
        let visitors = BatchFigures.visitors(100_000, of: model)
        let points = [1, 10, 100, 1_000, 10_000, 100_000]
            .map { count in
                let batch = Array(visitors.prefix(count))
                return GrowthSeries.Point(size: Double(count), seconds: time { keep(ranker.rank(batch)) })
            }
        return GrowthSeries(title: "SVD batch over 11,888 movies, \(threads)", unit: "sessions", points: points)
    }

    /// The median time of some work in seconds: of one run where that takes long, else of as many as fit into a second.
    private func time(_ work: () throws -> Void) rethrows -> Double {
        let first = try timed(work).timing
        guard first.seconds < 2 else { return first.seconds }
        var series = Series()
        var spent = 0.0
        while series.count < stage.bench.rounds || (spent < 0.2 && series.count < 1_000) {
            let timing = try timed(work).timing
            series.add(timing)
            spent += timing.seconds
        }
        return series.seconds
    }
}
