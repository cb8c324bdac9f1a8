extension JSONScanner {
    /// Scans a string with its escapes.
    ///
    /// - Complexity: O(*n*) in the bytes.
    package mutating func string() throws(JSONFault) -> String {
        try expect("\"", "text in double quotes")
        let start = offset
        while offset < text.count, text[offset] >= 0x20, text[offset] != UInt8(ascii: "\\") {
            if text[offset] == UInt8(ascii: "\"") {
                defer { offset += 1 }
                return try validated(UnsafeRawBufferPointer(rebasing: text[start..<offset]), from: start)
            }
            offset += 1
        }
        return try escapedString(from: start)
    }

    /// Scans on in a string of which the bytes from `start` to the next have neither an escape nor an end.
    private mutating func escapedString(from start: Int) throws(JSONFault) -> String {
        var bytes = Array(text[start..<offset])
        while offset < text.count {
            switch text[offset] {
            case UInt8(ascii: "\""):
                guard let string = String(validating: bytes, as: UTF8.self) else {
                    throw firstInvalidByte(from: start)
                }
                offset += 1
                return string
            case UInt8(ascii: "\\"):
                try escape(into: &bytes)
            case 0..<0x20:
                throw JSONFault(
                    .syntax,
                    offset: offset,
                    found: "a control character in a string (0x\(hexadecimal(text[offset])))",
                    expected: "an escape, such as \\n, or the end of the string"
                )
            case let byte:
                bytes.append(byte)
                offset += 1
            }
        }
        throw fault("the end of the string")
    }

    private func validated(_ bytes: UnsafeRawBufferPointer, from start: Int) throws(JSONFault) -> String {
        guard let string = String(validating: bytes, as: UTF8.self) else { throw firstInvalidByte(from: start) }
        return string
    }

    private mutating func escape(into bytes: inout [UInt8]) throws(JSONFault) {
        let start = offset
        offset += 1
        guard offset < text.count else { throw fault("an escape") }
        let byte = text[offset]
        offset += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): bytes.append(byte)
        case UInt8(ascii: "b"): bytes.append(0x08)
        case UInt8(ascii: "f"): bytes.append(0x0c)
        case UInt8(ascii: "n"): bytes.append(0x0a)
        case UInt8(ascii: "r"): bytes.append(0x0d)
        case UInt8(ascii: "t"): bytes.append(0x09)
        case UInt8(ascii: "u"):
            var units = [try hexadecimalUnit()]
            if UTF16.isLeadSurrogate(units[0]), text[offset...].starts(with: "\\u".utf8) {
                let second = offset
                offset += 2
                units.append(try hexadecimalUnit())
                if !UTF16.isTrailSurrogate(units[1]) {
                    units.removeLast()
                    offset = second
                }
            }
            guard let character = String(validating: units, as: UTF16.self) else {
                throw JSONFault(
                    .encoding,
                    offset: start,
                    found: "half of a surrogate pair, \\u\(String(units[0], radix: 16)), as where a character was cut",
                    expected: "whole characters",
                    fix: "cut texts between characters, before they are written as JSON"
                )
            }
            bytes.append(contentsOf: character.utf8)
        default:
            throw JSONFault(
                .syntax,
                offset: start,
                found: "the escape \\\(Character(Unicode.Scalar(byte)))",
                expected: "one of \\\" \\\\ \\/ \\b \\f \\n \\r \\t \\u"
            )
        }
    }

    private mutating func hexadecimalUnit() throws(JSONFault) -> UInt16 {
        guard text.count - offset >= 4 else { throw fault("four hexadecimal digits") }
        var unit: UInt16 = 0
        for byte in text[offset..<offset + 4] {
            guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
                throw fault("four hexadecimal digits")
            }
            unit = unit << 4 | UInt16(digit)
        }
        offset += 4
        return unit
    }

    /// The fault of a string that is not UTF-8.
    private func firstInvalidByte(from start: Int) -> JSONFault {
        var decoder = UTF8()
        var bytes = text[start...].makeIterator()
        var position = start
        while case .scalarValue(let scalar) = decoder.decode(&bytes) {
            position += UTF8.width(scalar)
        }
        return notUTF8(at: min(position, text.count - 1), expected: "UTF-8")
    }

    /// The fault of a byte above 127 where no UTF-8 is.
    func notUTF8(at offset: Int, expected: String) -> JSONFault {
        let byte = text[offset]
        let isLetter = byte >= 0xa0
        let reading = isLetter ? ", in Latin-1 the character \(Character(Unicode.Scalar(byte)))" : ""
        return JSONFault(
            .encoding,
            offset: offset,
            found: "the byte 0x\(hexadecimal(byte)), which is not UTF-8 here\(reading)",
            expected: expected,
            fix: "convert the file to UTF-8, for example with `iconv -f LATIN1 -t UTF-8`"
        )
    }

    private func hexadecimal(_ byte: UInt8) -> String {
        (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }
}
