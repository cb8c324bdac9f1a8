extension TrainingPass {
    /// One head of one example: where its queries, keys, values and weights are.
    private struct Head {
        let length: Int
        /// The first element of the head's columns in the example's first row of q, k and v.
        let start: Int
        /// The first of the head's weights.
        let weights: Int
        let index: Int
    }

    private func heads(of example: Int, _ stack: StackTrace) -> [Head] {
        let rows = stack.rows(of: example)
        let weights = rows.count * Kernels.weightStride(length: rows.count)
        return (0..<configuration.headCount)
            .map { head in
                Head(
                    length: rows.count,
                    start: rows.lowerBound * configuration.attentionWidth + head * configuration.headWidth,
                    weights: stack.weightOffsets[example] + head * weights,
                    index: head
                )
            }
    }

    private func key(_ stack: StackTrace, layer: Int, example: Int, head: Int) -> UInt64 {
        dropout.key(.selfWeights, stack: stack.kind, layer: layer, example: example) &+ UInt64(head)
    }

    /// The weights of a head after dropout.
    private func dropped(_ weights: UnsafeMutablePointer<Float>, length: Int, key: UInt64) -> UnsafePointer<Float> {
        guard !dropout.isOff else { return UnsafePointer(weights) }
        let count = length * Kernels.weightStride(length: length)
        workspace.dropped.pointer.update(from: weights, count: count)
        drop(workspace.dropped.pointer, count: count, key: key)
        return UnsafePointer(workspace.dropped.pointer)
    }

    func selfAttention(_ weights: AttentionWeights, _ stack: StackTrace, layer: Int) {
        let trace = stack.selfAttention[layer]
        let rows = stack.rows(of: range)
        let inner = configuration.attentionWidth
        let headWidth = configuration.headWidth
        let first = rows.lowerBound * inner
        let isCausal = stack.kind == .decoder
        let positions = isCausal ? decoderPositions : encoderPositions
        if layer == 0, stack.kind == .encoder, let firstLayer {
            keep(trace.input, of: stack)
            gather(firstLayer, into: trace, rows: rows)
        } else {
            normalise(weights.norm, stack, keeping: trace.input)
            for (weight, target) in [(weights.q, trace.q), (weights.k, trace.k), (weights.v, trace.v)] {
                project(workspace.normed.pointer, rows: rows.count, of: stack, weight, into: target.pointer + first)
            }
        }
        for example in range {
            for head in heads(of: example, stack) {
                let length = head.length
                let stride = Kernels.weightStride(length: length)
                let scores = trace.weights.pointer + head.weights
                kernels.product(
                    rows: length,
                    depth: headWidth,
                    columns: length,
                    ProductOperand(trace.q.pointer + head.start, stride: inner),
                    ProductOperand(trace.k.pointer + head.start, stride: inner),
                    into: scores,
                    stride: stride,
                    scratch: workspace.product
                )
                let bias = positions.centre + head.index * positions.stride
                kernels.softmax(scores, rows: length, length: length, bias: bias, isCausal: isCausal)
                let key = key(stack, layer: layer, example: example, head: head.index)
                kernels.product(
                    rows: length,
                    depth: length,
                    columns: headWidth,
                    ProductOperand(dropped(scores, length: length, key: key), stride: stride),
                    ProductOperand(trace.v.pointer + head.start, stride: inner, isByDepth: true),
                    into: workspace.context.pointer + head.start - first,
                    stride: inner,
                    scratch: workspace.product
                )
            }
        }
        addToStream(workspace.context.pointer, weights.o, stack, .selfOutput, layer: layer)
    }

    /// Takes queries, keys and values from where they were computed once.
    private func gather(_ source: FirstLayer, into trace: StackTrace.SelfAttention, rows: Range<Int>) {
        let inner = configuration.attentionWidth
        for (values, target) in [(source.q, trace.q), (source.k, trace.k), (source.v, trace.v)] {
            for row in rows {
                let place = Int(prompts.sources[row])
                (target.pointer + row * inner).update(from: values.pointer + place * inner, count: inner)
            }
        }
    }

    /// Propagates the gradient through an attention layer; with `leading`, to the first rows of each example alone.
    func selfAttentionBackward(_ weights: AttentionWeights, _ stack: StackTrace, layer: Int, leading: Int?) {
        let trace = stack.selfAttention[layer]
        let rows = stack.rows(of: range)
        let inner = configuration.attentionWidth
        let first = rows.lowerBound * inner
        let output = outputGradient(stack, .selfOutput, layer: layer)
        projectBackward(output, rows: rows.count, of: stack, weights.o, into: workspace.context.pointer)
        var packed = 0
        for example in range {
            let count = min(leading ?? .max, stack.rows(of: example).count)
            for head in heads(of: example, stack) {
                let gradients = UnsafePointer(workspace.context.pointer + head.start - first)
                let target = packed * inner + head.index * configuration.headWidth
                let key = key(stack, layer: layer, example: example, head: head.index)
                headBackward(head, trace, gradients, key: key, rows: count, target: target)
            }
            packed += count
        }
        let normed = workspace.normed.pointer
        projectBackward(workspace.q.pointer, rows: packed, of: stack, weights.q, into: normed)
        projectBackward(workspace.k.pointer, rows: packed, of: stack, weights.k, into: normed, adding: true)
        projectBackward(workspace.v.pointer, rows: packed, of: stack, weights.v, into: normed, adding: true)
        packed = 0
        for example in range {
            let rows = stack.rows(of: example)
            let count = min(leading ?? .max, rows.count)
            kernels.normaliseBackward(
                trace.input.pointer + rows.lowerBound * width,
                weight: weights.norm,
                gradient: normed + packed * width,
                addingTo: stack.gradient.pointer + rows.lowerBound * width,
                rows: count,
                epsilon: configuration.normEpsilon
            )
            packed += count
        }
    }

    /// The gradients of the first `rows` queries, keys and values of a head, written to `target` in working memory.
    private func headBackward(
        _ head: Head,
        _ trace: StackTrace.SelfAttention,
        _ gradients: UnsafePointer<Float>,
        key: UInt64,
        rows: Int,
        target: Int
    ) {
        let inner = configuration.attentionWidth
        let headWidth = configuration.headWidth
        let length = head.length
        let stride = Kernels.weightStride(length: length)
        let weights = trace.weights.pointer + head.weights
        let change = workspace.weightGradient.pointer
        kernels.product(
            rows: length,
            depth: headWidth,
            columns: length,
            ProductOperand(gradients, stride: inner),
            ProductOperand(trace.v.pointer + head.start, stride: inner),
            into: change,
            stride: stride,
            scratch: workspace.product
        )
        if !dropout.isOff { drop(change, count: length * stride, key: key) }
        let dropped = dropped(weights, length: length, key: key)
        kernels.softmaxBackward(weights, gradient: change, rows: length, length: length)
        let products: [(FloatBuffer, ProductOperand, UnsafePointer<Float>, Int)] = [
            (workspace.q, ProductOperand(change, stride: stride), UnsafePointer(trace.k.pointer + head.start), inner),
            (
                workspace.k, ProductOperand(change, stride: stride, isByDepth: true),
                UnsafePointer(trace.q.pointer + head.start), inner
            ),
            (workspace.v, ProductOperand(dropped, stride: stride, isByDepth: true), gradients, inner),
        ]
        for (result, left, right, rightStride) in products {
            kernels.product(
                rows: rows,
                depth: length,
                columns: headWidth,
                left,
                ProductOperand(right, stride: rightStride, isByDepth: true),
                into: result.pointer + target,
                stride: inner,
                scratch: workspace.product
            )
        }
    }
}
