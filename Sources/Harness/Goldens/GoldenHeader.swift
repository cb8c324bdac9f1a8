package import Domain

/// The provenance of a golden file: what made it, and from which files.
package struct GoldenHeader: Hashable, Sendable {
    /// The version of the format that this module reads.
    package static let supportedVersion = 1

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
    /// The seed of the reference.
    package let seed: UInt64
    /// The versions of Python and its libraries, by name.
    package let versions: [String: String]
    /// The model files the rankings were made from.
    package let fingerprints: GoldenFingerprints
    /// SHA-256 of the catalogue file.
    package let catalogueSHA256: String
    /// SHA-256 of the sessions file.
    package let sessionsSHA256: String

    /// The mode of a golden that names none.
    package static let defaultMode = "in_prompt"
    /// The longest decoder sequence of a golden that names none.
    package static let defaultGenerationLimit = 6
    /// The SVD ranking of a golden that names none.
    package static let defaultSVDRanking = "factors"

    /// Creates a header.
    package init(
        wholeWord: Bool,
        mode: String = GoldenHeader.defaultMode,
        generationLimit: Int = GoldenHeader.defaultGenerationLimit,
        softPrompt: GoldenSoftPrompt? = nil,
        scoring: P5Settings.Scoring = .text,
        svdRanking: String = GoldenHeader.defaultSVDRanking,
        seed: UInt64,
        versions: [String: String] = [:],
        fingerprints: GoldenFingerprints,
        catalogueSHA256: String = "",
        sessionsSHA256: String = ""
    ) {
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
    }
}

/// SHA-256 of every model file that a golden was made from, by path relative to the bundle.
package struct GoldenFingerprints: Hashable, Sendable {
    /// A file that is not the one the golden was made from.
    package struct Mismatch: Hashable, Sendable, CustomStringConvertible {
        /// The file's path relative to the bundle.
        package let path: String
        /// The golden's digest; `nil` where the golden was made without the file.
        package let expected: String?
        /// The digest of the file in use; `nil` where it was not used.
        package let actual: String?

        package var description: String {
            switch (expected, actual) {
            case (let expected?, let actual?):
                "\(path) is not the file of the golden: SHA-256 \(actual.prefix(12))…, expected \(expected.prefix(12))…"
            case (_?, nil): "\(path) was used for the golden, and is not used here"
            default: "\(path) is used here, and was not used for the golden"
            }
        }
    }

    /// The digests, 64 hexadecimal digits each, by path.
    package let files: [String: String]

    /// Creates fingerprints.
    package init(files: [String: String]) {
        self.files = files
    }

    /// Returns every file that differs from the golden's, is missing or was added, in the order of the paths.
    ///
    /// - Parameter actual: The digests of the files in use, by path relative to the bundle.
    /// - Returns: One mismatch for each such file; none where the bundle is the golden's.
    /// - Complexity: O(*n* log *n*) in the number of files.
    package func mismatches(actual: [String: String]) -> [Mismatch] {
        Set(files.keys).union(actual.keys).sorted()
            .compactMap { path in
                let expected = files[path]?.lowercased()
                let found = actual[path]?.lowercased()
                return expected == found ? nil : Mismatch(path: path, expected: expected, actual: found)
            }
    }
}
