/// The working memory of a group's decoding and the keys and values of the positions decoded so far.
struct DecoderWorkspace {
    /// The rows of the head that are multiplied at once.
    static let headRows = 1024

    /// Prompts × model width: the residual stream.
    let stream: FloatBuffer
    /// Prompts × model width.
    let normed: FloatBuffer
    /// Prompts × attention width.
    let q: FloatBuffer
    /// Prompts × attention width.
    let context: FloatBuffer
    /// Prompts × heads × model width: queries times the key projection of cross attention.
    let keyedQueries: FloatBuffer
    /// Prompts × heads × model width: weighted sums of encoder states.
    let gathered: FloatBuffer
    let inner: FloatBuffer
    let gated: FloatBuffer
    /// The scratch memory of each thread.
    let scratch: [FloatBuffer]
    /// Prompts × ``headRows`` logits, or those of one prompt.
    let logits: FloatBuffer
    /// For each layer: prompts × steps × attention width.
    var keys: [FloatBuffer]
    /// For each layer: prompts × steps × attention width.
    var values: [FloatBuffer]
    /// One more of these, which rows are copied to where their order changes; `nil` before the first time.
    var spareCache: FloatBuffer?
    /// The floats of each of these.
    let cacheCount: Int

    init(configuration: T5Configuration, prompts: Int, steps: Int, longest: Int, threads: Int) {
        let heads = configuration.headCount
        let attention = configuration.attentionWidth
        let isGated = configuration.feedForward == .gatedGELU
        self.stream = FloatBuffer(count: prompts * configuration.modelWidth)
        self.normed = FloatBuffer(count: prompts * configuration.modelWidth)
        self.q = FloatBuffer(count: prompts * attention)
        self.context = FloatBuffer(count: prompts * attention)
        self.keyedQueries = FloatBuffer(count: prompts * heads * configuration.modelWidth)
        self.gathered = FloatBuffer(count: prompts * heads * configuration.modelWidth)
        self.inner = FloatBuffer(count: prompts * configuration.feedForwardWidth)
        self.gated = FloatBuffer(count: isGated ? prompts * configuration.feedForwardWidth : 0)
        let scratch = max(heads * longest, steps, Kernels.projectTransposedScratch(headWidth: configuration.headWidth))
        self.scratch = (0..<threads).map { _ in FloatBuffer(count: scratch) }
        let logits = max(prompts * min(Self.headRows, configuration.vocabularySize), configuration.vocabularySize)
        self.logits = FloatBuffer(count: logits)
        let count = prompts * steps * attention
        self.cacheCount = count
        self.keys = (0..<configuration.decoderLayers).map { _ in FloatBuffer(count: count) }
        self.values = (0..<configuration.decoderLayers).map { _ in FloatBuffer(count: count) }
    }
}
