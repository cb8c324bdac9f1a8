/// How the large products of a model's encoder are computed.
package enum Precision: String, Hashable, Sendable, CaseIterable {
    /// In float32, as the weights are.
    case float32
    /// With 8-bit integers: weights quantised per output, activations per token, sums in 32 bits; everything else is
    /// float32.
    case int8
}
