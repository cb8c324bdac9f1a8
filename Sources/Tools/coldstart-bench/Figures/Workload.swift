import Domain
import FoldInSVD
import ModelFiles
import P5
import Scenarios

/// Fixed pieces of work on one thread, for tools that watch a process of its own.
enum Workload: String, CaseIterable {
    /// P5 of the demo bundle over two candidates.
    case p5
    /// One step of training a soft prompt for the demo bundle, and P5 over one candidate behind it.
    case softPrompt = "soft-prompt"
    /// Fold-in and top 100 of 11,888 movies.
    case svd
    /// The same for a block of a batch.
    case svdBatch = "svd-batch"
    /// The prompts of 100 candidates.
    case tokenizer
    /// The recorded sessions, read from JSON.
    case sessions
    /// P5 over 100 candidates three times, with all threads, for a profile.
    case p5Profile = "p5-profile"

    /// What is done.
    var title: String {
        switch self {
        case .p5: "P5 over 2, demo bundle"
        case .softPrompt: "soft prompt, 1 step, P5 over 1, demo bundle"
        case .svd: "SVD fold-in, top 100 of 11,888"
        case .svdBatch: "SVD batch, \(BatchRanker.visitorsABlock) sessions"
        case .tokenizer: "tokenise 100 prompts"
        case .sessions: "read recorded sessions from JSON"
        case .p5Profile: "P5 over 100, t5-small"
        }
    }

    /// The workloads whose instructions are counted.
    static let counted: [Workload] = [.p5, .softPrompt, .svd, .svdBatch, .tokenizer, .sessions]

    /// Does the work once within ``measuredWork(_:)``; opening models and making input is left out.
    func run(_ stage: SecondStageFigures, svdDirectory: String) throws {
        let bench = stage.bench
        switch self {
        case .p5:
            let input = try SecondStageInput.recorded(bench)
            let reranker = try stage.reranker(of: bench.bundle)
            let movies = Array(input.movies.prefix(2))
            measuredWork { keep(try? reranker.rerank(movies, session: input.session, history: input.history)) }
        case .softPrompt:
            let input = try SecondStageInput.recorded(bench)
            var soft = SoftPromptSettings()
            soft.steps = 1
            let reranker = try stage.reranker(
                of: bench.bundle,
                settings: P5Settings(threads: bench.threads, mode: .softPrompt(soft))
            )
            let movies = Array(input.movies.prefix(1))
            measuredWork { keep(try? reranker.rerank(movies, session: input.session, history: input.history)) }
        case .p5Profile:
            let input = try SecondStageInput.recorded(bench, tokensAPrompt: 170)
            let reranker = try stage.reranker(of: stage.large)
            measuredWork {
                for _ in 0..<3 {
                    keep(try? reranker.rerank(input.movies, session: input.session, history: input.history))
                }
            }
        case .svd:
            let model = try FoldInModel(directory: svdDirectory)
            let candidates = CandidateSet(model.movies, of: model)
            let visitor = BatchFigures.visitors(1, of: model)[0]
            measuredWork {
                keep(model.userVector(for: visitor.ratings).map { model.rank($0, candidates: candidates) })
            }
        case .svdBatch:
            let model = try FoldInModel(directory: svdDirectory)
            let ranker = BatchRanker(candidates: CandidateSet(model.movies, of: model), threads: 1)
            let visitors = BatchFigures.visitors(BatchRanker.visitorsABlock, of: model)
            measuredWork { keep(ranker.rank(visitors)) }
        case .tokenizer:
            let input = try SecondStageInput.recorded(bench)
            let tokenizer = try Tokenizer(modelPath: bench.bundle.sentencePieceModel)
            measuredWork {
                for prompt in input.prompts { keep(try? tokenizer.encode(prompt, maximumLength: 256)) }
            }
        case .sessions:
            measuredWork { keep(try? SessionReader.read(bench.sessions)) }
        }
    }
}

/// Does the work that a tool counts: callgrind looks for this function by its name.
@inline(never)
func measuredWork(_ work: () -> Void) {
    work()
}
