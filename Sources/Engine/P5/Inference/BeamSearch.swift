/// The beam search of one prompt: which texts go on, which are finished, and when nothing better can come.
///
/// The rules are those of Hugging Face Transformers 4.57 (`GenerationMixin._beam_search`) with a length penalty of 1 and
/// without early stopping. Of each step's best continuations, max(2, 1 + end tokens) · beams of them, those among the
/// first `beams` that end are finished texts, scored by their mean log probability; the first that do not end go on. The
/// search is over when no running text, at its present length, scores better than the worst of a full set of finished ones.
///
/// Of continuations with equal scores the earlier text and the lower token come first. Transformers leaves their order to
/// PyTorch's `topk`, which states none (https://docs.pytorch.org/docs/stable/generated/torch.topk.html), so that texts agree
/// wherever scores differ.
struct BeamSearch {
    /// A text and the sum of its tokens' log probabilities; for a finished one divided by their number.
    struct Hypothesis: Hashable {
        var tokens: [Int32]
        var score: Float
    }

    /// A text that goes on by one token.
    struct Continuation: Hashable {
        /// The place of the running text that goes on.
        var beam: Int
        var token: Int32
        /// The sum of all tokens' log probabilities.
        var score: Float
    }

    let beams: Int
    let endTokens: [Int32]
    /// The most tokens of a text.
    let limit: Int

    /// The texts that go on, best first.
    private(set) var running = [Hypothesis(tokens: [], score: 0)]
    /// The finished texts, best first, at most ``beams``.
    private(set) var finished: [Hypothesis] = []
    /// Whether something better can still come.
    private(set) var isOpen = true

    init(beams: Int, endTokens: [Int32], limit: Int) {
        self.beams = beams
        self.endTokens = endTokens
        self.limit = limit
    }

    /// The continuations of a step that count.
    var candidateCount: Int { max(2, 1 + endTokens.count) * beams }

    /// Takes a step.
    ///
    /// - Parameter candidates: The best continuations of all running texts, best first, ``candidateCount`` of them.
    /// - Returns: The continuations that go on, in the new order of the running texts; none where the search is over.
    mutating func advance(_ candidates: [Continuation]) -> [Continuation] {
        precondition(isOpen && candidates.count <= candidateCount, "\(candidates.count) candidates")
        let length = running[0].tokens.count + 1
        let atLimit = length >= limit
        let ending = candidates.prefix(beams).filter { atLimit || endTokens.contains($0.token) }
        let completed = ending.map { end in
            Hypothesis(tokens: running[end.beam].tokens + [end.token], score: end.score / Float(length))
        }
        // Stable: of equal scores the text that was finished first, or stood first, stays in front.
        finished = Array(
            (finished + completed).enumerated()
                .sorted { left, right in
                    (right.element.score, left.offset) < (left.element.score, right.offset)
                }
                .map(\.element).prefix(beams)
        )
        let next = atLimit ? [] : Array(candidates.filter { !endTokens.contains($0.token) }.prefix(beams))
        running = next.map { Hypothesis(tokens: running[$0.beam].tokens + [$0.token], score: $0.score) }
        guard let best = running.first, let worst = finished.last else {
            isOpen = !running.isEmpty
            return next
        }
        isOpen = finished.count < beams || best.score / Float(length) > worst.score
        return isOpen ? next : []
    }
}
