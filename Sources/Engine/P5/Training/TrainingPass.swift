import CKernels

/// Forward and backward pass of the model over a group of a training step's examples, on one thread.
///
/// The model's weights stay as they are; the backward pass computes the gradient of the loss at the encoder's input.
/// Every example's results are the same bits whatever examples share its pass.
struct TrainingPass {
    let model: Encoder
    let dropout: Dropout
    let prompts: PackedPrompts
    /// The first queries, keys and values, where equal rows have equal ones.
    let firstLayer: FirstLayer?
    /// The decoder's input tokens of each example.
    let decoderInputs: [[Int32]]
    let encoder: StackTrace
    let decoder: StackTrace
    let encoderPositions: RelativePositionBias
    let decoderPositions: RelativePositionBias
    /// The examples of this pass.
    let range: Range<Int>
    let workspace: TrainingWorkspace

    var configuration: T5Configuration { model.configuration }
    var kernels: Kernels { model.kernels }
    var width: Int { configuration.modelWidth }

    /// Runs both stacks; their traces then hold what ``backward()`` needs, and the decoder's output its last norm.
    func forward() {
        for row in encoder.rows(of: range) {
            let source = prompts.uniqueRows[Int(prompts.sources[row])]
            model.writeInput(source, of: prompts, to: encoder.stream.pointer + row * width)
        }
        for example in range {
            for (row, token) in zip(decoder.rows(of: example), decoderInputs[example]) {
                let source = model.weights.embedding.pointer + Int(token) * width
                (decoder.stream.pointer + row * width).update(from: source, count: width)
            }
        }
        drop(.input, encoder.stream.pointer, of: encoder)
        for (layer, block) in model.weights.encoder.enumerated() {
            selfAttention(block.attention, encoder, layer: layer)
            feedForward(block.feedForward, encoder, layer: layer)
        }
        finish(model.weights.encoderNorm, encoder)
        drop(.input, decoder.stream.pointer, of: decoder)
        for (layer, block) in model.weights.decoder.enumerated() {
            selfAttention(block.selfAttention, decoder, layer: layer)
            crossAttention(block.crossAttention, layer: layer)
            feedForward(block.feedForward, decoder, layer: layer)
        }
        finish(model.weights.decoderNorm, decoder)
    }

    /// Propagates the gradient of the decoder's output back to the virtual tokens, the first rows of each example of
    /// the encoder's stream.
    func backward() {
        startBack(model.weights.decoderNorm, decoder)
        for (layer, block) in model.weights.decoder.enumerated().reversed() {
            feedForwardBackward(block.feedForward, decoder, layer: layer)
            crossAttentionBackward(block.crossAttention, layer: layer)
            // Nothing before the decoder's first block depends on the virtual tokens.
            if layer == 0 { break }
            selfAttentionBackward(block.selfAttention, decoder, layer: layer, leading: nil)
        }
        startBack(model.weights.encoderNorm, encoder)
        for (layer, block) in model.weights.encoder.enumerated().reversed() {
            feedForwardBackward(block.feedForward, encoder, layer: layer)
            let leading = layer == 0 ? prompts.softPrompt?.count : nil
            selfAttentionBackward(block.attention, encoder, layer: layer, leading: leading)
        }
        drop(.input, encoder.gradient.pointer, of: encoder)
    }

    /// Drops values of a matrix whose rows are those of a stack.
    func drop(
        _ place: Dropout.Place,
        _ values: UnsafeMutablePointer<Float>,
        of stack: StackTrace,
        layer: Int = 0,
        columns: Int? = nil
    ) {
        guard !dropout.isOff else { return }
        let columns = columns ?? width
        for example in range {
            let rows = stack.rows(of: example)
            let key = dropout.key(place, stack: stack.kind, layer: layer, example: example)
            drop(values + rows.lowerBound * columns, count: rows.count * columns, key: key)
        }
    }

    /// Drops values by a key.
    func drop(_ values: UnsafeMutablePointer<Float>, count: Int, key: UInt64) {
        kernels.table.pointee.dropout(values, count, key, dropout.rate)
    }

    /// Norms a stack's stream into its output.
    private func finish(_ norm: FloatVector, _ stack: StackTrace) {
        let rows = stack.rows(of: range)
        kernels.normalise(
            stack.stream.pointer + rows.lowerBound * width,
            weight: norm,
            into: stack.output.pointer + rows.lowerBound * width,
            rows: rows.count,
            epsilon: configuration.normEpsilon
        )
        drop(.output, stack.output.pointer, of: stack)
    }

    /// Starts a stack's gradient with that of its output.
    private func startBack(_ norm: FloatVector, _ stack: StackTrace) {
        let rows = stack.rows(of: range)
        let first = rows.lowerBound * width
        drop(.output, stack.outputGradient.pointer, of: stack)
        (stack.gradient.pointer + first).initialize(repeating: 0, count: rows.count * width)
        kernels.normaliseBackward(
            stack.stream.pointer + first,
            weight: norm,
            gradient: stack.outputGradient.pointer + first,
            addingTo: stack.gradient.pointer + first,
            rows: rows.count,
            epsilon: configuration.normEpsilon
        )
    }
}
