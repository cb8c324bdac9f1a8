import Domain
import ModelComparison
import ModelFiles
import RecommendationEngine
import Replay

/// A bundle that takes part in a comparison, with its parts at hand.
struct ComparedBundle {
    /// The folder.
    let folder: String
    /// The models.
    let models: LoadedModels
    /// SHA-256 of its files.
    let fingerprints: [String: String]
    private let catalogue: [MovieID]
    private let engine: ComparedEngine
    private let cache: StageCache?

    /// Opens a bundle; without P5 only the SVD model.
    ///
    /// - Throws: The end with code 3 where a file of it cannot be used.
    init(_ folder: String, catalogue: [MovieID], engine: ComparedEngine, cache: StageCache?) throws {
        self.folder = folder
        self.catalogue = catalogue
        self.engine = engine
        self.cache = cache
        let paths = BundlePaths(directory: folder)
        do {
            if engine.isSVDAlone {
                var models = LoadedModels()
                try models.load(.svd, from: paths)
                self.models = models
            } else {
                models = try OpenBundle(paths: paths).models
                try models.calibrate(engine.settings, keptIn: engine.calibrations, paths)
            }
            fingerprints = try Fingerprint.sha256(of: paths) { name in
                engine.isIdentified && (!engine.isSVDAlone || BundlePart(file: name) == .svd)
            }
        } catch let error as CommandEnd {
            throw error
        } catch {
            throw CommandEnd.environment("\(error)")
        }
    }

    /// The bundle as a side.
    var side: any ComparisonSide {
        get throws { try side(of: models, fingerprints, name: folder) }
    }

    /// A side of this bundle with some parts of another in their place.
    func side(with parts: Set<BundlePart>, of other: ComparedBundle) throws -> any ComparisonSide {
        let mixed = other.fingerprints.filter { parts.contains(BundlePart(file: $0.key)) }
        let kept = fingerprints.filter { !parts.contains(BundlePart(file: $0.key)) }
        return try side(
            of: models.replacing(parts, with: other.models),
            kept.merging(mixed) { first, _ in first },
            name: folder
        )
    }

    /// What blames changes on the parts that differ between this bundle and another.
    func blame(on other: ComparedBundle) -> BlameRun {
        BlameRun(changed: BundlePart.changed(fingerprints, other.fingerprints)) { try side(with: $0, of: other) }
    }

    private func side(of models: LoadedModels, _ fingerprints: [String: String], name: String) throws -> BundleSide {
        var models = models
        models.scoreFormula = engine.scoreFormula
        var recommender = try models.recommender(
            in: engine.isSVDAlone ? .svdOnly : .full,
            settings: engine.settings
        )
        if let cache, let p5 = recommender.p5 {
            recommender = Recommender(
                svd: recommender.svd,
                p5: CachedReranker(p5, cache: cache, identity: identity(fingerprints)),
                scoreFormula: recommender.scoreFormula
            )
        }
        return try BundleSide(
            name: name,
            recommender: recommender,
            catalogue: catalogue,
            fingerprints: fingerprints,
            precision: { [models, settings = engine.settings] in models.precision(under: settings) }
        )
    }

    /// Everything that P5's answers follow from beside the session: its files and the settings that change results.
    private func identity(_ fingerprints: [String: String]) -> String {
        var settings = engine.settings
        settings.threads = nil
        settings.batch = 1
        let files = fingerprints.filter { BundlePart(file: $0.key) != .svd }.sorted { $0.key < $1.key }
        return files.map { "\($0.key)=\($0.value)" }.joined(separator: " ") + " \(settings)"
    }
}
