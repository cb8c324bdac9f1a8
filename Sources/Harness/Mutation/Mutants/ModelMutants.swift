import Domain
import FoldInSVD
import ModelFiles
import RecommendationEngine
import ServiceUnderTest

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

extension Mutant {
    /// The largest factor of the movie that SVD favours has the other sign.
    static let perturbFactor = Mutant(
        "perturb-factor",
        "One factor of one movie, the largest of SVD's favourite, has the wrong sign.",
        remedy: SoundRun.goldens
    ) { sound in
        EngineAlteration(models: { models, paths in
            try models.reloading(.svd, from: paths, variable: "SVD_DIR") { folder in
                try folder.copySVD(of: paths)
                guard let favourite = sound.favourite, let row = models.svd?.row(of: favourite) else { return "" }
                try folder.negateLargestFactor(ofRow: row)
                return ""
            }
        })
    }

    /// Every row of the factors belongs to the movie before.
    static let shiftItemIDs = Mutant(
        "shift-item-ids",
        "The map from movie ids to SVD's rows is shifted by one.",
        remedy: SoundRun.goldens
    ) { _ in
        EngineAlteration(models: { models, paths in
            try models.reloading(.svd, from: paths, variable: "SVD_DIR") { folder in
                try folder.copySVD(of: paths)
                let movies = models.svd?.movies ?? []
                let shifted = (movies.suffix(1) + movies.dropLast()).map(\.text)
                try folder.write(try JSONEncoder().encode(shifted), to: "item_ids.json")
                return ""
            }
        })
    }

    /// Every movie has the internal id of the one before.
    static let shiftP5IDs = Mutant(
        "shift-p5-ids",
        "The map from movie ids to P5's internal ids is shifted by one.",
        remedy: "rankings: {full: <golden>}, with a request in the state full"
    ) { _ in
        EngineAlteration(models: { models, paths in
            try models.reloading(.datamaps, from: paths, variable: "DATAMAPS_PATH") { folder in
                try folder.writeShiftedDataMaps(of: paths)
                return "datamaps.json"
            }
        })
    }

    /// P5 ranks with the weights that it had before it was trained.
    static let staleCheckpoint = Mutant(
        "stale-checkpoint",
        "P5 serves the backbone's weights, as before its training, in place of the checkpoint's.",
        remedy: "rankings: {full: <golden>}, with a request in the state full"
    ) { _ in
        EngineAlteration(models: { models, paths in
            var stale = models
            try stale.load(
                .checkpoint,
                from: BundlePaths(
                    directory: paths.directory,
                    environment: [
                        "SVD_DIR": paths.svdDirectory, "P5_BACKBONE": paths.backbone, "DATAMAPS_PATH": paths.dataMaps,
                        "P5_CKPT": paths.backboneWeights,
                    ]
                )
            )
            return stale
        })
    }
}

extension LoadedModels {
    /// Returns the models with one stage loaded from changed files.
    ///
    /// - Parameters:
    ///   - stage: The stage.
    ///   - paths: Where the files are.
    ///   - variable: The variable that names the changed file or folder.
    ///   - change: Writes the changed files into a folder; returns the name of the file there, empty for the folder.
    /// - Returns: The models.
    /// - Throws: The error of a file; ``MutationError`` where one cannot be changed.
    fileprivate func reloading(
        _ stage: InitialisationStage,
        from paths: BundlePaths,
        variable: String,
        _ change: (ChangedFiles) throws -> String
    ) throws -> LoadedModels {
        let folder = try ChangedFiles()
        // What is mapped stays readable.
        defer { folder.remove() }
        let name = try change(folder)
        var models = self
        let changed = BundlePaths(directory: paths.directory, environment: [variable: join(folder.path, name)])
        try models.load(stage, from: changed)
        return models
    }
}
