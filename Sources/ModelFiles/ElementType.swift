/// The type of a tensor's elements as they are stored, little-endian.
package enum ElementType: String, Hashable, Sendable, CustomStringConvertible {
    case float64, float32, float16, bfloat16
    case int64, int32, int16, int8, uint8, bool

    /// The size of one element.
    package var byteCount: Int {
        switch self {
        case .float64, .int64: 8
        case .float32, .int32: 4
        case .float16, .bfloat16, .int16: 2
        case .int8, .uint8, .bool: 1
        }
    }

    /// Whether the elements are floating-point numbers, the only ones that weights may be.
    package var isFloatingPoint: Bool {
        switch self {
        case .float64, .float32, .float16, .bfloat16: true
        case .int64, .int32, .int16, .int8, .uint8, .bool: false
        }
    }

    package var description: String { rawValue }
}
