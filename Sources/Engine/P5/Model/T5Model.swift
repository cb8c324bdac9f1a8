package import ModelFiles

/// A T5 encoder-decoder whose weights stay in their mapped files.
///
/// See Raffel et al., "Exploring the Limits of Transfer Learning with a Unified Text-to-Text Transformer" (JMLR 2020);
/// names and details follow Hugging Face's `T5ForConditionalGeneration`.
package final class T5Model: Sendable {
    /// The prompts that are decoded together: the decoder's weights are read once a step for all of them.
    static let promptsAtOnce = 128

    /// The shape of the model.
    package let configuration: T5Configuration
    /// What the checkpoint did to the backbone, `nil` without a checkpoint.
    package let mergeReport: MergeReport?

    /// The names in the files that the model makes no use of: a checkpoint's that no model of this kind has, and tensors
    /// beyond the layers of `config.json`.
    package var ignoredNames: [String] { (mergeReport?.unexpected ?? []) + weights.unread }

    /// The tensors that the model is made of.
    package var tensors: [Tensor] { weights.tensors }

    let weights: T5Weights
    let kernels: Kernels
    let int8Weights = PackedWeights()
    /// What is known of the error of int8, and what it decided.
    package let precisionWatch = PrecisionWatch()

    /// Whether the checkpoint brought whole-word embeddings.
    package var hasWholeWordEmbeddings: Bool { weights.wholeWords != nil }

    /// Opens a model; the elements of float32 weights are not read.
    ///
    /// Training with more or fewer tokens leaves a checkpoint another number of embeddings than its backbone has; the model
    /// then has the checkpoint's, as after Hugging Face's `resize_token_embeddings`.
    ///
    /// - Parameters:
    ///   - backboneDirectory: The folder with `config.json` and `model.safetensors` or `pytorch_model.bin`.
    ///   - checkpoint: The state dict whose tensors override the backbone's, if any.
    ///   - prefix: What stands before the model's names in the checkpoint.
    /// - Throws: `ModelFileError` where a file cannot be read or a tensor of the checkpoint has another shape than the
    ///   backbone's, ``P5Error`` where the configuration is absurd or does not fit the tensors, or where next to nothing of
    ///   the checkpoint is the model's.
    package convenience init(backboneDirectory: String, checkpoint: String?, prefix: String = "") throws {
        let paths = BundlePaths(environment: ["P5_BACKBONE": backboneDirectory])
        var configuration = try T5Configuration(
            path: paths.backboneConfiguration,
            generation: paths.generationConfiguration
        )
        let backbone = try WeightsReader.read(paths.backboneWeights)
        try T5Weights.checkPositions(of: backbone)
        try T5Weights.checkSharing(of: backbone)
        var hasOwnHead = try T5Weights.hasOwnHead(backbone, configuration: configuration)
        var state = backbone
        var report: MergeReport?
        var isResized = false
        if let checkpoint {
            let overriding = try WeightsReader.read(checkpoint)
            let naming = CheckpointNaming(prefix: prefix)
            try T5Weights.checkEmbeddings(of: backbone, configuration: configuration)
            let tables = try T5Weights.embeddingShapes(of: overriding, naming: naming, configuration: configuration)
            isResized = tables.values.contains { $0[0] != configuration.vocabularySize }
            configuration.vocabularySize = tables.values.first?[0] ?? configuration.vocabularySize
            let further = T5Weights.additionalShapes(for: configuration)
            let merged = try backbone.merging(overriding, naming: naming, accepting: further, reshaping: tables)
            try CheckpointFit(checkpoint: overriding, modelNames: Set(backbone.names).union(further.keys))
                .check(found: merged.1.overridden.count, prefix: prefix)
            (state, report) = merged
            hasOwnHead = hasOwnHead || !configuration.tiesEmbeddings && tables[T5Weights.tiedNames[3]] != nil
        }
        let weights = try T5Weights(
            state: state,
            overridden: Set(report?.overridden ?? []),
            configuration: configuration,
            hasOwnHead: hasOwnHead,
            isResized: isResized
        )
        self.init(configuration: configuration, weights: weights, mergeReport: report, kernels: .inUse)
    }

    init(configuration: T5Configuration, weights: T5Weights, mergeReport: MergeReport?, kernels: Kernels) {
        self.configuration = configuration
        self.weights = weights
        self.mergeReport = mergeReport
        self.kernels = kernels
    }

    var encoder: Encoder { Encoder(configuration: configuration, weights: weights, kernels: kernels) }

    /// Decodes prompts greedily, or by beam search.
    ///
    /// The results are the same bits whatever `batch` and `threads` are.
    ///
    /// - Parameters:
    ///   - prompts: The token ids of each prompt, the end mark included.
    ///   - words: The word indices of each where whole-word embeddings are on.
    ///   - softPrompt: The virtual tokens that stand before each prompt.
    ///   - beams: The texts that a beam search follows at once; 1 for greedy decoding.
    ///   - watched: The tokens whose logits greedy decoding keeps, in ascending order.
    ///   - precision: How the encoder's large products are computed; decoding has few rows and is float32's.
    ///   - limit: The most tokens of a decoded sequence, the start token among them.
    ///   - batch: The most prompts that a thread encodes at a time.
    ///   - threads: The most threads that work at once.
    /// - Returns: What was decoded for each prompt, in their order.
    /// - Throws: ``P5Error`` where a prompt is empty, a token or word has no embedding, the vocabulary is too small for
    ///   the beams, or logits are not finite.
    /// - Precondition: `limit`, `batch` and `threads` are at least 1.
    /// - Complexity: Linear in the tokens of the prompts, besides attention within each.
    package func generate(
        _ prompts: [[Int32]],
        words: [[Int32]]? = nil,
        behind softPrompt: SoftPrompt? = nil,
        beams: Int = 1,
        watching watched: [Int32] = [],
        precision: Precision = .float32,
        limit: Int,
        batch: Int,
        threads: Int
    ) throws(P5Error) -> [GeneratedTokens] {
        precondition(limit >= 1 && batch >= 1 && threads >= 1, "limit \(limit), batch \(batch), threads \(threads)")
        precondition(softPrompt.map { $0.width == configuration.modelWidth } ?? true, "a soft prompt of another model")
        try check(prompts, words: words)
        let most = configuration.vocabularySize / max(2, 1 + configuration.endTokens.count)
        guard beams >= 1, beams <= max(1, most) else {
            throw P5Error(
                .configuration,
                "beams: found \(beams), expected at least 1 and at most \(most) with vocab_size "
                    + "\(configuration.vocabularySize) and \(configuration.endTokens.count) end tokens"
            )
        }
        let inPrecision = encoder(in: precision, threads: threads)
        var results: [GeneratedTokens] = []
        for start in stride(from: 0, to: prompts.count, by: Self.promptsAtOnce) {
            let range = start..<min(start + Self.promptsAtOnce, prompts.count)
            let packed = PackedPrompts(prompts: prompts[range], words: words?[range], behind: softPrompt)
            let states = inPrecision(packed, batch: batch, threads: threads)
            results +=
                beams == 1
                ? try GreedyDecoder(model: encoder, watched: watched)(
                    packed,
                    states: states,
                    limit: limit,
                    threads: threads
                )
                : try BeamDecoder(model: encoder, beams: beams)(packed, states: states, limit: limit, threads: threads)
        }
        return results
    }

    func check(_ prompts: [[Int32]], words: [[Int32]]?) throws(P5Error) {
        for (index, prompt) in prompts.enumerated() {
            guard !prompt.isEmpty else {
                throw P5Error(.input, "prompt \(index): found no tokens, expected at least the end mark")
            }
            if let token = prompt.first(where: { $0 < 0 || Int($0) >= configuration.vocabularySize }) {
                throw P5Error(
                    .input,
                    "prompt \(index): found token \(token), expected one below vocab_size "
                        + "\(configuration.vocabularySize); use the spiece.model and config.json of one model"
                )
            }
        }
        guard let words else { return }
        guard let table = weights.wholeWords else {
            throw P5Error(
                .input,
                "whole-word embeddings are on: found no \"\(T5Weights.wholeWordName)\" in the checkpoint; "
                    + "switch them off or use a P5 checkpoint that has them"
            )
        }
        guard words.map(\.count) == prompts.map(\.count) else {
            throw P5Error(.input, "found other numbers of word indices than of tokens, expected one for each token")
        }
        if let word = words.joined().first(where: { $0 < 0 || Int($0) >= table.outputs }) {
            throw P5Error(
                .input,
                "found word index \(word), expected at most \(table.outputs - 1); lower P5_MAX_LEN"
            )
        }
    }
}
