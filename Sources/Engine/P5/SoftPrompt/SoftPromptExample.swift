package import Domain
import ModelFiles

/// One rating of a session as an example: the prompt that asks for it and the tokens that answer.
package struct SoftPromptExample: Hashable, Sendable {
    /// The movie that was rated.
    package let movie: MovieID
    /// The prompt's tokens.
    package let prompt: [Int32]
    /// Their word indices, `nil` where whole-word embeddings are off.
    package let words: [Int32]?
    /// The tokens of the rating, the end mark included.
    package let target: [Int32]

    /// Creates an example.
    package init(movie: MovieID, prompt: [Int32], words: [Int32]? = nil, target: [Int32]) {
        self.movie = movie
        self.prompt = prompt
        self.words = words
        self.target = target
    }
}

extension P5Reranker {
    /// Makes an example of each of the newest ratings whose movie has an internal id.
    ///
    /// The prompt is the one that candidates get, so that it names the very rating that it asks for.
    ///
    /// - Complexity: O(*n*) prompts for *n* ratings.
    func examples(
        session: SessionID,
        history: [Rating],
        settings soft: SoftPromptSettings
    ) throws(P5Error) -> [SoftPromptExample] {
        let question = RatingPrompt(session: session, history: history, dataMaps: dataMaps)
        var examples: [SoftPromptExample] = []
        for rating in history where examples.count < soft.exampleLimit {
            guard let id = dataMaps.internalID(of: rating.movie) else { continue }
            guard let whole = Int(exactly: rating.value.rounded(.towardZero)) else { continue }
            let prompt = try tokenizer.encode(question.text(for: id), maximumLength: settings.maximumLength)
            examples.append(
                SoftPromptExample(
                    movie: rating.movie,
                    prompt: prompt,
                    words: settings.usesWholeWords ? tokenizer.wordIndices(of: prompt) : nil,
                    target: try tokenizer.encode("\(whole)", maximumLength: soft.targetLength)
                )
            )
        }
        return examples
    }
}
