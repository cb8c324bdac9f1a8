/// Scalars of YAML that go on over several lines: a break with the blanks around it is a space.
extension PlacedText {
    /// The lines with a space for each break, and for none behind a backslash, which escapes it in double quotes.
    var unfolded: String {
        var text = ""
        let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
        for (index, line) in lines.enumerated() {
            let isEscaped = escaping == .doubleQuoted && text.hasSuffix("\\")
            if isEscaped { text.removeLast() }
            guard index > 0 else {
                text += line
                continue
            }
            while !isEscaped, text.last?.isWhitespace == true { text.removeLast() }
            text += (isEscaped || text.isEmpty ? "" : " ") + line.drop(while: \.isWhitespace)
        }
        return text
    }

    /// The same without the backslashes of double quotes.
    var unfoldedJSON: String {
        var text = unfolded
        return text.withUTF8 { PlacedText(bytes: UnsafeRawBufferPointer($0), line: line, escaping: .json).string }
    }
}

extension UnsafeRawBufferPointer {
    /// Returns where a text first stands if a break with the blanks around it counts as a space, `nil` where it does not.
    ///
    /// - Complexity: O(*n* · *m*) for a text of *m* bytes.
    func foldedOffset(of text: StaticString) -> Int? {
        let wanted = UnsafeRawBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
        return indices.first { start in
            var index = start
            for byte in wanted {
                guard index < count else { return false }
                if byte == 0x20, self[index] <= 0x20 {
                    index += self[index...].prefix { $0 <= 0x20 }.count
                } else if self[index] == byte {
                    index += 1
                } else {
                    return false
                }
            }
            return true
        }
    }
}
