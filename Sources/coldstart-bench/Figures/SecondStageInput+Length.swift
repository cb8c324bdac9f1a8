import P5

extension SecondStageInput {
    /// The length of the prompts in words, and the ratings that it takes.
    ///
    /// Real t5-small reaches about 170 tokens with 13 to 15 ratings; the demo bundle's vocabulary was learned from such
    /// prompts, so that its pieces are longer.
    var length: String {
        let ratings = min(history.count, RatingPrompt.historyLimit)
        let whole = "\(Quantity.digits(tokensAPrompt)) tokens a prompt, from \(ratings) ratings"
        return ratings > 15
            ? whole + " (chosen for the length: 15 make fewer tokens with the demo's vocabulary)" : whole
    }
}
