/// The settings of the P5 stage, those of the deployed service where nothing is said.
package struct P5Settings: Hashable, Sendable {
    /// What stands before the prompts.
    package enum Mode: Hashable, Sendable {
        /// Nothing: the history in the prompt is all that the model learns of a visitor.
        case inPrompt
        /// Virtual tokens that are trained on the session's own ratings first. In-prompt scoring is the fallback where
        /// no rating makes an example or the training fails.
        case softPrompt(SoftPromptSettings)

        /// The name in scenarios and goldens.
        package var name: String {
            switch self {
            case .inPrompt: "in_prompt"
            case .softPrompt: "soft_prompt"
            }
        }

        /// The modes as a scenario names them, each with the settings of the shipped goldens.
        package static let named: [Mode] = [.inPrompt, .softPrompt(SoftPromptSettings())]
    }

    /// What a movie's score is.
    package enum Scoring: String, Hashable, Sendable, CaseIterable {
        /// The first number of the generated text.
        case text
        /// The probability-weighted rating over the digits that could have stood in the text, which leaves no ties.
        ///
        /// Needs greedy decoding.
        case expected
    }

    /// The arithmetic of the model; changes speed, never results.
    package enum Precision: String, Hashable, Sendable, CaseIterable {
        /// All of it in float32.
        case float32
        /// Prompts are decided in int8 where their margins are wider than its error, the others again in float32.
        ///
        /// Needs greedy decoding and scores from texts.
        case verified
    }

    /// The longest encoder input in tokens, the end mark included (`P5_MAX_LEN`).
    package var maximumLength: Int
    /// The longest decoder sequence, the start token included (`P5_GEN_MAX_LEN`).
    package var generationLimit: Int
    /// The texts that a beam search follows at once (`num_beams`); 1 for greedy decoding.
    package var beams: Int
    /// The most prompts that a thread encodes at a time (`P5_BATCH`); changes memory and speed, never results.
    package var batch: Int
    /// Whether whole-word embeddings are added to the encoder's input; the deployed service leaves them out.
    package var usesWholeWords: Bool
    /// The most threads that work at once, `nil` for all that there are; changes speed, never results.
    package var threads: Int?
    /// What stands before the prompts.
    package var mode: Mode
    /// What a movie's score is.
    package var scoring: Scoring
    /// The arithmetic of the model.
    package var precision: Precision

    /// Creates settings, those of the deployed service where nothing is said.
    package init(
        maximumLength: Int = 256,
        generationLimit: Int = 6,
        beams: Int = 1,
        batch: Int = 16,
        usesWholeWords: Bool = false,
        threads: Int? = nil,
        mode: Mode = .inPrompt,
        scoring: Scoring = .text,
        precision: Precision = .float32
    ) {
        self.maximumLength = maximumLength
        self.generationLimit = generationLimit
        self.beams = beams
        self.batch = batch
        self.usesWholeWords = usesWholeWords
        self.threads = threads
        self.mode = mode
        self.scoring = scoring
        self.precision = precision
    }

    /// What stands before the prompts and how texts are decoded, in the form in which a golden names its own.
    package var label: String { beams > 1 ? "\(mode.name), \(beams) beams" : mode.name }

    /// Sets what the service's variables state.
    ///
    /// - Throws: ``SettingError`` that names the variable.
    package mutating func read(_ environment: [String: String]) throws(SettingError) {
        maximumLength = try P5Limits.maximumLength.value(in: environment, default: maximumLength)
        generationLimit = try P5Limits.generationLimit.value(in: environment, default: generationLimit)
        batch = try P5Limits.batch.value(in: environment, default: batch)
    }

    /// Checks that every setting is within its range.
    ///
    /// - Throws: ``SettingError`` that names the setting.
    package func validate() throws(SettingError) {
        try P5Limits.maximumLength.check(maximumLength)
        try P5Limits.generationLimit.check(generationLimit)
        try P5Limits.beams.check(beams)
        try P5Limits.batch.check(batch)
        if let threads { try P5Limits.threads.check(threads) }
        guard scoring == .text || beams == 1 else {
            throw SettingError(
                "scoring expected",
                found: "\(beams) beams",
                expected: "1; a beam search keeps no probabilities of its steps"
            )
        }
        if precision == .verified { try checkVerifiable() }
        if case .softPrompt(let soft) = mode { try soft.validate() }
    }

    /// Refuses what follows from more than each step's best token, whose margin alone says whether int8 decides it.
    private func checkVerifiable() throws(SettingError) {
        guard scoring == .text else {
            throw SettingError(
                "precision verified",
                found: "scoring expected",
                expected: "scoring text; an expected rating follows from every digit of a probability"
            )
        }
        guard beams == 1 else {
            throw SettingError(
                "precision verified",
                found: "\(beams) beams",
                expected: "1; a beam search compares sums of probabilities, not the tokens of a step"
            )
        }
    }
}
