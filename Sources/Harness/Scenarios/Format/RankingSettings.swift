/// How the second stage scores, the key `p5` of a service.
package struct P5Settings: Hashable, Sendable {
    /// What stands before P5's prompts.
    package enum Mode: String, Hashable, Sendable, CaseIterable {
        /// Nothing but the prompt itself.
        case inPrompt = "in_prompt"
        /// Virtual tokens trained on the session's own ratings.
        case softPrompt = "soft_prompt"
    }

    /// What a film's P5 score is.
    package enum Scoring: String, Hashable, Sendable, CaseIterable {
        /// The first number of the generated text.
        case text
        /// The probability-weighted rating over the digits that could have stood in the text.
        case expected
    }

    /// What stands before the prompts.
    package var mode = Mode.inPrompt
    /// The share of values dropped while virtual tokens are trained: 0.1 in production, 0 for goldens.
    package var dropout = 0.0
    /// What the order of a soft prompt's examples follows from; `nil` for the goldens' seed, ``defaultSeed``.
    package var seed: UInt64?
    /// The texts that a beam search follows at once; 1 for greedy decoding, as deployed.
    package var beams = 1
    /// The longest decoder sequence, the start token included.
    package var generationLimit = 6
    /// What a film's P5 score is.
    package var scoring = Scoring.text

    /// What stands before the prompts and how texts are decoded, in the form in which a golden names its own.
    package var label: String { beams > 1 ? "\(mode.rawValue), \(beams) beams" : mode.rawValue }

    /// The seed of the shipped goldens, which a service without one uses too.
    package static let defaultSeed: UInt64 = 20_251_030
    /// The virtual tokens of a soft prompt, which no setting changes.
    package static let virtualTokens = 40

    /// Creates settings with the defaults of the file format.
    package init() {}
}

/// What a score of the first stage is made of, the key `svd: {ranking: …}` of a service.
package enum SVDRanking: String, Hashable, Sendable, CaseIterable {
    /// The product of the factors alone, as deployed.
    case factors
    /// Mean and bias of the film added: a predicted rating.
    case biased
}
