/// The one scanner of JSON (RFC 8259), with one set of rules for files, headers, lines and bodies.
///
/// UTF-8 is required, a byte order mark before it is taken. A key comes once in an object. Numbers keep the digits with
/// which they are written. NaN, infinities and halves of surrogate pairs, which Python writes and JSON lacks, are faults
/// that say so. Values nest at most ``depthLimit`` deep.
package struct JSONScanner {
    /// The deepest nesting.
    package static let depthLimit = 128

    let text: UnsafeRawBufferPointer
    /// The next byte.
    package internal(set) var offset: Int
    private var depth = 0

    /// Starts at the beginning of a text.
    package init(_ text: UnsafeRawBufferPointer) {
        self.text = text
        self.offset = text.starts(with: byteOrderMark) ? byteOrderMark.count : 0
    }

    /// Scans an object and calls a function at the value of each key, which the function must scan.
    ///
    /// - Parameters:
    ///   - checksKeys: Whether a key that comes twice is found here; a caller that does it itself saves the work.
    ///   - member: The function, with the key and the offset at which it is written.
    /// - Throws: ``JSONFault``; to what the function throws the key is added.
    /// - Complexity: O(*n*), besides the function.
    package mutating func object(
        checksKeys: Bool = true,
        _ member: (_ key: String, _ offset: Int, inout JSONScanner) throws(JSONFault) -> Void
    ) throws(JSONFault) {
        try expect("{", "an object")
        try enter()
        defer { depth -= 1 }
        if take("}") { return }
        var keys: Set<ExactText> = []
        repeat {
            skipBlanks()
            let start = offset
            let key = try string()
            guard !checksKeys || keys.insert(ExactText(key)).inserted else {
                throw JSONFault(
                    .duplicateKey,
                    offset: start,
                    found: "the key \(excerpt(key)) twice in one object",
                    expected: "each key once"
                )
            }
            try expect(":")
            do throws(JSONFault) {
                try member(key, start, &self)
            } catch {
                throw error.inside(.key(key))
            }
        } while take(",")
        try expect("}", "',' or '}'")
    }

    /// Scans a list and calls a function at each element, which the function must scan.
    ///
    /// - Throws: ``JSONFault``; to what the function throws the index is added.
    /// - Complexity: O(*n*), besides the function.
    package mutating func array(
        _ element: (_ index: Int, inout JSONScanner) throws(JSONFault) -> Void
    ) throws(JSONFault) {
        try expect("[", "a list")
        try enter()
        defer { depth -= 1 }
        if take("]") { return }
        var index = 0
        repeat {
            do throws(JSONFault) {
                try element(index, &self)
            } catch {
                throw error.inside(.index(index))
            }
            index += 1
        } while take(",")
        try expect("]", "',' or ']'")
    }

    /// Checks that nothing but blanks is left.
    package mutating func expectEnd() throws(JSONFault) {
        skipBlanks()
        guard offset == text.count else { throw fault("the end of the text") }
    }

    /// The byte with which the next value begins, 0 at the end.
    package var nextByte: UInt8 {
        mutating get {
            skipBlanks()
            return offset < text.count ? text[offset] : 0
        }
    }

    private mutating func enter() throws(JSONFault) {
        guard depth < Self.depthLimit else {
            throw JSONFault(
                .syntax,
                offset: offset - 1,
                found: "lists and objects nested deeper",
                expected: "at most \(Self.depthLimit) within each other"
            )
        }
        depth += 1
    }
}

// Bytes.
extension JSONScanner {
    mutating func skipBlanks() {
        while offset < text.count {
            switch text[offset] {
            case 0x20, 0x09, 0x0a, 0x0d: offset += 1
            default: return
            }
        }
    }

    mutating func take(_ character: Unicode.Scalar) -> Bool {
        skipBlanks()
        guard offset < text.count, text[offset] == UInt8(ascii: character) else { return false }
        offset += 1
        return true
    }

    mutating func expect(_ character: Unicode.Scalar, _ expected: String? = nil) throws(JSONFault) {
        guard take(character) else { throw fault(expected ?? "'\(character)'") }
    }

    /// Makes a fault at the next byte, which says what stands there.
    func fault(_ expected: String) -> JSONFault {
        if offset <= 4, let content = ForeignContent(text) {
            return JSONFault(.foreign, offset: 0, found: content.found, expected: "JSON", fix: content.fix)
        }
        guard offset < text.count else {
            let found = offset == 0 ? "an empty text" : "the end of the text"
            return JSONFault(.syntax, offset: offset, found: found, expected: expected)
        }
        guard text[offset] < 0x80 else { return notUTF8(at: offset, expected: expected) }
        var scanner = self
        let word = scanner.word()
        if Self.isNotFinite(word) { return Self.notFinite(word, at: offset) }
        let rest = String(decoding: text[offset..<min(offset + 12, text.count)], as: UTF8.self)
        return JSONFault(
            .syntax,
            offset: offset,
            found: word.isEmpty ? excerpt(rest) : excerpt(word),
            expected: expected
        )
    }
}
