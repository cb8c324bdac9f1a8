import Domain
import ModelFiles
import P5
import RecommendationEngine

/// How long it takes until models can be used, all files in the page cache.
struct OpeningFigures {
    let bench: Bench
    /// The random t5-small, laid out as a bundle.
    let large: BundlePaths

    /// Measures.
    func measure() throws -> [Figure] {
        [
            try demoBundle(),
            try weights("open 240 MB checkpoint, torch zip", large.checkpoint),
            try weights("open 240 MB checkpoint, safetensors", large.backboneWeights),
            try model(),
        ]
    }

    private func demoBundle() throws -> Figure {
        let runs = try bench.alternate(
            {
                var models = LoadedModels()
                for stage in InitialisationStage.allCases { try models.load(stage, from: bench.bundle) }
            },
            against: ReferenceWork("open_bundle", path: bench.bundle.directory)
        )
        return Figure("open demo bundle", coldstart: runs.coldstart, reference: runs.reference)
    }

    private func weights(_ name: String, _ path: String) throws -> Figure {
        let runs = try bench.alternate(
            { try WeightsReader.read(path).count },
            against: ReferenceWork("open_weights", path: path)
        )
        return Figure(name, coldstart: runs.coldstart, reference: runs.reference, aim: .openingCheckpoint)
    }

    /// The whole model: the backbone with the checkpoint merged over it.
    private func model() throws -> Figure {
        let runs = try bench.alternate(
            { try T5Model(backboneDirectory: large.backbone, checkpoint: large.checkpoint).configuration.modelWidth },
            against: ReferenceWork("open_model", path: large.directory)
        )
        return Figure(
            "open t5-small, backbone and checkpoint",
            coldstart: runs.coldstart,
            reference: runs.reference,
            aim: .openingCheckpoint
        )
    }
}
