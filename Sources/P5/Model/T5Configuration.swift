import ModelFiles

/// The shape of a T5 model, from the `config.json` of its folder.
///
/// Absent values have the defaults of Hugging Face's `T5Config`; see
/// https://huggingface.co/docs/transformers/model_doc/t5.
package struct T5Configuration: Hashable, Sendable {
    /// What stands between the two matrices of a feed-forward layer.
    package enum FeedForward: String, Hashable, Sendable {
        /// `max(x, 0)`.
        case relu
        /// GELU in its tanh form, times a second linear layer.
        case gatedGELU = "gated-gelu"
    }

    /// The rows of the embedding table, `vocab_size`.
    package var vocabularySize: Int
    /// The width of the residual stream, `d_model`.
    package var modelWidth: Int
    /// The columns of one attention head, `d_kv`.
    package var headWidth: Int
    /// The attention heads, `num_heads`.
    package var headCount: Int
    /// The inner width of a feed-forward layer, `d_ff`.
    package var feedForwardWidth: Int
    /// The blocks of the encoder, `num_layers`.
    package var encoderLayers: Int
    /// The blocks of the decoder, `num_decoder_layers`.
    package var decoderLayers: Int
    /// The buckets of the relative position bias, `relative_attention_num_buckets`.
    package var positionBuckets: Int
    /// The distance from which all positions share a bucket, `relative_attention_max_distance`.
    package var maximumDistance: Int
    /// What keeps the norm of a row of zeros finite, `layer_norm_epsilon`.
    package var normEpsilon: Float
    /// The activation, `feed_forward_proj`.
    package var feedForward: FeedForward
    /// Whether the embedding table is also the head, `tie_word_embeddings`.
    package var tiesEmbeddings: Bool
    /// The token that decoding starts with, `decoder_start_token_id`.
    package var startToken: Int32
    /// The token that ends a text, `eos_token_id`.
    package var endToken: Int32

    /// The columns of all heads together, which need not be the model's width.
    package var attentionWidth: Int { headWidth * headCount }

    /// Reads a `config.json`.
    ///
    /// - Throws: `ModelFileError` where the file is no JSON object, ``P5Error`` where a value is missing or absurd.
    package init(path: String) throws {
        let values = try JSONFile.read(path, as: [String: ConfigurationValue].self, expected: "a T5 configuration")
        try self.init(values: values, path: path)
    }

    init(values: [String: ConfigurationValue], path: String) throws(P5Error) {
        let reader = ConfigurationReader(values: values, path: path)
        self.vocabularySize = try reader.whole("vocab_size", in: 3...4_000_000)
        self.modelWidth = try reader.whole("d_model", in: 1...65_536)
        self.headWidth = try reader.whole("d_kv", in: 1...4_096)
        self.headCount = try reader.whole("num_heads", in: 1...1_024)
        self.feedForwardWidth = try reader.whole("d_ff", in: 1...1_048_576)
        let encoderLayers = try reader.whole("num_layers", in: 1...1_024)
        self.encoderLayers = encoderLayers
        self.decoderLayers = try reader.whole("num_decoder_layers", in: 1...1_024, default: encoderLayers)
        self.positionBuckets = try reader.whole("relative_attention_num_buckets", in: 4...65_536, default: 32)
        self.maximumDistance = try reader.whole("relative_attention_max_distance", in: 2...1_048_576, default: 128)
        self.normEpsilon = try reader.epsilon("layer_norm_epsilon", default: 1e-6)
        self.tiesEmbeddings = try reader.flag("tie_word_embeddings", default: true)
        let padding = try reader.whole("pad_token_id", in: 0...vocabularySize - 1, default: 0)
        self.startToken = Int32(
            try reader.whole("decoder_start_token_id", in: 0...vocabularySize - 1, default: padding)
        )
        self.endToken = Int32(try reader.whole("eos_token_id", in: 0...vocabularySize - 1, default: 1))
        let activation = try reader.word("feed_forward_proj", default: "relu")
        guard let feedForward = FeedForward(rawValue: activation) else {
            throw reader.failure(
                "feed_forward_proj",
                found: "\"\(activation)\"",
                expected: "\"relu\" or \"gated-gelu\""
            )
        }
        self.feedForward = feedForward
        // Half the buckets of each direction hold one exact distance each; the rest must reach beyond these.
        guard maximumDistance > positionBuckets / 2 else {
            throw reader.failure(
                "relative_attention_max_distance",
                found: "\(maximumDistance)",
                expected: "more than half of relative_attention_num_buckets (\(positionBuckets))"
            )
        }
    }
}
