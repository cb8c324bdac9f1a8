import LinearAlgebra

/// Computes the encoder's output for one batch of prompts.
struct EncoderPass {
    /// The most rows that go through a feed-forward layer at once, so that its wide middle stays near the processor.
    static let feedForwardRows = 1152

    let encoder: Encoder
    let prompts: PackedPrompts
    /// The prompts of this batch.
    let range: Range<Int>
    /// The output for all prompts; this pass writes the rows of its own.
    let states: FloatBuffer
    let positions: RelativePositionBias
    let workspace: EncoderWorkspace
    /// The threads that work on it.
    let team: Team

    private var configuration: T5Configuration { encoder.configuration }
    private var firstRow: Int { prompts.offsets[range.lowerBound] }
    private var rowCount: Int { prompts.offsets[range.upperBound] - firstRow }
    private var stream: UnsafeMutablePointer<Float> { states.pointer + firstRow * configuration.modelWidth }

    /// Runs all blocks and the last norm.
    func run(first: FirstLayer) {
        for (layer, block) in encoder.weights.encoder.enumerated() {
            if layer == 0 {
                gather(first)
            } else {
                project(block.attention)
            }
            attend(block.attention)
            feedForward(block.feedForward)
        }
        encoder.kernels.normalise(
            stream,
            weight: encoder.weights.encoderNorm,
            into: stream,
            rows: rowCount,
            epsilon: configuration.normEpsilon
        )
    }

    /// Takes the input and the first queries, keys and values from where they were computed once.
    private func gather(_ first: FirstLayer) {
        let width = configuration.modelWidth
        let inner = configuration.attentionWidth
        for row in 0..<rowCount {
            let source = Int(prompts.sources[firstRow + row])
            (stream + row * width).update(from: first.input.pointer + source * width, count: width)
            (workspace.q.pointer + row * inner).update(from: first.q.pointer + source * inner, count: inner)
            (workspace.k.pointer + row * inner).update(from: first.k.pointer + source * inner, count: inner)
            (workspace.v.pointer + row * inner).update(from: first.v.pointer + source * inner, count: inner)
        }
    }

    private func project(_ weights: AttentionWeights) {
        encoder.kernels.normalise(
            stream,
            weight: weights.norm,
            into: workspace.normed.pointer,
            rows: rowCount,
            epsilon: configuration.normEpsilon
        )
        multiply(
            workspace.normed.pointer,
            rows: rowCount,
            [
                LinearProduct(weights.q, into: workspace.q.pointer),
                LinearProduct(weights.k, into: workspace.k.pointer),
                LinearProduct(weights.v, into: workspace.v.pointer),
            ]
        )
    }

    private func multiply(
        _ x: UnsafePointer<Float>,
        rows: Int,
        _ products: [LinearProduct],
        adding: Bool = false
    ) {
        encoder.kernels.multiply(
            x,
            rows: rows,
            products,
            adding: adding,
            team: team,
            workspace: workspace.product
        )
    }

    private func attend(_ weights: AttentionWeights) {
        let inner = configuration.attentionWidth
        for prompt in range {
            let rows = prompts.rows(of: prompt)
            let offset = (rows.lowerBound - firstRow) * inner
            // A head's queries are read before its results are written over them.
            team.split(configuration.headCount) { heads, thread in
                encoder.kernels.attend(
                    heads: heads,
                    q: workspace.q.pointer + offset,
                    k: workspace.k.pointer + offset,
                    v: workspace.v.pointer + offset,
                    into: workspace.q.pointer + offset,
                    length: rows.count,
                    configuration: configuration,
                    positions: positions,
                    scratch: workspace.attention[thread]
                )
            }
        }
        multiply(workspace.q.pointer, rows: rowCount, [LinearProduct(weights.o, into: stream)], adding: true)
    }

    private func feedForward(_ weights: FeedForwardWeights) {
        let width = configuration.modelWidth
        let kernels = encoder.kernels
        // Weights are packed once for each part, so that parts are few and of one size.
        let parts = (rowCount + Self.feedForwardRows - 1) / Self.feedForwardRows
        for part in 0..<parts {
            let start = rowCount * part / parts
            let rows = rowCount * (part + 1) / parts - start
            let x = stream + start * width
            kernels.normalise(
                x,
                weight: weights.norm,
                into: workspace.normed.pointer,
                rows: rows,
                epsilon: configuration.normEpsilon
            )
            let inner = workspace.inner.pointer
            multiply(
                workspace.normed.pointer,
                rows: rows,
                [LinearProduct(weights.inner, into: inner)]
                    + (weights.gated.map { [LinearProduct($0, into: workspace.gated.pointer)] } ?? [])
            )
            kernels.activate(
                inner,
                gatedBy: weights.gated == nil ? nil : workspace.gated.pointer,
                count: rows * configuration.feedForwardWidth
            )
            multiply(inner, rows: rows, [LinearProduct(weights.outer, into: x)], adding: true)
        }
    }
}
