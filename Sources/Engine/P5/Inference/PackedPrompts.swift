/// Prompts of different lengths packed one behind the other, without padding, as rows of one matrix.
///
/// The encoder's input does not depend on position: a row is the sum of its token's embedding and, where they are on,
/// of its word's. Equal pairs give equal rows, which the prompts of one request are full of, so each pair is listed
/// once.
struct PackedPrompts {
    /// What makes a row of the encoder's input.
    struct Row: Hashable {
        /// The token's id, or −1, −2, … for the first, second, … virtual token.
        let token: Int32
        /// The word's index, 0 where whole-word embeddings are off.
        let word: Int32
    }

    /// The first row of each prompt, and the number of all rows at the end.
    let offsets: [Int]
    /// The different rows in the order of their first use.
    let uniqueRows: [Row]
    /// For each packed row its place in `uniqueRows`.
    let sources: [Int32]
    /// The rows of the longest prompt.
    let longest: Int
    /// Whether whole-word embeddings are on.
    let usesWords: Bool
    /// The virtual tokens before every prompt.
    let softPrompt: SoftPrompt?

    var count: Int { offsets.count - 1 }
    var rowCount: Int { sources.count }

    /// The packed rows of a prompt.
    func rows(of prompt: Int) -> Range<Int> { offsets[prompt]..<offsets[prompt + 1] }

    /// Packs prompts.
    ///
    /// - Parameters:
    ///   - prompts: The token ids of each.
    ///   - words: The word indices of each, `nil` where whole-word embeddings are off.
    ///   - softPrompt: The virtual tokens that stand before each prompt.
    /// - Precondition: No prompt is empty, and `words` has the shape of `prompts`.
    /// - Complexity: O(*n*) in the number of tokens.
    init(prompts: ArraySlice<[Int32]>, words: ArraySlice<[Int32]>?, behind softPrompt: SoftPrompt? = nil) {
        let virtualTokens = Int32(softPrompt?.count ?? 0)
        var offsets = [0]
        var uniqueRows: [Row] = []
        var places: [Row: Int32] = [:]
        var sources: [Int32] = []
        sources.reserveCapacity(prompts.reduce(0) { $0 + Int(virtualTokens) + $1.count })
        var longest = 0
        for index in prompts.indices {
            let prompt = prompts[index]
            precondition(!prompt.isEmpty, "prompt \(index) has no tokens")
            precondition(words.map { $0[index].count == prompt.count } ?? true, "prompt \(index) lacks word indices")
            let virtual = (0..<virtualTokens).map { Row(token: -1 - $0, word: 0) }
            let own = prompt.indices.map { Row(token: prompt[$0], word: words?[index][$0] ?? 0) }
            for row in virtual + own {
                let next = Int32(uniqueRows.count)
                let place = places[row, default: next]
                if place == next {
                    places[row] = next
                    uniqueRows.append(row)
                }
                sources.append(place)
            }
            offsets.append(sources.count)
            longest = max(longest, virtual.count + own.count)
        }
        self.offsets = offsets
        self.uniqueRows = uniqueRows
        self.sources = sources
        self.longest = longest
        self.usesWords = words != nil
        self.softPrompt = softPrompt
    }
}
