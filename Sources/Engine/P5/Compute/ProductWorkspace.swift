/// The working memory of products that a team computes.
struct ProductWorkspace {
    /// The scratch memory of each thread.
    let scratch: [FloatBuffer]
    /// The rows of the left matrix in 8 bits; `nil` where no product is computed so.
    let quantised: QuantisedRows?

    /// Makes room for products of up to so many rows with any of a model's weights.
    init(configuration: T5Configuration, rows: Int, threads: Int, precision: Precision) {
        let widest = max(configuration.modelWidth, configuration.attentionWidth, configuration.feedForwardWidth)
        let count = max(
            Kernels.productScratch(outputs: widest),
            precision == .int8 ? Kernels.int8Scratch(inputs: widest) : 0
        )
        self.scratch = (0..<threads).map { _ in FloatBuffer(count: count) }
        self.quantised = precision == .int8 ? QuantisedRows(rows: rows, depth: widest) : nil
    }
}
