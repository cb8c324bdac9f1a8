import LinearAlgebra

/// The decoder for a group of prompts, one token of each a step.
///
/// The prompts that are not finished yet are kept in front of all buffers, in their order; finished ones are closed up.
struct DecoderPass {
    let configuration: T5Configuration
    let weights: T5Weights
    let kernels: Kernels
    let prompts: PackedPrompts
    /// The encoder's output for all prompts.
    let states: FloatBuffer
    let positions: RelativePositionBias
    /// The most tokens that are decoded.
    let steps: Int
    /// The threads that work on it.
    let team: Team
    private(set) var workspace: DecoderWorkspace

    /// The prompts that are not finished.
    private(set) var live: [Int]
    /// The tokens that were decoded last, one for each live prompt.
    private(set) var tokens: [Int32]
    /// The tokens decoded before, the same for all live prompts.
    private(set) var step = 0

    /// Starts with the prompts' start tokens; `beams` is the most rows that a prompt will have.
    init(
        model: Encoder,
        prompts: PackedPrompts,
        range: Range<Int>,
        beams: Int = 1,
        states: FloatBuffer,
        positions: RelativePositionBias,
        steps: Int,
        team: Team = .one
    ) {
        self.configuration = model.configuration
        self.weights = model.weights
        self.kernels = model.kernels
        self.prompts = prompts
        self.states = states
        self.positions = positions
        self.steps = steps
        self.team = team
        self.workspace = DecoderWorkspace(
            configuration: model.configuration,
            prompts: range.count * beams,
            steps: steps,
            longest: prompts.longest,
            threads: team.threads
        )
        self.live = Array(range)
        self.tokens = range.map { _ in model.configuration.startToken }
    }

    /// Takes the live prompts' last tokens through all blocks; their rows of ``hidden`` are then the head's input.
    mutating func advance() {
        precondition(step < steps, "step \(step) of \(steps)")
        let width = configuration.modelWidth
        for (row, token) in tokens.enumerated() {
            let source = weights.embedding.pointer + Int(token) * width
            (workspace.stream.pointer + row * width).update(from: source, count: width)
        }
        for (layer, block) in weights.decoder.enumerated() {
            selfAttention(block.selfAttention, layer: layer)
            crossAttention(block.crossAttention)
            feedForward(block.feedForward)
        }
        normalise(weights.decoderNorm)
        if configuration.scalesDecoderOutput {
            // Tied models keep the embedding's scale out of the logits.
            let scale = 1 / Float(width).squareRoot()
            for index in 0..<live.count * width { workspace.normed.pointer[index] *= scale }
        }
        step += 1
    }

    /// The head's input for each live prompt after ``advance()``.
    var hidden: UnsafeMutablePointer<Float> { workspace.normed.pointer }

    /// Appends the chosen tokens to the live prompts and drops those that are finished.
    ///
    /// - Complexity: O(steps · layers · attention width) for each prompt that moves up.
    mutating func append(_ chosen: [Int32], dropping finished: [Bool]) {
        tokens = chosen
        guard finished.contains(true) else { return }
        let stride = steps * configuration.attentionWidth
        let used = step * configuration.attentionWidth
        var kept = 0
        for row in live.indices where !finished[row] {
            if kept != row {
                for cache in workspace.keys + workspace.values {
                    (cache.pointer + kept * stride).update(from: cache.pointer + row * stride, count: used)
                }
                live[kept] = live[row]
                tokens[kept] = tokens[row]
            }
            kept += 1
        }
        live.removeSubrange(kept...)
        tokens.removeSubrange(kept...)
    }

    /// Replaces the live rows: each new one continues a live one by a token, in the order of their prompts.
    ///
    /// - Precondition: There are at most as many rows as the pass has memory for.
    /// - Complexity: O(rows · steps · layers · attention width).
    mutating func replaceRows(by rows: [(source: Int, token: Int32)]) {
        tokens = rows.map(\.token)
        let stride = steps * configuration.attentionWidth
        let used = step * configuration.attentionWidth
        precondition(rows.count * stride <= workspace.cacheCount, "\(rows.count) rows")
        // Each cache is copied into the spare one, and its own memory is the spare of the next.
        var spare = workspace.spareCache ?? FloatBuffer(count: workspace.cacheCount)
        func reorder(_ cache: inout FloatBuffer) {
            for (row, origin) in rows.enumerated() {
                (spare.pointer + row * stride).update(from: cache.pointer + origin.source * stride, count: used)
            }
            swap(&cache, &spare)
        }
        for layer in workspace.keys.indices {
            reorder(&workspace.keys[layer])
            reorder(&workspace.values[layer])
        }
        workspace.spareCache = spare
        live = rows.map { live[$0.source] }
    }

    private func normalise(_ weight: FloatVector) {
        kernels.normalise(
            workspace.stream.pointer,
            weight: weight,
            into: workspace.normed.pointer,
            rows: live.count,
            epsilon: configuration.normEpsilon
        )
    }

