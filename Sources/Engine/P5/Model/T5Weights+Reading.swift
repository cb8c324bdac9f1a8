import ModelFiles

extension T5Weights {
    /// The checkpoint's name of the table of whole-word embeddings.
    static let wholeWordName = "encoder.whole_word_embeddings.weight"
    /// The rows of the table of whole-word embeddings.
    static let wholeWordCount = 512
    /// The names that share one tensor in a model with tied embeddings, in the order in which PyTorch loads them.
    static let tiedNames = [
        "shared.weight", "encoder.embed_tokens.weight", "decoder.embed_tokens.weight", "lm_head.weight",
    ]

    /// The tensors that a checkpoint may bring though the backbone's file lacks them, with their shapes.
    static func additionalShapes(for configuration: T5Configuration) -> [String: [Int]] {
        let table = [configuration.vocabularySize, configuration.modelWidth]
        var shapes = Dictionary(uniqueKeysWithValues: tiedNames.map { ($0, table) })
        shapes[wholeWordName] = [wholeWordCount, configuration.modelWidth]
        return shapes
    }

    /// The embedding tables and the head that a checkpoint brings, with their shapes, whose rows may be more or fewer than
    /// the backbone's.
    ///
    /// - Throws: ``P5Error`` where their rows differ among each other or the columns are not the model's.
    static func embeddingShapes(
        of checkpoint: StateDict,
        naming: CheckpointNaming,
        configuration: T5Configuration
    ) throws(P5Error) -> [String: [Int]] {
        var shapes: [String: [Int]] = [:]
        for tensor in checkpoint.tensors {
            let name = naming(tensor.name)
            guard tiedNames.contains(name) else { continue }
            let rows = shapes.values.first?[0] ?? tensor.shape.first ?? 0
            let fewest = 1 + Int(([configuration.startToken] + configuration.endTokens).max() ?? 0)
            guard tensor.shape == [rows, configuration.modelWidth], rows >= fewest else {
                throw P5Error(
                    .weights,
                    "\(checkpoint.path): tensor \"\(tensor.name)\": found the shape \(tensor.shape), expected "
                        + "\([max(rows, fewest), configuration.modelWidth]); "
                        + "use the backbone that the checkpoint was trained from"
                )
            }
            shapes[name] = tensor.shape
        }
        return shapes
    }

    /// Checks that a backbone has the embeddings that its own configuration states.
    ///
    /// - Throws: ``P5Error`` where a table or a head has another shape.
    static func checkEmbeddings(of backbone: StateDict, configuration: T5Configuration) throws(P5Error) {
        let expected = [configuration.vocabularySize, configuration.modelWidth]
        for name in tiedNames {
            guard let tensor = backbone[name], tensor.shape != expected else { continue }
            throw WeightReader.mismatch(tensor, name, expected)
        }
    }

    /// Whether a backbone's head is one of its own: it is there, and the configuration does not tie it or it differs from
    /// the embeddings, as `from_pretrained` of Transformers 5 has it.
    ///
    /// - Throws: `ModelFileError` where a tensor cannot be read.
    /// - Complexity: O(1), or O(*n*) in the elements where both are in the file and ought to be tied.
    static func hasOwnHead(_ backbone: StateDict, configuration: T5Configuration) throws -> Bool {
        guard let head = backbone[tiedNames[3]] else { return false }
        guard configuration.tiesEmbeddings else { return true }
        guard let table = tiedNames.dropLast().lazy.compactMap({ backbone[$0] }).first else { return false }
        return try !areEqual(table, head)
    }

    /// Refuses a backbone whose encoder or decoder has embeddings of its own, which version 4 of Transformers reads as one
    /// table and version 5 as several.
    ///
    /// - Throws: ``P5Error`` that names the table, `ModelFileError` where a tensor cannot be read.
    /// - Complexity: O(1), or O(*n*) in the elements of tables that the file holds twice.
    static func checkSharing(of backbone: StateDict) throws {
        guard let shared = backbone[tiedNames[0]] else { return }
        for name in tiedNames[1...2] {
            guard let table = backbone[name], table.shape == shared.shape, try !areEqual(shared, table) else {
                continue
            }
            throw P5Error(
                .weights,
                "\(backbone.path): tensor \"\(name)\": found other values than in \"\(tiedNames[0])\", expected the one "
                    + "table that encoder and decoder share; save the model again"
            )
        }
    }

    private static func areEqual(_ left: Tensor, _ right: Tensor) throws -> Bool {
        if left.isSameView(as: right) { return true }
        return try left.withFloats { left in
            try right.withFloats { right in
                left.elementsEqual(right)
            }
        }
    }

    /// Refuses a backbone with a position bias in other blocks than the first, which is UMT5's.
    ///
    /// - Throws: ``P5Error`` that names the tensor.
    static func checkPositions(of backbone: StateDict) throws(P5Error) {
        let isFurther = { (name: String) in
            name.hasSuffix(".layer.0.SelfAttention.relative_attention_bias.weight") && !name.contains(".block.0.")
        }
        guard let name = backbone.names.first(where: isFurther) else { return }
        throw P5Error(
            .weights,
            "\(backbone.path): tensor \"\(name)\": found a position bias beyond block 0, expected the one of block 0 that "
                + "all blocks of a T5 share; this is another kind of model, such as UMT5"
        )
    }

