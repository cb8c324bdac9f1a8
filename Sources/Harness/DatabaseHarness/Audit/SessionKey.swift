import PostgresClient

/// A session's id as the server sorts it: by its bytes.
enum SessionKey: Hashable, Comparable {
    /// A `uuid`, its first and its last eight bytes.
    case uuid(UInt64, UInt64)
    /// A text in UTF-8, sorted with the collation `C`.
    case bytes([UInt8])

    /// The id as PostgreSQL writes it.
    var text: String {
        switch self {
        case .bytes(let bytes): String(decoding: bytes, as: UTF8.self)
        case .uuid(let high, let low): Self.text(high, low)
        }
    }

    static func < (left: SessionKey, right: SessionKey) -> Bool {
        switch (left, right) {
        case (.uuid(let high, let low), .uuid(let otherHigh, let otherLow)): (high, low) < (otherHigh, otherLow)
        case (.bytes(let bytes), .bytes(let others)): bytes.lexicographicallyPrecedes(others)
        // Both statements of an audit read the same form.
        case (.uuid, .bytes): true
        case (.bytes, .uuid): false
        }
    }

    private static func text(_ high: UInt64, _ low: UInt64) -> String {
        String(unsafeUninitializedCapacity: 36) { buffer in
            var next = 0
            for (word, hyphens) in [(high, [4, 6]), (low, [0, 2])] {
                for byte in 0..<8 {
                    if hyphens.contains(byte) {
                        buffer[next] = UInt8(ascii: "-")
                        next += 1
                    }
                    let value = UInt8(truncatingIfNeeded: word >> UInt64(56 - 8 * byte))
                    buffer[next] = hexadecimal(value >> 4)
                    buffer[next + 1] = hexadecimal(value & 15)
                    next += 2
                }
            }
            return next
        }
    }

    private static func hexadecimal(_ digit: UInt8) -> UInt8 {
        digit + (digit < 10 ? UInt8(ascii: "0") : UInt8(ascii: "a") - 10)
    }
}

extension SessionKey: PostgresDecodable {
    static var expectation: String { "session id" }

    init?(postgresBytes bytes: UnsafeRawBufferPointer, type: UInt32) {
        switch type {
        case 2950 where bytes.count == 16:
            self = .uuid(
                UInt64(bigEndian: bytes.loadUnaligned(as: UInt64.self)),
                UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
            )
        case 25: self = .bytes(Array(bytes))
        default: return nil
        }
    }
}
