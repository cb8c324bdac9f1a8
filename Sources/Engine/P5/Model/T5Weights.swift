import ModelFiles

/// A vector of a model's weights.
struct FloatVector: Sendable {
    let storage: FloatStorage

    var pointer: UnsafePointer<Float> { storage.pointer }
    var count: Int { storage.count }
}

/// The weights of a linear layer without bias: outputs × inputs, row-major.
struct LinearWeight: Sendable {
    let storage: FloatStorage
    let outputs: Int
    let inputs: Int
    /// The same weights in 8 bits, where products are to be computed with these.
    var int8: Int8Weight?

    var pointer: UnsafePointer<Float> { storage.pointer }

    /// All of it.
    var all: LinearSlice { rows(0..<outputs) }

    /// The weights of some of the outputs.
    func rows(_ range: Range<Int>) -> LinearSlice {
        precondition(range.lowerBound >= 0 && range.upperBound <= outputs, "rows \(range) of \(outputs)")
        return LinearSlice(
            pointer: pointer + range.lowerBound * inputs,
            outputs: range.count,
            inputs: inputs
        )
    }
}

/// Some rows of a ``LinearWeight``, valid while that is alive.
struct LinearSlice {
    let pointer: UnsafePointer<Float>
    let outputs: Int
    let inputs: Int
}

/// The weights of an attention layer and of the norm before it.
struct AttentionWeights: Sendable {
    let norm: FloatVector
    /// Attention width × model width.
    var q: LinearWeight
    /// Attention width × model width.
    var k: LinearWeight
    /// Attention width × model width.
    var v: LinearWeight
    /// Model width × attention width.
    var o: LinearWeight
}

/// The weights of a feed-forward layer and of the norm before it.
struct FeedForwardWeights: Sendable {
    let norm: FloatVector
    /// `wi`, or `wi_0`, which the activation is applied to: inner width × model width.
    var inner: LinearWeight
    /// `wi_1` of a gated layer.
    var gated: LinearWeight?
    /// `wo`: model width × inner width.
    var outer: LinearWeight
}

/// The weights of an encoder block.
struct EncoderBlockWeights: Sendable {
    var attention: AttentionWeights
    var feedForward: FeedForwardWeights
}

/// The weights of a decoder block.
struct DecoderBlockWeights: Sendable {
    let selfAttention: AttentionWeights
    let crossAttention: AttentionWeights
    let feedForward: FeedForwardWeights
}

/// All weights of a T5 model, in place in the mapped files where these hold float32.
///
/// Names are those of Hugging Face's `T5ForConditionalGeneration`.
struct T5Weights: Sendable {
    /// Vocabulary × model width.
    let embedding: LinearWeight
    var encoder: [EncoderBlockWeights]
    let encoderNorm: FloatVector
    /// Buckets × heads.
    let encoderPositions: LinearWeight
    let decoder: [DecoderBlockWeights]
    let decoderNorm: FloatVector
    /// Buckets × heads.
    let decoderPositions: LinearWeight
    /// Vocabulary × model width; the embedding table itself where the two are tied.
    let head: LinearWeight
    /// Word index × model width, where the checkpoint has it.
    let wholeWords: LinearWeight?
    /// The tensors that all of it is made of, each once.
    let tensors: [Tensor]
    /// The names of tensors that the configuration does not ask for.
    let unread: [String]
}
