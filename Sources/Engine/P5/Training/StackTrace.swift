/// What one half of the model keeps of its forward pass for the backward pass, for all examples of a step.
///
/// Rows of an example stand together, as many as its encoder input or its target has tokens.
final class StackTrace {
    /// What an attention layer over its own stack keeps.
    struct SelfAttention {
        /// Rows × model width: what the layer's norm read.
        let input: FloatBuffer
        /// Rows × attention width.
        let q: FloatBuffer
        /// Rows × attention width.
        let k: FloatBuffer
        /// Rows × attention width.
        let v: FloatBuffer
        /// For each example heads × length × ``Kernels/weightStride(length:)``.
        let weights: FloatBuffer
    }

    /// What an attention layer over the encoder's output keeps.
    struct CrossAttention {
        /// Rows × model width: what the layer's norm read.
        let input: FloatBuffer
        /// Rows × heads × model width: the queries times the key projection.
        let keyedQueries: FloatBuffer
        /// For each example target length × heads × ``Kernels/weightStride(length:)`` of the encoder's length.
        let weights: FloatBuffer
    }

    /// What a feed-forward layer keeps.
    struct FeedForward {
        /// Rows × model width: what the layer's norm read.
        let input: FloatBuffer
        /// Rows × inner width: the values after ReLU, or those that GELU is applied to.
        let inner: FloatBuffer
        /// Rows × inner width: the second linear layer of a gated one.
        let linear: FloatBuffer
    }

    let kind: StackKind
    /// The first row of each example, and the number of all rows at the end.
    let offsets: [Int]
    /// The first weight of self attention of each example.
    let weightOffsets: [Int]
    /// The first weight of cross attention of each example.
    let crossOffsets: [Int]
    /// Rows × model width: the residual stream; after the forward pass what the last norm reads.
    let stream: FloatBuffer
    /// Rows × model width: the gradient of the stream, in the backward pass.
    let gradient: FloatBuffer
    /// Rows × model width: the stack's output.
    let output: FloatBuffer
    /// Rows × model width: the gradient of the output, which starts at 0.
    let outputGradient: FloatBuffer
    let selfAttention: [SelfAttention]
    let crossAttention: [CrossAttention]
    let feedForward: [FeedForward]

    var rowCount: Int { offsets.last ?? 0 }

    /// The rows of an example.
    func rows(of example: Int) -> Range<Int> { offsets[example]..<offsets[example + 1] }

    /// The rows of some examples that stand together.
    func rows(of examples: Range<Int>) -> Range<Int> { offsets[examples.lowerBound]..<offsets[examples.upperBound] }

    /// Makes room for a stack whose examples have these lengths; `attended` are the lengths of what a decoder attends
    /// to.
    init(kind: StackKind, configuration: T5Configuration, lengths: [Int], attended: [Int], in workspace: ReusedBuffers)
    {
        func sums(_ counts: [Int]) -> [Int] {
            counts.reduce(into: [0]) { sums, count in sums.append(sums[sums.count - 1] + count) }
        }
        let heads = configuration.headCount
        let layers = kind == .encoder ? configuration.encoderLayers : configuration.decoderLayers
        let offsets = sums(lengths)
        let rows = offsets.last ?? 0
        let weightOffsets = sums(lengths.map { heads * $0 * Kernels.weightStride(length: $0) })
        let crossOffsets = sums(zip(lengths, attended).map { $0 * heads * Kernels.weightStride(length: $1) })
        let isGated = configuration.feedForward == .gatedGELU
        func buffer(_ width: Int) -> FloatBuffer { workspace.take(count: rows * width) }
        let width = configuration.modelWidth
        let attention = configuration.attentionWidth
        self.kind = kind
        self.offsets = offsets
        self.weightOffsets = weightOffsets
        self.crossOffsets = crossOffsets
        self.stream = buffer(width)
        self.gradient = buffer(width)
        self.output = buffer(width)
        self.outputGradient = buffer(width)
        self.selfAttention = (0..<layers)
            .map { _ in
                SelfAttention(
                    input: buffer(width),
                    q: buffer(attention),
                    k: buffer(attention),
                    v: buffer(attention),
                    weights: workspace.take(count: weightOffsets.last ?? 0)
                )
            }
        self.crossAttention = (0..<(kind == .decoder ? layers : 0))
            .map { _ in
                CrossAttention(
                    input: buffer(width),
                    keyedQueries: buffer(heads * width),
                    weights: workspace.take(count: crossOffsets.last ?? 0)
                )
            }
        self.feedForward = (0..<layers)
            .map { _ in
                FeedForward(
                    input: buffer(width),
                    inner: buffer(configuration.feedForwardWidth),
                    linear: buffer(isGated ? configuration.feedForwardWidth : 0)
                )
            }
        outputGradient.pointer.initialize(repeating: 0, count: rows * width)
    }
}
