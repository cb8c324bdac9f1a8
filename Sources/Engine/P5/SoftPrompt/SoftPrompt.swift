/// Virtual tokens: rows that stand before the encoder's input, without a word index, and are seen by all of it.
package struct SoftPrompt: Hashable, Sendable {
    /// The rows one after the other, tokens × model width.
    package internal(set) var values: [Float]
    /// The model width.
    package let width: Int

    /// The virtual tokens.
    package var count: Int { values.count / width }

    /// Creates a soft prompt.
    ///
    /// - Precondition: The values fill whole rows, at least one.
    package init(values: [Float], width: Int) {
        precondition(
            width > 0 && !values.isEmpty && values.count.isMultiple(of: width),
            "\(values.count) values in rows of \(width)"
        )
        self.values = values
        self.width = width
    }
}

extension T5Model {
    /// Returns the virtual tokens that training begins with: the embeddings of tokens, repeated.
    ///
    /// - Parameters:
    ///   - tokens: The tokens, the end mark included.
    ///   - count: The virtual tokens.
    /// - Returns: The virtual tokens.
    /// - Throws: ``P5Error`` where there is no token or one has no embedding.
    /// - Precondition: `count` is at least 1.
    /// - Complexity: O(`count` · model width).
    package func softPrompt(repeating tokens: [Int32], count: Int) throws(P5Error) -> SoftPrompt {
        try check([tokens], words: nil)
        let width = configuration.modelWidth
        let values = (0..<count)
            .flatMap { place in
                let row = weights.embedding.pointer + Int(tokens[place % tokens.count]) * width
                return UnsafeBufferPointer(start: row, count: width)
            }
        return SoftPrompt(values: values, width: width)
    }
}