    /// Looks up every tensor that the configuration asks for.
    ///
    /// - Parameters:
    ///   - state: The tensors, the checkpoint's merged over the backbone's.
    ///   - overridden: The names whose values came from the checkpoint.
    ///   - configuration: The shape of the model.
    ///   - hasOwnHead: Whether the head is not the embedding table.
    ///   - isResized: Whether the checkpoint's number of embeddings is not the backbone's.
    /// - Throws: ``P5Error`` where a tensor is missing or has another shape, `ModelFileError` where one cannot be read.
    init(
        state: StateDict,
        overridden: Set<String>,
        configuration: T5Configuration,
        hasOwnHead: Bool,
        isResized: Bool = false
    ) throws {
        let reader = WeightReader(state: state, configuration: configuration, isResized: isResized)
        let width = configuration.modelWidth
        let table = [configuration.vocabularySize, width]
        // Tied names are one parameter: the value loaded last is the value of all of them.
        let sharing = hasOwnHead ? Array(Self.tiedNames.dropLast()) : Self.tiedNames
        let name =
            sharing.last(where: overridden.contains) ?? sharing.first(where: { state[$0] != nil }) ?? Self.tiedNames[0]
        self.embedding = try reader.matrix(name, table, leading: true)
        self.head = hasOwnHead ? try reader.matrix("lm_head.weight", table, leading: true) : embedding
        self.encoder = try (0..<configuration.encoderLayers)
            .map { layer in
                let block = "encoder.block.\(layer)"
                return EncoderBlockWeights(
                    attention: try reader.attention("\(block).layer.0", "SelfAttention"),
                    feedForward: try reader.feedForward("\(block).layer.1")
                )
            }
        self.decoder = try (0..<configuration.decoderLayers)
            .map { layer in
                let block = "decoder.block.\(layer)"
                return DecoderBlockWeights(
                    selfAttention: try reader.attention("\(block).layer.0", "SelfAttention"),
                    crossAttention: try reader.attention("\(block).layer.1", "EncDecAttention"),
                    feedForward: try reader.feedForward("\(block).layer.2")
                )
            }
        self.encoderNorm = try reader.vector("encoder.final_layer_norm.weight", width)
        self.decoderNorm = try reader.vector("decoder.final_layer_norm.weight", width)
        let positions = [configuration.positionBuckets, configuration.headCount]
        let positionName = "block.0.layer.0.SelfAttention.relative_attention_bias.weight"
        self.encoderPositions = try reader.matrix("encoder.\(positionName)", positions)
        self.decoderPositions = try reader.matrix("decoder.\(positionName)", positions)
        self.wholeWords =
            state[Self.wholeWordName] == nil
            ? nil : try reader.matrix(Self.wholeWordName, [Self.wholeWordCount, width])
        let read = Set(reader.read.map(\.name))
        self.tensors = reader.read
        self.unread = state.names.filter { !read.contains($0) && !Self.tiedNames.contains($0) }
    }
}

/// Looks up tensors and checks their shapes.
private final class WeightReader {
    let state: StateDict
    let configuration: T5Configuration
    /// Whether the checkpoint's number of embeddings is not the backbone's.
    let isResized: Bool
    /// The tensors that were looked up.
    private(set) var read: [Tensor] = []

    init(state: StateDict, configuration: T5Configuration, isResized: Bool) {
        self.state = state
        self.configuration = configuration
        self.isResized = isResized
    }

    /// Returns a matrix; with `leading` it may have further rows, which are left out.
    func matrix(_ name: String, _ shape: [Int], leading: Bool = false) throws -> LinearWeight {
        LinearWeight(storage: try storage(name, shape, leading: leading), outputs: shape[0], inputs: shape[1])
    }

    func vector(_ name: String, _ count: Int) throws -> FloatVector {
        FloatVector(storage: try storage(name, [count]))
    }

    func attention(_ layer: String, _ kind: String) throws -> AttentionWeights {
        let inner = configuration.attentionWidth
        let width = configuration.modelWidth
        return AttentionWeights(
            norm: try vector("\(layer).layer_norm.weight", width),
            q: try matrix("\(layer).\(kind).q.weight", [inner, width]),
            k: try matrix("\(layer).\(kind).k.weight", [inner, width]),
            v: try matrix("\(layer).\(kind).v.weight", [inner, width]),
            o: try matrix("\(layer).\(kind).o.weight", [width, inner])
        )
    }

    func feedForward(_ layer: String) throws -> FeedForwardWeights {
        let inner = configuration.feedForwardWidth
        let width = configuration.modelWidth
        let dense = "\(layer).DenseReluDense"
        let isGated = configuration.feedForward == .gatedGELU
        return FeedForwardWeights(
            norm: try vector("\(layer).layer_norm.weight", width),
            inner: try matrix(isGated ? "\(dense).wi_0.weight" : "\(dense).wi.weight", [inner, width]),
            gated: isGated ? try matrix("\(dense).wi_1.weight", [inner, width]) : nil,
            outer: try matrix("\(dense).wo.weight", [width, inner])
        )
    }

    private func storage(_ name: String, _ shape: [Int], leading: Bool = false) throws -> FloatStorage {
        guard let tensor = state[name] else {
            throw P5Error(
                .weights,
                "\(state.path): found no tensor \"\(name)\", which config.json asks for with the shape \(shape); "
                    + "use the weights and the config.json of one model"
            )
        }
        let isLonger = leading && tensor.shape.count == 2 && tensor.shape[0] > shape[0] && tensor.shape[1] == shape[1]
        guard tensor.shape == shape || isLonger && isResized else { throw Self.mismatch(tensor, name, shape) }
        read.append(tensor)
        return try tensor.floatStorage()
    }

    static func mismatch(_ tensor: Tensor, _ name: String, _ shape: [Int]) -> P5Error {
        P5Error(
            .weights,
            "\(tensor.path): tensor \"\(name)\": found the shape \(tensor.shape), expected \(shape) by config.json; "
                + "use the weights and the config.json of one model"
        )
    }
}
