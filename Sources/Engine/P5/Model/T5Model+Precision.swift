import Synchronization

extension T5Model {
    /// The model's weights in 8 bits, made when they are asked for first.
    final class PackedWeights: Sendable {
        private let packed = Mutex<T5Weights?>(nil)

        /// The weights, where they were made.
        var made: T5Weights? { packed.withLock(\.self) }

        /// Returns the weights, which the first caller makes while others wait.
        func callAsFunction(of weights: T5Weights, threads: Int) -> T5Weights {
            packed.withLock { packed in
                let result = packed ?? weights.packedInInt8(threads: threads)
                packed = result
                return result
            }
        }
    }

    /// Returns the encoder of a precision; the first one in 8 bits packs the weights.
    func encoder(in precision: Precision, threads: Int = 1) -> Encoder {
        switch precision {
        case .float32: encoder
        case .int8:
            Encoder(
                configuration: configuration,
                weights: int8Weights(of: weights, threads: threads),
                kernels: kernels
            )
        }
    }

    /// Packs the weights that a precision needs, so that the first prompt need not.
    ///
    /// - Parameters:
    ///   - precision: How products will be computed.
    ///   - threads: The most threads that work at once.
    /// - Complexity: O(*n*) in the weights for 8 bits at the first time, else O(1).
    package func prepare(_ precision: Precision, threads: Int) {
        _ = encoder(in: precision, threads: threads)
    }

    /// The bytes that the weights in 8 bits take besides those in float32, `nil` before they are packed.
    package var int8ByteCount: Int? { int8Weights.made?.int8ByteCount }
}
