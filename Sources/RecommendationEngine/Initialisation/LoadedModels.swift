package import Domain
package import FoldInSVD
package import ModelFiles
package import P5

/// The models of a service, as far as they have loaded.
package struct LoadedModels: Sendable {
    /// The first stage.
    package private(set) var svd: FoldInModel?
    /// The map from movie ids to P5's internal ids.
    package private(set) var dataMaps: DataMaps?
    /// P5's tokenizer.
    package private(set) var tokenizer: Tokenizer?
    /// P5's T5 model: the backbone with the checkpoint merged over it.
    package private(set) var t5: T5Model?

    /// Creates a service that has loaded nothing.
    package init() {}

    /// Runs one stage of initialisation; weights are mapped, not read.
    ///
    /// - Parameters:
    ///   - stage: The stage; `environment` loads nothing.
    ///   - paths: Where the bundle's files are.
    /// - Throws: The error of the file that cannot be used, in one line.
    package mutating func load(_ stage: InitialisationStage, from paths: BundlePaths) throws {
        switch stage {
        case .environment: break
        case .svd: svd = try FoldInModel(directory: paths.svdDirectory)
        case .datamaps: dataMaps = try DataMaps(path: paths.dataMaps)
        case .tokenizer: tokenizer = try Tokenizer(modelPath: paths.sentencePieceModel)
        case .checkpoint: t5 = try T5Model(backboneDirectory: paths.backbone, checkpoint: paths.checkpoint)
        }
    }

    /// Returns what ranks in a state; P5 only in the state `full`.
    package func recommender(in state: ServingState, options: P5Options) -> Recommender {
        Recommender(
            svd: state == .nothing ? nil : svd,
            p5: state == .full ? P5Stage(models: self, options: options) : nil
        )
    }
}

/// P5 as the pipeline's second stage.
package struct P5Stage: Reranker {
    private let dataMaps: DataMaps
    private let tokenizer: Tokenizer
    private let t5: T5Model
    private let options: P5Options

    /// Creates the stage; `nil` unless all of P5 has loaded.
    package init?(models: LoadedModels, options: P5Options) {
        guard let dataMaps = models.dataMaps, let tokenizer = models.tokenizer, let t5 = models.t5 else { return nil }
        self.dataMaps = dataMaps
        self.tokenizer = tokenizer
        self.t5 = t5
        self.options = options
    }

    package func rerank(_ films: [RankedMovie], session: SessionID, history: [Rating]) throws -> Reranking {
        let reranked = try t5.rerank(
            films,
            session: session,
            history: history,
            dataMaps: dataMaps,
            tokenizer: tokenizer,
            options: options
        )
        return Reranking(ranking: reranked.ranking, textGaps: reranked.gaps)
    }
}
