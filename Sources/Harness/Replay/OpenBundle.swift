package import Domain
package import ModelFiles
package import RecommendationEngine

/// A model bundle with all stages loaded, and how long each took.
package struct OpenBundle: Sendable {
    /// Where the files are.
    package let paths: BundlePaths
    /// The models.
    package let models: LoadedModels
    /// How long each stage took on this machine.
    package let durations: [InitialisationStage: Duration]

    /// Opens a bundle stage by stage.
    ///
    /// - Parameters:
    ///   - paths: Where the files are.
    ///   - clock: The clock that measures the stages.
    /// - Throws: The error of the file that cannot be used, in one line.
    package init(paths: BundlePaths, clock: some Clock<Duration> = ContinuousClock()) throws {
        var models = LoadedModels()
        var durations: [InitialisationStage: Duration] = [:]
        for stage in InitialisationStage.allCases {
            durations[stage] = try clock.measure { try models.load(stage, from: paths) }
        }
        self.paths = paths
        self.models = models
        self.durations = durations
    }

    /// Returns the SHA-256 of every model file by its name in the bundle's layout.
    ///
    /// - Throws: `ModelFileError` where a file cannot be read.
    /// - Complexity: O(*n*) in the bytes of the files, which opening does not read.
    package func fingerprints() throws -> [String: String] {
        try Fingerprint.sha256(of: paths)
    }
}
