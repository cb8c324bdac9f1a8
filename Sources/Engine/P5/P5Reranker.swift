package import Domain
package import ModelFiles

/// The second stage: orders the SVD model's best by the ratings that P5 predicts for them.
package struct P5Reranker: Sendable {
    /// A ranking with what is known of its texts.
    package struct Result: Hashable, Sendable {
        /// The movies in P5's order, ranks from 1, each with its text and score.
        package let ranking: Ranking
        /// For each movie the smallest gap between best and second logit on the way to its text.
        package let gaps: [MovieID: Double]
        /// The soft prompt that was trained for the session, `nil` where it was scored without one.
        package var softPrompt: SoftPromptTraining?
        /// Why the session was scored without the soft prompt that the settings ask for.
        package var fallback: String?
        /// An error of int8 beyond its bound that was seen; all texts are float32's then.
        package var violation: PrecisionViolation?
    }

    /// The model.
    package let model: T5Model
    /// The tokenizer of its backbone.
    package let tokenizer: Tokenizer
    /// The internal ids it was trained with.
    package let dataMaps: DataMaps
    /// The settings.
    package let settings: P5Settings

    /// The pieces that expected ratings are read from, where these are the scores.
    let numericPieces: NumericPieces?

    /// Joins what has been loaded; with verified precision the model is calibrated, unless it was before.
    ///
    /// - Throws: ``P5Error`` where a setting is out of range, where the tokenizer does not fit the model, where the
    ///   model's files ask for another beam search, or where whole-word embeddings are on and the checkpoint has none.
    package init(model: T5Model, tokenizer: Tokenizer, dataMaps: DataMaps, settings: P5Settings) throws(P5Error) {
        try P5Error.checking(settings.validate)
        try tokenizer.check(against: model.configuration)
        if settings.beams > 1, let contradiction = model.configuration.beamContradiction { throw contradiction }
        guard !settings.usesWholeWords || model.hasWholeWordEmbeddings else {
            throw P5Error(
                .configuration,
                "whole-word embeddings are on: found no \"\(T5Weights.wholeWordName)\" in the checkpoint; "
                    + "switch them off or use a P5 checkpoint that has them"
            )
        }
        self.model = model
        self.tokenizer = tokenizer
        self.dataMaps = dataMaps
        self.settings = settings
        self.numericPieces = settings.scoring == .expected ? try tokenizer.numericPieces() : nil
        if settings.precision == .verified { _ = try calibration() }
    }

    /// Rates movies and orders them by the rating, best first; ties keep the order they came in.
    ///
    /// Movies without an internal id are left out.
    ///
    /// - Parameters:
    ///   - movies: The SVD model's best, best first.
    ///   - session: The session, which the prompts name.
    ///   - history: The session's ratings, newest first.
    /// - Returns: The ranking and the gaps of its texts.
    /// - Throws: ``P5Error`` where a prompt cannot be run through the model.
    package func rerank(_ movies: [RankedMovie], session: SessionID, history: [Rating]) throws(P5Error) -> Result {
        let known = movies.compactMap { movie in dataMaps.internalID(of: movie.movie).map { (movie.movie, $0) } }
        let prompt = RatingPrompt(session: session, history: history, dataMaps: dataMaps)
        var ids: [[Int32]] = []
        for (_, internalID) in known {
            ids.append(try tokenizer.encode(prompt.text(for: internalID), maximumLength: settings.maximumLength))
        }
        let training = known.isEmpty ? .unwanted : train(session: session, history: history)
        let (generated, seen) = try generate(ids, behind: training.result?.prompt)
        let violation = seen.map { $0.found.of(session: session, movie: known[$0.place].0) }
        if let violation { model.precisionWatch.add(violation, under: settings) }
        var expectation = try numericPieces.map { pieces throws(P5Error) in
            let beginning = try tokenizer.text(ofPiece: model.configuration.startToken)
            return RatingExpectation(pieces: pieces, tokenizer: tokenizer, beginning: beginning)
        }
        var rated: [(movie: MovieID, text: String, score: Double, gap: Double)] = []
        for ((movie, _), answer) in zip(known, generated) {
            // What `generate` returns begins with the start token, which a decoded text shows unless it is special.
            let text = try tokenizer.decode([model.configuration.startToken] + answer.tokens)
            var score = RatingText.score(text)
            if var reader = expectation {
                score = try reader(tokens: answer.tokens, logits: answer.watchedLogits, score: score)
                expectation = reader
            }
            rated.append((movie, text, score, Double(answer.smallestGap)))
        }
        // Swift's sort is stable, which the service relies on; sorting by (score, place) says so.
        let order = rated.indices.sorted { left, right in
            (rated[right].score, left) < (rated[left].score, right)
        }
        let places = order.enumerated()
            .map { rank, index in
                RankedMovie(
                    movie: rated[index].movie,
                    rank: rank + 1,
                    score: rated[index].score,
                    text: rated[index].text
                )
            }
        return Result(
            ranking: Ranking(model: .p5, places: places),
            gaps: Dictionary(rated.map { ($0.movie, $0.gap) }, uniquingKeysWith: min),
            softPrompt: training.result,
            fallback: training.fallback,
            violation: violation
        )
    }
}
