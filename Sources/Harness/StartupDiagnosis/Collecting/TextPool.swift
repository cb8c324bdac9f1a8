#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// Keeps texts that come again and again once: platforms say the same sentence of every instance.
///
/// It holds a fixed number of them, the last of each place in a table, so that it never grows.
struct TextPool {
    private static let size = 1 << 12
    /// Up to so many bytes a text of Swift needs no memory of its own.
    private static let ownBytes = 15

    private var texts = [String](repeating: "", count: size)

    /// Returns the text of bytes; those that are not UTF-8 become U+FFFD.
    ///
    /// - Complexity: O(*n*); no memory is taken for a text that is there.
    mutating func text(of bytes: UnsafeRawBufferPointer) -> String {
        guard bytes.count > Self.ownBytes, let base = bytes.baseAddress else {
            return String(decoding: bytes, as: UTF8.self)
        }
        let place = Self.place(of: bytes)
        var known = texts[place]
        let isSame = known.withUTF8 { known in
            known.count == bytes.count && known.baseAddress.map { memcmp($0, base, bytes.count) == 0 } == true
        }
        guard !isSame else { return known }
        let text = String(decoding: bytes, as: UTF8.self)
        texts[place] = text
        return text
    }

    /// Where a text stands, by its length and the bytes of its beginning, middle and end.
    private static func place(of bytes: UnsafeRawBufferPointer) -> Int {
        var hash = UInt64(bytes.count)
        for offset in [0, bytes.count / 2 - 4, bytes.count - 8] {
            hash = (hash ^ bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)) &* 0x9e37_79b9_7f4a_7c15
            hash ^= hash >> 32
        }
        return Int(truncatingIfNeeded: hash >> 8) & (size - 1)
    }
}
