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

    /// What an SVD score is made of.
    package var scoreFormula = ScoreFormula.factors

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
        case .checkpoint:
            let model = try T5Model(
                backboneDirectory: paths.backbone,
                checkpoint: paths.checkpoint,
                prefix: paths.checkpointPrefix
            )
            try tokenizer?.check(against: model.configuration)
            t5 = model
        }
    }

    /// Returns these models with some parts of another bundle in their place.
    ///
    /// - Throws: The tokenizer's error where it does not fit the model that it is put beside.
    package func replacing(_ parts: Set<BundlePart>, with other: LoadedModels) throws -> LoadedModels {
        var mixed = self
        if parts.contains(.svd) { mixed.svd = other.svd }
        if parts.contains(.idMap) { mixed.dataMaps = other.dataMaps }
        if parts.contains(.tokenizer) { mixed.tokenizer = other.tokenizer }
        if parts.contains(.checkpoint) { mixed.t5 = other.t5 }
        if let t5 = mixed.t5 { try mixed.tokenizer?.check(against: t5.configuration) }
        return mixed
    }

    /// Returns what ranks in a state; P5 only in the state `full`.
    ///
    /// - Throws: `P5Error` where the settings make no sense.
    package func recommender(in state: ServingState, settings: P5Settings) throws -> Recommender {
        guard state == .full, let t5, let tokenizer, let dataMaps else {
            return Recommender(svd: state == .nothing ? nil : svd, p5: nil, scoreFormula: scoreFormula)
        }
        let p5 = try P5Reranker(model: t5, tokenizer: tokenizer, dataMaps: dataMaps, settings: settings)
        return Recommender(svd: svd, p5: P5Stage(reranker: p5), scoreFormula: scoreFormula)
    }
}

/// P5 as the pipeline's second stage.
struct P5Stage: Reranker {
    /// The model with its tokenizer and id map.
    let reranker: P5Reranker

    func rerank(_ movies: [RankedMovie], session: SessionID, history: [Rating]) throws -> Reranking {
        let result = try reranker.rerank(movies, session: session, history: history)
        let notes = [result.fallback, result.violation?.description].compactMap(\.self)
        return Reranking(
            ranking: result.ranking,
            textGaps: result.gaps,
            note: notes.isEmpty ? nil : notes.joined(separator: "; ")
        )
    }
}
