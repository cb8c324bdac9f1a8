import ModelFiles

extension T5Weights {
    /// The checkpoint's name of the table of whole-word embeddings.
    static let wholeWordName = "encoder.whole_word_embeddings.weight"
    /// The rows of the table of whole-word embeddings.
    static let wholeWordCount = 512
    /// The names that share one tensor in a model with tied embeddings, in the order in which PyTorch loads them.
    private static let tiedNames = [
        "shared.weight", "encoder.embed_tokens.weight", "decoder.embed_tokens.weight", "lm_head.weight",
    ]

    /// The tensors that a checkpoint may bring though the backbone's file lacks them, with their shapes.
    static func additionalShapes(for configuration: T5Configuration) -> [String: [Int]] {
        let table = [configuration.vocabularySize, configuration.modelWidth]
        var shapes = Dictionary(uniqueKeysWithValues: tiedNames.map { ($0, table) })
        shapes[wholeWordName] = [wholeWordCount, configuration.modelWidth]
        return shapes
    }

    /// Looks up every tensor that the configuration asks for.
    ///
    /// - Parameters:
    ///   - state: The tensors, the checkpoint's merged over the backbone's.
    ///   - overridden: The names whose values came from the checkpoint.
    ///   - configuration: The shape of the model.
    /// - Throws: ``P5Error`` where a tensor is missing or has another shape, `ModelFileError` where one cannot be read.
    init(state: StateDict, overridden: Set<String>, configuration: T5Configuration) throws {
        let reader = WeightReader(state: state, configuration: configuration)
        let width = configuration.modelWidth
        let table = [configuration.vocabularySize, width]
        // Tied names are one parameter: the value loaded last is the value of all of them.
        let sharing = configuration.tiesEmbeddings ? Self.tiedNames : Array(Self.tiedNames.dropLast())
        let name =
            sharing.last(where: overridden.contains) ?? sharing.first(where: { state[$0] != nil }) ?? Self.tiedNames[0]
        self.embedding = try reader.matrix(name, table)
        self.head = configuration.tiesEmbeddings ? embedding : try reader.matrix("lm_head.weight", table)
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
    }
}

/// Looks up tensors and checks their shapes.
private struct WeightReader {
    let state: StateDict
    let configuration: T5Configuration

    func matrix(_ name: String, _ shape: [Int]) throws -> LinearWeight {
        LinearWeight(storage: try storage(name, shape), outputs: shape[0], inputs: shape[1])
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

    private func storage(_ name: String, _ shape: [Int]) throws -> FloatStorage {
        guard let tensor = state[name] else {
            throw P5Error(
                .weights,
                "\(state.path): found no tensor \"\(name)\", which config.json asks for with the shape \(shape); "
                    + "use the weights and the config.json of one model"
            )
        }
        guard tensor.shape == shape else {
            throw P5Error(
                .weights,
                "\(tensor.path): tensor \"\(name)\": found the shape \(tensor.shape), expected \(shape) by config.json; "
                    + "use the weights and the config.json of one model"
            )
        }
        return try tensor.floatStorage()
    }
}