    private func project(
        _ x: UnsafePointer<Float>,
        _ weight: LinearWeight,
        into y: UnsafeMutablePointer<Float>,
        resultStride: Int,
        adding: Bool = false
    ) {
        team.split(weight.outputs, by: Kernels.outputsOfFewRows) { outputs, _ in
            kernels.project(
                x,
                stride: weight.inputs,
                rows: live.count,
                weight: weight.rows(outputs),
                into: y + outputs.lowerBound,
                resultStride: resultStride,
                adding: adding
            )
        }
    }

    /// Projects the normed rows by some of a layer's outputs, on the calling thread.
    private func project(_ weight: LinearSlice, into y: UnsafeMutablePointer<Float>, resultStride: Int) {
        kernels.project(
            workspace.normed.pointer,
            stride: configuration.modelWidth,
            rows: live.count,
            weight: weight,
            into: y,
            resultStride: resultStride
        )
    }

    private func selfAttention(_ weights: AttentionWeights, layer: Int) {
        let inner = configuration.attentionWidth
        let stride = steps * inner
        normalise(weights.norm)
        let keys = workspace.keys[layer].pointer
        let values = workspace.values[layer].pointer
        // Each thread computes its outputs of all three: threads meet less often.
        team.split(inner, by: Kernels.outputsOfFewRows) { outputs, _ in
            project(weights.q.rows(outputs), into: workspace.q.pointer + outputs.lowerBound, resultStride: inner)
            let place = step * inner + outputs.lowerBound
            project(weights.k.rows(outputs), into: keys + place, resultStride: stride)
            project(weights.v.rows(outputs), into: values + place, resultStride: stride)
        }
        for row in live.indices {
            kernels.attendToSteps(
                q: workspace.q.pointer + row * inner,
                keys: keys + row * stride,
                values: values + row * stride,
                into: workspace.context.pointer + row * inner,
                length: step + 1,
                configuration: configuration,
                positions: positions,
                scratch: workspace.scratch[0]
            )
        }
        let width = configuration.modelWidth
        project(workspace.context.pointer, weights.o, into: workspace.stream.pointer, resultStride: width, adding: true)
    }

    /// Cross attention without projecting the prompt's states: with queries q, keys S·Wₖᵀ and values S·Wᵥᵀ of a head,
    /// q·(S·Wₖᵀ)ᵀ is (q·Wₖ)·Sᵀ and p·(S·Wᵥᵀ) is (p·S)·Wᵥᵀ, which for one query a step costs far less.
    private func crossAttention(_ weights: AttentionWeights) {
        let inner = configuration.attentionWidth
        let width = configuration.modelWidth
        let head = configuration.headWidth
        let keyedStride = configuration.headCount * width
        normalise(weights.norm)
        team.split(configuration.headCount) { heads, thread in
            let outputs = heads.lowerBound * head..<heads.upperBound * head
            project(weights.q.rows(outputs), into: workspace.q.pointer + outputs.lowerBound, resultStride: inner)
            for index in heads {
                kernels.projectTransposed(
                    workspace.q.pointer + index * head,
                    stride: inner,
                    rows: live.count,
                    weight: weights.k.rows(index * head..<(index + 1) * head),
                    into: workspace.keyedQueries.pointer + index * width,
                    resultStride: keyedStride,
                    scratch: workspace.scratch[thread]
                )
            }
            for (row, prompt) in live.enumerated() {
                let rows = prompts.rows(of: prompt)
                kernels.attendToStates(
                    heads: heads,
                    queries: workspace.keyedQueries.pointer + row * keyedStride,
                    states: states.pointer + rows.lowerBound * width,
                    into: workspace.gathered.pointer + row * keyedStride,
                    length: rows.count,
                    configuration: configuration,
                    scratch: workspace.scratch[thread]
                )
            }
            for index in heads {
                kernels.project(
                    workspace.gathered.pointer + index * width,
                    stride: keyedStride,
                    rows: live.count,
                    weight: weights.v.rows(index * head..<(index + 1) * head),
                    into: workspace.context.pointer + index * head,
                    resultStride: inner
                )
            }
        }
        project(workspace.context.pointer, weights.o, into: workspace.stream.pointer, resultStride: width, adding: true)
    }

    private func feedForward(_ weights: FeedForwardWeights) {
        let wide = configuration.feedForwardWidth
        normalise(weights.norm)
        project(workspace.normed.pointer, weights.inner, into: workspace.inner.pointer, resultStride: wide)
        if let gated = weights.gated {
            project(workspace.normed.pointer, gated, into: workspace.gated.pointer, resultStride: wide)
        }
        kernels.activate(
            workspace.inner.pointer,
            gatedBy: weights.gated == nil ? nil : workspace.gated.pointer,
            count: live.count * wide
        )
        let width = configuration.modelWidth
        project(
            workspace.inner.pointer,
            weights.outer,
            into: workspace.stream.pointer,
            resultStride: width,
            adding: true
        )
    }
}
