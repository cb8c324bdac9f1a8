/// The probability-weighted rating behind a generated text.
///
/// A text says the most probable digits; how probable their neighbours were is lost, and many movies tie. Let the
/// tokens c₁ … cₙ be generated greedily, and let t(d) be a piece's text with a space for its word mark. At each step s
/// whose piece is numeric (``NumericPieces``) the *candidates* are the numeric pieces d for which the first number of
/// t(c₁) … t(cₛ₋₁) t(d), read by ``RatingText``, ends where that text ends and is at least 0 and at most 10; let v(d)
/// be that number. Where cₛ is a candidate, the step's *deviation* is Σ p(d) v(d) / Σ p(d) − v(cₛ) over the candidates,
/// with p the model's probabilities at that step. The expected rating is the text's score plus all deviations.
///
/// For a rating of one piece that is exactly the mean of the ratings that can follow, weighted by their
/// probabilities. Behind a decimal point the digits are taken to be distributed alike whatever stood before it; the
/// sum may leave 0 to 10 by less than a point. A text without a number keeps its score.
struct RatingExpectation {
    let pieces: NumericPieces
    let tokenizer: Tokenizer
    /// The text of the start token, empty where that is special.
    let beginning: String

    /// The candidates' values behind the texts met so far, `nil` for numeric pieces that are no candidates.
    private var knownValues: [String: [Double?]] = [:]

    /// Starts without any text met.
    init(pieces: NumericPieces, tokenizer: Tokenizer, beginning: String = "") {
        self.pieces = pieces
        self.tokenizer = tokenizer
        self.beginning = beginning
    }

    /// Returns the expected rating.
    ///
    /// - Parameters:
    ///   - tokens: The generated tokens.
    ///   - logits: The logits of ``NumericPieces/ids`` at each step.
    ///   - score: The score of the text.
    /// - Returns: The expected rating.
    /// - Throws: ``P5Error`` where the library refuses a token.
    /// - Complexity: O(*n* · *p*) in the tokens and the numeric pieces.
    mutating func callAsFunction(tokens: [Int32], logits: [[Float]], score: Double) throws(P5Error) -> Double {
        guard score != RatingText.scoreWithoutNumber else { return score }
        var expected = score
        var prefix = beginning
        for (token, logits) in zip(tokens, logits) {
            if pieces.text(of: token) != nil { expected += deviation(of: token, behind: prefix, logits) }
            prefix += try tokenizer.text(ofPiece: token)
        }
        return expected
    }

    private mutating func deviation(of chosen: Int32, behind prefix: String, _ logits: [Float]) -> Double {
        let values = values(behind: prefix)
        guard let place = pieces.ids.firstIndex(of: chosen), let chosenValue = values[place] else { return 0 }
        guard let largest = logits.max() else { return 0 }
        var sum = 0.0
        var weighted = 0.0
        for (value, logit) in zip(values, logits) {
            guard let value else { continue }
            let weight = exponential(Double(logit - largest))
            sum += weight
            weighted += weight * value
        }
        return sum > 0 ? weighted / sum - chosenValue : 0
    }

    /// The ratings that the numeric pieces make of a text.
    private mutating func values(behind prefix: String) -> [Double?] {
        if let known = knownValues[prefix] { return known }
        let values = pieces.ids.map { id -> Double? in
            let number = pieces.text(of: id).flatMap { RatingText.closingNumber(of: prefix + $0) }
            return number.flatMap { (0...10).contains($0) ? $0 : nil }
        }
        knownValues[prefix] = values
        return values
    }
}
