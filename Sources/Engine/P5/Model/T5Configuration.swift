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
    /// Whether the embedding table is also the head unless the backbone's file has a head that differs.
    ///
    /// Version 4 of Transformers writes `tie_word_embeddings`; version 5 ties every T5.
    package var tiesEmbeddings: Bool
    /// Whether the decoder's output is multiplied by `d_model`^−0.5 before the head.
    ///
    /// Version 5 of Transformers writes `scale_decoder_outputs`; version 4 meant it by `tie_word_embeddings`.
    package var scalesDecoderOutput: Bool
    /// The token of padding, `pad_token_id`.
    package var paddingToken: Int32
    /// The tokens that end a text for the model, `eos_token_id` of `config.json`.
    package var modelEndTokens: [Int32]
    /// The token that decoding starts with, `decoder_start_token_id`.
    package var startToken: Int32
    /// The tokens that end a generated text, `eos_token_id` of `generation_config.json`, or of `config.json` without it.
    package var endTokens: [Int32]
    /// What the files ask of a beam search that is not computed here; greedy decoding does not look at it.
    var beamContradiction: P5Error?

    /// The columns of all heads together, which need not be the model's width.
    package var attentionWidth: Int { headWidth * headCount }
}
