import Domain
import ModelFiles
import P5

/// Ten steps of training a soft prompt and the rerank of 100 movies behind it, at the size of t5-small.
struct SoftPromptFigure {
    let stage: SecondStageFigures
    /// The prompts of one batch of PyTorch's rerank: as many as suit it best without a soft prompt.
    let referenceBatch: Int?

    /// Measures, beside PEFT and PyTorch where they are there.
    func measure() throws -> Figure {
        let bench = stage.bench
        let input = try SecondStageInput.recorded(bench, tokensAPrompt: 170)
        let reranker = try stage.reranker(
            of: stage.large,
            settings: P5Settings(threads: bench.threads, mode: .softPrompt(SoftPromptSettings()))
        )
        var work = ReferenceWork("soft_prompt", path: stage.large.directory)
        work.prompts = input.prompts
        work.examples = input.examples
        work.batch = referenceBatch
        var coldstart = Series()
        var pairs = PairedRuns()
        var agreement = TextAgreement(with: "PEFT")
        // The first round warms both sides up and does not count.
        for round in 0...stage.largeRounds {
            let run = try timed {
                try reranker.rerank(input.movies, session: input.session, history: input.history)
            }
            guard run.result.softPrompt != nil else {
                throw BenchError(run.result.fallback ?? "P5 scored without a soft prompt")
            }
            let answer = try bench.reference?.call(work, as: ReferenceAnswer.self)
            if let answer { agreement.compare(run.result, answer.answers ?? [], input) }
            guard round > 0 else { continue }
            coldstart.add(run.timing)
            if let answer { pairs.add(run.timing, answer.timing) }
        }
        let notes = [
            "\(input.examples.count) examples, batches of 8",
            referenceBatch.map { "PyTorch reranks \($0) at once" },
            pairs.note,
            agreement.note,
        ]
        var figure = Figure(
            "soft prompt, 10 steps, and P5 over 100, t5-small",
            coldstart: coldstart,
            reference: bench.reference == nil ? nil : pairs.other,
            aim: .softPrompt,
            note: notes.compactMap(\.self).joined(separator: "; ")
        )
        figure.hasFailed = agreement.hasFailed
        return figure
    }
}
