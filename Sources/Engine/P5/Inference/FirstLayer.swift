import LinearAlgebra

/// The encoder's input and its first block's queries, keys and values, computed once for each different row.
struct FirstLayer {
    /// Different rows × model width.
    let input: FloatBuffer
    /// Different rows × attention width.
    let q: FloatBuffer
    /// Different rows × attention width.
    let k: FloatBuffer
    /// Different rows × attention width.
    let v: FloatBuffer

    /// Embeds and projects the different rows of packed prompts.
    ///
    /// - Complexity: O(different rows · model width · attention width).
    init(encoder: Encoder, prompts: PackedPrompts, threads: Int) {
        let configuration = encoder.configuration
        let weights = encoder.weights
        let width = configuration.modelWidth
        let rows = prompts.uniqueRows.count
        let input = FloatBuffer(count: rows * width)
        for (index, row) in prompts.uniqueRows.enumerated() {
            encoder.writeInput(row, of: prompts, to: input.pointer + index * width)
        }
        let attention = weights.encoder[0].attention
        let normed = FloatBuffer(count: rows * width)
        encoder.kernels.normalise(
            input.pointer,
            weight: attention.norm,
            into: normed.pointer,
            rows: rows,
            epsilon: configuration.normEpsilon
        )
        let projections = [attention.q, attention.k, attention.v]
        let results = projections.map { _ in FloatBuffer(count: rows * configuration.attentionWidth) }
        encoder.kernels.multiply(
            normed.pointer,
            rows: rows,
            zip(projections, results).map { LinearProduct($0, into: $1.pointer) },
            team: Team(threads: threads),
            workspace: ProductWorkspace(
                configuration: configuration,
                rows: rows,
                threads: threads,
                precision: .float32
            )
        )
        self.input = input
        self.q = results[0]
        self.k = results[1]
        self.v = results[2]
    }
}

extension Encoder {
    /// Writes a row of the encoder's input: a virtual token, or a token's embedding with its word's.
    func writeInput(_ row: PackedPrompts.Row, of prompts: PackedPrompts, to target: UnsafeMutablePointer<Float>) {
        let width = configuration.modelWidth
        if row.token < 0, let softPrompt = prompts.softPrompt {
            let first = Int(-1 - row.token) * width
            softPrompt.values.withUnsafeBufferPointer { values in
                for column in 0..<width { target[column] = values[first + column] }
            }
            return
        }
        target.update(from: weights.embedding.pointer + Int(row.token) * width, count: width)
        if let words = weights.wholeWords, prompts.usesWords {
            let word = words.pointer + Int(row.word) * width
            for column in 0..<width { target[column] += word[column] }
        }
    }
}
