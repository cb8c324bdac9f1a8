extension TrainingPass {
    /// One example's target rows, the encoder's rows that they attend to, and their weights.
    private struct ExampleAttention {
        /// The target rows times the heads.
        let queries: Int
        let length: Int
        /// The first keyed query, in rows of model width, counted from the pass's first.
        let firstQuery: Int
        /// The first row of the encoder's output.
        let firstState: Int
        let weights: Int
        let example: Int
    }

    private var examplesInTurn: [ExampleAttention] {
        let heads = configuration.headCount
        let first = decoder.rows(of: range).lowerBound
        return range.map { example in
            let targets = decoder.rows(of: example)
            let states = encoder.rows(of: example)
            return ExampleAttention(
                queries: targets.count * heads,
                length: states.count,
                firstQuery: (targets.lowerBound - first) * heads,
                firstState: states.lowerBound,
                weights: decoder.crossOffsets[example],
                example: example
            )
        }
    }

    /// The slice of a projection that belongs to a head.
    private func slice(_ weight: LinearWeight, head: Int) -> UnsafePointer<Float> {
        weight.pointer + head * configuration.headWidth * width
    }

    /// The weights of an example after dropout.
    private func dropped(_ example: ExampleAttention, _ trace: StackTrace.CrossAttention, layer: Int) -> UnsafePointer<
        Float
    > {
        let weights = trace.weights.pointer + example.weights
        guard !dropout.isOff else { return UnsafePointer(weights) }
        let count = example.queries * Kernels.weightStride(length: example.length)
        workspace.dropped.pointer.update(from: weights, count: count)
        drop(workspace.dropped.pointer, count: count, key: key(example, layer: layer))
        return UnsafePointer(workspace.dropped.pointer)
    }

    private func key(_ example: ExampleAttention, layer: Int) -> UInt64 {
        dropout.key(.crossWeights, stack: .decoder, layer: layer, example: example.example)
    }

    /// Cross attention by keyed queries (queries times the key projection), as in ``DecoderPass``.
    func crossAttention(_ weights: AttentionWeights, layer: Int) {
        let trace = decoder.crossAttention[layer]
        let rows = decoder.rows(of: range)
        let inner = configuration.attentionWidth
        let headWidth = configuration.headWidth
        let stride = configuration.headCount * width
        let keyedQueries = trace.keyedQueries.pointer + rows.lowerBound * stride
        normalise(weights.norm, decoder, keeping: trace.input)
        project(workspace.normed.pointer, rows: rows.count, of: decoder, weights.q, into: workspace.q.pointer)
        for head in 0..<configuration.headCount {
            kernels.product(
                rows: rows.count,
                depth: headWidth,
                columns: width,
                ProductOperand(workspace.q.pointer + head * headWidth, stride: inner),
                ProductOperand(slice(weights.k, head: head), stride: width, isByDepth: true),
                into: keyedQueries + head * width,
                stride: stride,
                scratch: workspace.product
            )
        }
        for example in examplesInTurn {
            let weightStride = Kernels.weightStride(length: example.length)
            let scores = trace.weights.pointer + example.weights
            let states = encoder.output.pointer + example.firstState * width
            kernels.product(
                rows: example.queries,
                depth: width,
                columns: example.length,
                ProductOperand(keyedQueries + example.firstQuery * width, stride: width),
                ProductOperand(states, stride: width),
                into: scores,
                stride: weightStride,
                scratch: workspace.product
            )
            kernels.softmax(scores, rows: example.queries, length: example.length)
            kernels.product(
                rows: example.queries,
                depth: example.length,
                columns: width,
                ProductOperand(dropped(example, trace, layer: layer), stride: weightStride),
                ProductOperand(states, stride: width, isByDepth: true),
                into: workspace.gathered.pointer + example.firstQuery * width,
                stride: width,
                scratch: workspace.product
            )
        }
        for head in 0..<configuration.headCount {
            kernels.product(
                rows: rows.count,
                depth: width,
                columns: headWidth,
                ProductOperand(workspace.gathered.pointer + head * width, stride: stride),
                ProductOperand(slice(weights.v, head: head), stride: width),
                into: workspace.context.pointer + head * headWidth,
                stride: inner,
                scratch: workspace.product
            )
        }
        addToStream(workspace.context.pointer, weights.o, decoder, .crossOutput, layer: layer)
    }

    /// Adds to the gradients of the decoder's stream and of the encoder's output.
    func crossAttentionBackward(_ weights: AttentionWeights, layer: Int) {
        let trace = decoder.crossAttention[layer]
        let rows = decoder.rows(of: range)
        let inner = configuration.attentionWidth
        let headWidth = configuration.headWidth
        let stride = configuration.headCount * width
        let output = outputGradient(decoder, .crossOutput, layer: layer)
        projectBackward(output, rows: rows.count, of: decoder, weights.o, into: workspace.context.pointer)
        for head in 0..<configuration.headCount {
            kernels.product(
                rows: rows.count,
                depth: headWidth,
                columns: width,
                ProductOperand(workspace.context.pointer + head * headWidth, stride: inner),
                ProductOperand(slice(weights.v, head: head), stride: width, isByDepth: true),
                into: workspace.gathered.pointer + head * width,
                stride: stride,
                scratch: workspace.product
            )
        }
        for example in examplesInTurn {
            attendBackward(
                example,
                trace,
                keyedQueries: trace.keyedQueries.pointer + rows.lowerBound * stride,
                layer: layer
            )
        }
        for head in 0..<configuration.headCount {
            kernels.product(
                rows: rows.count,
                depth: width,
                columns: headWidth,
                ProductOperand(workspace.keyedQueryGradient.pointer + head * width, stride: stride),
                ProductOperand(slice(weights.k, head: head), stride: width),
                into: workspace.q.pointer + head * headWidth,
                stride: inner,
                scratch: workspace.product
            )
        }
        projectBackward(workspace.q.pointer, rows: rows.count, of: decoder, weights.q, into: workspace.normed.pointer)
        addToGradient(weights.norm, decoder, input: trace.input)
    }

    /// Computes the gradients of one example's keyed queries and adds those of the encoder's states.
    private func attendBackward(
        _ example: ExampleAttention,
        _ trace: StackTrace.CrossAttention,
        keyedQueries: UnsafePointer<Float>,
        layer: Int
    ) {
        let weightStride = Kernels.weightStride(length: example.length)
        let states = UnsafePointer(encoder.output.pointer + example.firstState * width)
        let stateGradient = encoder.outputGradient.pointer + example.firstState * width
        let gathered = UnsafePointer(workspace.gathered.pointer + example.firstQuery * width)
        let change = workspace.weightGradient.pointer
        kernels.product(
            rows: example.queries,
            depth: width,
            columns: example.length,
            ProductOperand(gathered, stride: width),
            ProductOperand(states, stride: width),
            into: change,
            stride: weightStride,
            scratch: workspace.product
        )
        if !dropout.isOff { drop(change, count: example.queries * weightStride, key: key(example, layer: layer)) }
        let kept = dropped(example, trace, layer: layer)
        kernels.softmaxBackward(
            trace.weights.pointer + example.weights,
            gradient: change,
            rows: example.queries,
            length: example.length
        )
        for (left, right) in [(kept, gathered), (UnsafePointer(change), keyedQueries + example.firstQuery * width)] {
            kernels.product(
                rows: example.length,
                depth: example.queries,
                columns: width,
                ProductOperand(left, stride: weightStride, isByDepth: true),
                ProductOperand(right, stride: width, isByDepth: true),
                into: stateGradient,
                stride: width,
                adding: true,
                scratch: workspace.product
            )
        }
        kernels.product(
            rows: example.queries,
            depth: example.length,
            columns: width,
            ProductOperand(change, stride: weightStride),
            ProductOperand(states, stride: width, isByDepth: true),
            into: workspace.keyedQueryGradient.pointer + example.firstQuery * width,
            stride: width,
            scratch: workspace.product
        )
    }
}
