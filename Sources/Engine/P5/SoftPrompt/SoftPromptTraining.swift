package import Domain

/// A trained soft prompt and how it came about.
package struct SoftPromptTraining: Hashable, Sendable {
    /// The virtual tokens after the last step.
    package let prompt: SoftPrompt
    /// The order in which the examples were taken.
    package let order: [Int]
    /// The loss of each step's batch, before the step.
    package let losses: [Float]
}

extension T5Model {
    /// Trains a soft prompt on examples; the model's own weights stay as they are.
    ///
    /// The examples are shuffled once, then taken in order in batches, the last one short, then from the start again.
    /// The results are the same bits whatever `threads` is.
    ///
    /// - Parameters:
    ///   - start: The virtual tokens to begin with.
    ///   - examples: The examples; without any the prompt stays as it is.
    ///   - settings: The steps and their size.
    ///   - threads: The most threads that work at once.
    /// - Returns: The trained prompt with each step's loss.
    /// - Throws: ``P5Error`` where an example cannot be run through the model, or a loss is not a finite number.
    /// - Precondition: `threads` is at least 1 and `start` has the model's width.
    /// - Complexity: Three times that of encoding the prompts of all steps' batches.
    package func train(
        _ start: SoftPrompt,
        on examples: [SoftPromptExample],
        settings: SoftPromptSettings,
        threads: Int
    ) throws(P5Error) -> SoftPromptTraining {
        precondition(threads >= 1 && start.width == configuration.modelWidth, "\(threads) threads, \(start.width) wide")
        try P5Error.checking(settings.validate)
        let words = examples.compactMap(\.words)
        try check(examples.map(\.prompt), words: words.isEmpty ? nil : words)
        try check(examples.map(\.target), words: nil)
        var generator = SplitMix64(seed: settings.seed)
        let order = generator.shuffled(examples.count)
        let starts = Array(stride(from: 0, to: examples.count, by: settings.batch))
        var prompt = start
        var optimiser = AdamW(count: start.values.count, settings: settings)
        var losses: [Float] = []
        let workspace = ReusedBuffers()
        for step in 0..<(starts.isEmpty ? 0 : settings.steps) {
            let dropout = Dropout(rate: Float(settings.dropout), seed: generator.next())
            let batch = order[starts[step % starts.count]...].prefix(settings.batch).map { examples[$0] }
            let (loss, gradient) = TrainingStep(
                model: encoder,
                dropout: dropout,
                threads: threads,
                workspace: workspace
            )(
                batch,
                behind: prompt
            )
            guard loss.isFinite, gradient.allSatisfy(\.isFinite) else {
                throw P5Error(
                    .numbers,
                    "soft prompt: step \(step + 1): found a loss of \(loss), expected a finite number and gradient; "
                        + "check the checkpoint for damaged weights, or lower the learning rate"
                )
            }
            optimiser.step(&prompt.values, gradient: gradient)
            losses.append(loss)
        }
        return SoftPromptTraining(prompt: prompt, order: order, losses: losses)
    }
}
