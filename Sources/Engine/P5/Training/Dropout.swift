import Domain

/// Dropout whose choices depend on a seed, the step, the example and the place alone.
///
/// Nothing is kept between the forward and the backward pass: the same key drops the same values, and dropping is its
/// own adjoint. Places are those of Hugging Face's `T5ForConditionalGeneration` in training.
struct Dropout: Sendable {
    /// A place in the model where values are dropped.
    enum Place: UInt64 {
        case input
        case selfWeights
        case selfOutput
        case crossWeights
        case crossOutput
        case innerValues
        case feedForwardOutput
        case output
    }

    /// The share of values that become 0; 0 switches it off.
    let rate: Float
    /// What the choices follow from, another in every step.
    let seed: UInt64

    var isOff: Bool { rate == 0 }

    /// The key of a place for one example.
    func key(_ place: Place, stack: StackKind, layer: Int, example: Int) -> UInt64 {
        let place = (stack.rawValue << 32 | UInt64(layer)) << 3 | place.rawValue
        var generator = SplitMix64(seed: seed ^ place << 16 ^ UInt64(example))
        return generator.next()
    }
}

/// One half of the model.
enum StackKind: UInt64 {
    case encoder
    case decoder
}
