import P5

extension SecondStageInput {
    /// The length of the prompts in words, and the ratings that it takes.
    ///
    /// The prompts to measure have about 170 tokens; with the demo bundle's vocabulary 15 ratings make fewer.
    var length: String {
        let ratings = min(history.count, RatingPrompt.historyLimit)
        let whole = "\(Quantity.digits(tokensAPrompt)) tokens a prompt, from \(ratings) ratings"
        return ratings > 15
            ? whole + " (chosen for the length: 15 make fewer tokens with the demo's vocabulary)" : whole
    }
}
