/// The type of a tensor's elements as they are stored, by the name that PyTorch has for it.
package enum ElementType: String, Hashable, Sendable, CaseIterable, CustomStringConvertible {
    case float64, float32, float16, bfloat16
    case int64, int32, int16, int8, uint8, bool
    // Kept apart so that they are named and measured; no weight can be of them.
    case uint64, uint32, uint16
    case complex128, complex64, complex32
    case float8e4m3fn = "float8_e4m3fn"
    case float8e4m3fnuz = "float8_e4m3fnuz"
    case float8e5m2 = "float8_e5m2"
    case float8e5m2fnuz = "float8_e5m2fnuz"
    case float8e8m0fnu = "float8_e8m0fnu"
    case qint32, qint8, quint8
    case packed4 = "quint4x2"
    case packed2 = "quint2x4"

    /// The size of one element.
    package var byteCount: Int {
        switch self {
        case .complex128: 16
        case .float64, .int64, .uint64, .complex64: 8
        case .float32, .int32, .uint32, .complex32, .qint32: 4
        case .float16, .bfloat16, .int16, .uint16: 2
        case .int8, .uint8, .bool, .qint8, .quint8, .packed4, .packed2: 1
        case .float8e4m3fn, .float8e4m3fnuz, .float8e5m2, .float8e5m2fnuz, .float8e8m0fnu: 1
        }
    }

    /// Whether the elements are floating-point numbers of a kind that weights may be.
    package var isFloatingPoint: Bool {
        switch self {
        case .float64, .float32, .float16, .bfloat16: true
        default: false
        }
    }

    package var description: String { rawValue }
}
