/// Percent-encoding of bytes (RFC 3986, section 2.1).
package enum PercentEncoding {
    /// Returns bytes with `%40` and the like replaced by what they stand for; what is no such escape stays.
    ///
    /// - Complexity: O(*n*) in their number.
    package static func decoded(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        var decoded: [UInt8] = []
        var index = bytes.startIndex
        while index < bytes.endIndex {
            if bytes[index] == UInt8(ascii: "%"), let written = WrittenCharacter(in: bytes, at: index) {
                decoded += written.bytes
                index = written.end
            } else {
                decoded.append(bytes[index])
                index += 1
            }
        }
        return decoded
    }

    /// Returns a text with its escapes replaced.
    static func decoded(_ text: String) -> String {
        String(decoding: decoded(Array(text.utf8)[...]), as: UTF8.self)
    }
}
