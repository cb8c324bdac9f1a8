/// The working memory of one thread's part of a training step.
struct TrainingWorkspace {
    /// Rows × model width.
    let normed: FloatBuffer
    /// Rows × attention width: queries, or their gradients.
    let q: FloatBuffer
    /// Rows × attention width: gradients of keys.
    let k: FloatBuffer
    /// Rows × attention width: gradients of values.
    let v: FloatBuffer
    /// Rows × attention width: what the heads gather, or its gradient.
    let context: FloatBuffer
    /// Rows × inner width.
    let inner: FloatBuffer
    /// Rows × inner width, of a gated layer.
    let linear: FloatBuffer
    /// One example's attention weights of one head, or of all heads of cross attention, after dropout.
    let dropped: FloatBuffer
    /// The gradients of as many weights.
    let weightGradient: FloatBuffer
    /// Target rows × heads × model width.
    let gathered: FloatBuffer
    /// Target rows × heads × model width.
    let keyedQueryGradient: FloatBuffer
    let product: FloatBuffer
    /// Target rows × model width: what is added to a gradient.
    let sum: FloatBuffer

    /// Makes room for units of at most so many rows; `longest` is the longest encoder input, `longestTarget` the
    /// longest target.
    init(
        configuration: T5Configuration,
        rows: Int,
        targetRows: Int,
        longest: Int,
        longestTarget: Int,
        in workspace: ReusedBuffers
    ) {
        let heads = configuration.headCount
        let width = configuration.modelWidth
        let most = max(rows, targetRows)
        let length = max(longest, longestTarget)
        let isGated = configuration.feedForward == .gatedGELU
        let weights = Kernels.weightStride(length: length) * max(length, longestTarget * heads)
        self.normed = workspace.take(count: most * width)
        self.q = workspace.take(count: most * configuration.attentionWidth)
        self.k = workspace.take(count: most * configuration.attentionWidth)
        self.v = workspace.take(count: most * configuration.attentionWidth)
        self.context = workspace.take(count: most * configuration.attentionWidth)
        self.inner = workspace.take(count: most * configuration.feedForwardWidth)
        self.linear = workspace.take(count: isGated ? most * configuration.feedForwardWidth : 0)
        self.dropped = workspace.take(count: weights)
        self.weightGradient = workspace.take(count: weights)
        self.gathered = workspace.take(count: targetRows * heads * width)
        self.keyedQueryGradient = workspace.take(count: targetRows * heads * width)
        self.sum = workspace.take(count: targetRows * width)
        let outputs = max(width, configuration.attentionWidth, configuration.feedForwardWidth, length)
        self.product = workspace.take(count: Kernels.productScratch(outputs: outputs))
    }
}
