import Domain
import ModelFiles
import P5

/// Ten steps of training a soft prompt and the rerank of 100 films behind it, at the size of t5-small.
struct SoftPromptFigure {
    let stage: SecondStageFigures

    /// Measures, beside PEFT and PyTorch where they are there.
    func measure() throws -> Figure {
        let bench = stage.bench
        let input = try SecondStageInput.recorded(bench, tokensAPrompt: 170)
        let reranker = try stage.reranker(
            of: stage.large,
            options: P5Options(threads: bench.threads, mode: .softPrompt(SoftPromptOptions()))
        )
        var work = ReferenceWork("soft_prompt", path: stage.large.directory)
        work.prompts = input.prompts
        work.examples = input.examples
        // The batch that suits PyTorch best without a soft prompt.
        work.batch = SecondStageFigures.referenceBatches[0]
        var coldstart = Series()
        var other = Series()
        var differing: String?
        // The first round warms both sides up and does not count; one takes long enough for few to do.
        for round in 0...max(1, min(3, bench.rounds)) {
            let run = try timed {
                try reranker.rerank(input.films, session: input.session, history: input.history)
            }
            guard run.result.softPrompt != nil else {
                throw BenchError(run.result.fallback ?? "P5 scored without a soft prompt")
            }
            let answer = try bench.reference?.call(work, as: ReferenceAnswer.self)
            guard round > 0 else { continue }
            coldstart.add(run.timing)
            if let answer { other.add(answer.timing) }
            differing = disagreement(input.texts(in: run.result.ranking), answer?.answers)
        }
        let notes = ["\(input.examples.count) examples, batches of 8", differing]
        return Figure(
            "soft prompt, 10 steps, and P5 over 100, t5-small",
            coldstart: coldstart,
            reference: bench.reference == nil ? nil : other,
            aim: .softPrompt,
            note: notes.compactMap(\.self).joined(separator: "; ")
        )
    }
}
