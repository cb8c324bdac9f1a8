import Domain
import Foundation
import FoldInSVD
import ModelFiles
import P5

/// From models that nobody has opened to the first ranking, in a process that has touched none of their pages.
struct FirstRanking {
    /// The stage that ranks.
    enum Stage: String, Codable {
        /// The SVD model, once everything is open.
        case svd
        /// P5, one movie.
        case p5
    }

    /// What it took.
    struct Result: Codable {
        /// Opening and the first ranking.
        let whole: Timing
        /// Opening alone.
        let opening: Timing
        /// The same ranking once more, all pages mapped.
        let again: Timing
        /// The pages that the kernel mapped from opening to the end of the first ranking.
        let faults: Int

        /// The first ranking alone, in seconds.
        var ranking: Double { whole.seconds - opening.seconds }
    }

    let bench: Bench
    /// The random t5-small, laid out as a bundle without an SVD model.
    let large: BundlePaths
    /// The folder of the SVD model.
    let factors: String

    /// The input of P5: one movie, whose prompt is as long as any.
    static func input(_ bench: Bench) throws -> SecondStageInput {
        try SecondStageInput.recorded(bench, tokensAPrompt: 170, movies: 1)
    }

    /// Opens and ranks in this process.
    func run(_ stage: Stage) throws -> Result {
        let input = try Self.input(bench)
        let figures = SecondStageFigures(bench: bench, large: large)
        let before = Machine.pageFaults()
        let whole: Timing
        let opening: Timing
        let work: () throws -> Void
        switch stage {
        case .p5:
            let opened = try timed { try figures.reranker(of: large) }
            work = { keep(try opened.result.rerank(input.movies, session: input.session, history: input.history)) }
            opening = opened.timing
        case .svd:
            let opened = try timed {
                (try figures.reranker(of: large), try FoldInModel(directory: factors))
            }
            let model = opened.result.1
            let visitor = BatchFigures.visitors(1, of: model)[0]
            work = {
                guard let user = model.userVector(for: visitor.ratings) else { return }
                keep(model.rank(user, candidates: model.movies))
            }
            opening = opened.timing
        }
        let first = try timed(work).timing
        let faults = Machine.pageFaults() - before
        whole = Timing(seconds: opening.seconds + first.seconds, cpu: opening.cpu + first.cpu)
        return Result(whole: whole, opening: opening, again: try timed(work).timing, faults: faults)
    }
}
