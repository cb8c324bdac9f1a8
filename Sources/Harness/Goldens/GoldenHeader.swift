package import Domain

/// The provenance of a golden file: what made it, and from which files.
package struct GoldenHeader: Hashable, Sendable {
    /// The versions of the format that this module reads; it writes the last.
    package static let supportedVersions: ClosedRange<Int> = 1...2

    /// The version of the format.
    package let version: Int
    /// The program that made the rankings; in version 1 always the reference.
    package let maker: GoldenMaker
    /// The state of the engine that the rankings are for; in version 1 always the full one.
    package let state: GoldenState
    /// Whether the whole-word embeddings were added to the encoder's input.
    package let wholeWord: Bool
    /// What stood before P5's prompts and how it decoded: `in_prompt` or `soft_prompt`, then what else was not as
    /// deployed.
    package let mode: String
    /// The longest decoder sequence, the start token included.
    package let generationLimit: Int
    /// How virtual tokens were trained; `nil` where nothing stood before the prompts.
    package let softPrompt: GoldenSoftPrompt?
    /// What P5's scores are.
    package let scoring: P5Settings.Scoring
    /// What the SVD model's scores are made of: `factors` or `biased`.
    package let svdRanking: String
    /// The seed of the program that made the rankings, `nil` where it has none.
    package let seed: UInt64?
    /// The versions of what the program stands on, such as Python and its libraries, by name.
    package let versions: [String: String]
    /// The model files the rankings were made from.
    package let fingerprints: GoldenFingerprints
    /// SHA-256 of the catalogue file.
    package let catalogueSHA256: String
    /// SHA-256 of the sessions file.
    package let sessionsSHA256: String
    /// What the golden allows beyond what is standard, `nil` where nothing.
    package let tolerance: GoldenTolerance?

    /// The mode of a golden that names none.
    package static let defaultMode = "in_prompt"
    /// The longest decoder sequence of a golden that names none.
    package static let defaultGenerationLimit = 6
    /// The SVD ranking of a golden that names none.
    package static let defaultSVDRanking = "factors"

    /// Creates a header.
    package init(
        version: Int = GoldenHeader.supportedVersions.upperBound,
        maker: GoldenMaker,
        state: GoldenState = .full,
        wholeWord: Bool,
        mode: String = GoldenHeader.defaultMode,
        generationLimit: Int = GoldenHeader.defaultGenerationLimit,
        softPrompt: GoldenSoftPrompt? = nil,
        scoring: P5Settings.Scoring = .text,
        svdRanking: String = GoldenHeader.defaultSVDRanking,
        seed: UInt64? = nil,
        versions: [String: String] = [:],
        fingerprints: GoldenFingerprints,
        catalogueSHA256: String = "",
        sessionsSHA256: String = "",
        tolerance: GoldenTolerance? = nil
    ) {
        self.version = version
        self.maker = maker
        self.state = state
        self.wholeWord = wholeWord
        self.mode = mode
        self.generationLimit = generationLimit
        self.softPrompt = softPrompt
        self.scoring = scoring
        self.svdRanking = svdRanking
        self.seed = seed
        self.versions = versions
        self.fingerprints = fingerprints
        self.catalogueSHA256 = catalogueSHA256
        self.sessionsSHA256 = sessionsSHA256
        self.tolerance = tolerance
    }
}

extension GoldenHeader {
    /// The same in the last version of the format, whose rankings may leave out what follows from them.
    package var current: GoldenHeader { with(tolerance: tolerance) }

    /// Returns the same in the last version of the format with another tolerance.
    package func with(tolerance: GoldenTolerance?) -> GoldenHeader {
        GoldenHeader(
            maker: maker,
            state: state,
            wholeWord: wholeWord,
            mode: mode,
            generationLimit: generationLimit,
            softPrompt: softPrompt,
            scoring: scoring,
            svdRanking: svdRanking,
            seed: seed,
            versions: versions,
            fingerprints: fingerprints,
            catalogueSHA256: catalogueSHA256,
            sessionsSHA256: sessionsSHA256,
            tolerance: tolerance
        )
    }
}
