/// Where the files of a model bundle are.
///
/// A bundle is a folder with `svd_5core/`, `t5-small/`, `p5/mvt_aug_epoch10.pth` and `p5/datamaps.json`; environment
/// variables override single paths, as they configure the service.
package struct BundlePaths: Hashable, Sendable {
    /// The folder of the service's container image, which holds where nothing else is said.
    package static let defaultDirectory = "/models"

    /// The folder of the bundle.
    package let directory: String
    /// The folder of the SVD model, `SVD_DIR`.
    package let svdDirectory: String
    /// The PyTorch state dict that overrides the backbone, `P5_CKPT`.
    package let checkpoint: String
    /// What stands before the model's names in the checkpoint, or the levels above them, `P5_CKPT_PREFIX`; mostly empty.
    package let checkpointPrefix: String
    /// The Hugging Face T5 folder, `P5_BACKBONE`.
    package let backbone: String
    /// The map of movie ids to P5's own ids, `DATAMAPS_PATH`.
    package let dataMaps: String

    /// The variables that override single paths and settings.
    package static let variables = ["SVD_DIR", "P5_CKPT", "P5_CKPT_PREFIX", "P5_BACKBONE", "DATAMAPS_PATH"]

    /// Resolves the paths.
    ///
    /// - Parameters:
    ///   - directory: The folder of the bundle.
    ///   - environment: Variables that override single paths; empty ones do not count.
    package init(directory: String = BundlePaths.defaultDirectory, environment: [String: String] = [:]) {
        func resolve(_ variable: String, _ relative: String) -> String {
            if let override = environment[variable], !override.isEmpty { return override }
            return join(directory, relative)
        }
        self.directory = directory
        self.svdDirectory = resolve("SVD_DIR", "svd_5core")
        self.checkpoint = resolve("P5_CKPT", "p5/mvt_aug_epoch10.pth")
        self.checkpointPrefix = environment["P5_CKPT_PREFIX", default: ""]
        self.backbone = resolve("P5_BACKBONE", "t5-small")
        self.dataMaps = resolve("DATAMAPS_PATH", "p5/datamaps.json")
    }

    /// The T5 configuration.
    package var backboneConfiguration: String { join(backbone, "config.json") }

    /// What `generate` takes in place of the configuration; need not exist.
    package var generationConfiguration: String { join(backbone, "generation_config.json") }

    /// The SentencePiece model.
    package var sentencePieceModel: String { join(backbone, "spiece.model") }

    /// The names of the files beside the SentencePiece model that say more of the tokenizer; none of them need exist.
    package static let tokenizerFiles = [
        "added_tokens.json", "special_tokens_map.json", "tokenizer.json", "tokenizer_config.json",
    ]

    /// The backbone's weights: `model.safetensors` or `pytorch_model.bin`, or the index of one that is split.
    ///
    /// Looks at the file system, in the order of Hugging Face Transformers; of a backbone with none of them the first name
    /// is returned, so that opening it says what is missing.
    package var backboneWeights: String {
        let paths = ["model.safetensors", "pytorch_model.bin"]
            .flatMap { [join(backbone, $0), join(backbone, $0 + ShardedWeights.suffix)] }
        return paths.first(where: fileExists) ?? paths[0]
    }

    /// The files of the models that exist, by the names they have in a bundle's layout.
    ///
    /// Looks at the file system. The names do not change where a variable moves a path, so that fingerprints compare.
    package var modelFiles: [(name: String, path: String)] {
        let weights = backboneWeights
        let shards = weights.hasSuffix(ShardedWeights.suffix) ? ShardedWeights.files(of: weights) : []
        let files =
            ["V.npy", "item_ids.json", "item_bias.npy", "global_mean.json", "lambda.json"]
            .map { (name: "svd_5core/" + $0, path: join(svdDirectory, $0)) }
            + (["config.json", "generation_config.json", "spiece.model"] + BundlePaths.tokenizerFiles)
            .map { (name: "t5-small/" + $0, path: join(backbone, $0)) }
            + [
                (name: "t5-small/" + lastComponent(of: weights), path: weights)
            ] + shards.map { (name: "t5-small/" + lastComponent(of: $0), path: $0) }
            + [
                (name: "p5/mvt_aug_epoch10.pth", path: checkpoint),
                (name: "p5/datamaps.json", path: dataMaps),
            ]
        return files.filter { fileExists($0.path) }
    }
}

/// Joins a folder and a path relative to it.
package func join(_ directory: String, _ relative: String) -> String {
    if directory.isEmpty { return relative }
    return directory.hasSuffix("/") ? directory + relative : directory + "/" + relative
}

/// The folder of a path with its slash at the end; empty for a name alone.
package func folder(of path: String) -> String {
    path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
}

private func lastComponent(of path: String) -> String {
    path.split(separator: "/").last.map(String.init) ?? path
}
