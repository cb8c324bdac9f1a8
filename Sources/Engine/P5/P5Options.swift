import LinearAlgebra

/// The settings of the P5 stage.
package struct P5Options: Hashable, Sendable {
    /// What stands before the prompts.
    package enum Mode: Hashable, Sendable {
        /// Nothing: the history in the prompt is all that the model learns of a visitor.
        case inPrompt
        /// Virtual tokens that are trained on the session's own ratings first. In-prompt scoring is the fallback where
        /// no rating makes an example or the training fails.
        case softPrompt(SoftPromptOptions)
    }

    /// What a film's score is.
    package enum Scoring: String, Hashable, Sendable, CaseIterable {
        /// The first number of the generated text.
        case text
        /// The probability-weighted rating over the digits that could have stood in the text, which leaves no ties.
        ///
        /// See ``RatingExpectation`` for the exact definition. Needs greedy decoding.
        case expected
    }

    /// The longest encoder input in tokens, the end mark included (`P5_MAX_LEN`).
    package var maximumLength: Int
    /// The longest decoder sequence, the start token included (`P5_GEN_MAX_LEN`).
    package var generationLimit: Int
    /// The texts that a beam search follows at once (`num_beams`); 1 for greedy decoding.
    package var beams: Int
    /// The most prompts that a thread encodes at a time (`P5_BATCH`); changes memory and speed, never results.
    package var batch: Int
    /// Whether whole-word embeddings are added to the encoder's input.
    package var usesWholeWords: Bool
    /// The most threads that work at once; changes speed, never results.
    package var threads: Int
    /// What stands before the prompts.
    package var mode: Mode
    /// What a film's score is.
    package var scoring: Scoring

    /// Creates settings, those of the deployed service where nothing is said.
    package init(
        maximumLength: Int = 256,
        generationLimit: Int = 6,
        beams: Int = 1,
        batch: Int = 16,
        usesWholeWords: Bool = false,
        threads: Int? = nil,
        mode: Mode = .inPrompt,
        scoring: Scoring = .text
    ) {
        self.maximumLength = maximumLength
        self.generationLimit = generationLimit
        self.beams = beams
        self.batch = batch
        self.usesWholeWords = usesWholeWords
        self.threads = threads ?? WorkerThreads.available
        self.mode = mode
        self.scoring = scoring
    }

    /// Checks that every setting is within reason.
    ///
    /// - Throws: ``P5Error`` that names the setting.
    package func validate() throws(P5Error) {
        try Self.check("P5_MAX_LEN", maximumLength, in: 1...65_536)
        try Self.check("P5_GEN_MAX_LEN", generationLimit, in: 2...1_024)
        try Self.check("beams", beams, in: 1...64)
        try Self.check("P5_BATCH", batch, in: 1...65_536)
        try Self.check("threads of P5", threads, in: 1...1_024)
        guard scoring == .text || beams == 1 else {
            throw P5Error(
                .configuration,
                "scoring expected: found \(beams) beams, expected 1; a beam search keeps no probabilities of its steps"
            )
        }
        if case .softPrompt(let soft) = mode { try soft.validate() }
    }

    private static func check(_ name: String, _ value: Int, in range: ClosedRange<Int>) throws(P5Error) {
        guard !range.contains(value) else { return }
        throw P5Error(
            .configuration,
            "\(name): found \(value), expected a whole number from \(range.lowerBound) to \(range.upperBound)"
        )
    }
}
