import LinearAlgebra

/// The loss of a batch of examples behind a soft prompt, and its gradient at the virtual tokens.
struct TrainingStep {
    /// The most examples that a thread takes through the model together.
    static let examplesAtOnce = 8

    let model: Encoder
    let dropout: Dropout
    let threads: Int
    /// Where the step works; the next step may work there as well.
    var workspace = ReusedBuffers()

    /// Computes loss and gradient; the same bits whatever `threads` is.
    ///
    /// - Returns: The loss, and the gradient in the shape of the virtual tokens' values.
    /// - Precondition: There is at least one example.
    /// - Complexity: O(tokens · layers · width · (width + longest prompt)), some twice that of encoding the prompts.
    func callAsFunction(_ examples: [SoftPromptExample], behind softPrompt: SoftPrompt) -> (loss: Float, [Float]) {
        let configuration = model.configuration
        let words = examples.compactMap(\.words)
        let prompts = PackedPrompts(
            prompts: examples.map(\.prompt)[...],
            words: words.isEmpty ? nil : words[...],
            behind: softPrompt
        )
        workspace.startOver()
        let lengths = examples.indices.map { prompts.rows(of: $0).count }
        let targets = examples.map(\.target)
        let encoder = StackTrace(
            kind: .encoder,
            configuration: configuration,
            lengths: lengths,
            attended: [],
            in: workspace
        )
        let decoder = StackTrace(
            kind: .decoder,
            configuration: configuration,
            lengths: targets.map(\.count),
            attended: lengths,
            in: workspace
        )
        let longestTarget = targets.map(\.count).max() ?? 0
        let units = Encoder.units(prompts: examples.count, batch: Self.examplesAtOnce, threads: threads)
        let memories = (0..<min(threads, units.count))
            .map { _ in
                TrainingWorkspace(
                    configuration: configuration,
                    rows: units.map { encoder.rows(of: $0).count }.max() ?? 0,
                    targetRows: units.map { decoder.rows(of: $0).count }.max() ?? 0,
                    longest: prompts.longest,
                    longestTarget: longestTarget,
                    in: workspace
                )
            }
        let encoderPositions = positions(model.weights.encoderPositions, .bidirectional, length: prompts.longest)
        let decoderPositions = positions(model.weights.decoderPositions, .causal, length: longestTarget)
        // Dropout makes equal rows differ.
        let firstLayer = dropout.isOff ? FirstLayer(encoder: model, prompts: prompts, threads: threads) : nil
        func pass(_ unit: Int, _ worker: Int) -> TrainingPass {
            TrainingPass(
                model: model,
                dropout: dropout,
                prompts: prompts,
                firstLayer: firstLayer,
                decoderInputs: targets.map { [configuration.startToken] + $0.dropLast() },
                encoder: encoder,
                decoder: decoder,
                encoderPositions: encoderPositions,
                decoderPositions: decoderPositions,
                range: units[unit],
                workspace: memories[worker]
            )
        }
        WorkerThreads.run(units: units.count, threads: threads) { pass($0, $1).forward() }
        let loss = TargetLoss(model: model, targets: targets.flatMap(\.self))(
            output: decoder.output.pointer,
            gradient: decoder.outputGradient.pointer,
            threads: threads
        )
        WorkerThreads.run(units: units.count, threads: threads) { pass($0, $1).backward() }
        return (loss, sum(encoder, count: softPrompt.values.count))
    }

    private func positions(
        _ table: LinearWeight,
        _ direction: RelativePositionBias.Direction,
        length: Int
    ) -> RelativePositionBias {
        RelativePositionBias(
            table: table,
            direction: direction,
            length: length,
            maximumDistance: model.configuration.maximumDistance
        )
    }

    /// The sum of the examples' gradients at their virtual tokens, in the order of the examples.
    private func sum(_ encoder: StackTrace, count: Int) -> [Float] {
        var sum = [Float](repeating: 0, count: count)
        for first in encoder.offsets.dropLast() {
            let gradient = encoder.gradient.pointer + first * model.configuration.modelWidth
            for index in 0..<count { sum[index] += gradient[index] }
        }
        return sum
    }
}
