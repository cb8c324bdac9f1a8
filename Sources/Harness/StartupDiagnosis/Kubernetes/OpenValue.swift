/// A value of YAML that may go on below its first line: folded, in quotes, in a block, or in flow style.
///
/// It ends where a line is indented no deeper than its key, whatever was left open: a stray quotation mark does not
/// swallow what follows.
struct OpenValue {
    private enum Style {
        /// A plain scalar, which may go on.
        case plain
        /// A value of which the end was written.
        case whole
        /// Between quotation marks of which the second is still to come.
        case quoted(UInt8)
        /// `|` or `>`; whether its breaks are spaces.
        case block(isFolded: Bool)
        /// `{` or `[`, as many as are not closed yet.
        case flow
    }

    /// The longest value in flow style, in bytes.
    private static let flowLimit = 1 << 20

    private var style: Style
    private let limit: Int
    private let file: Int
    /// The scalar so far; `nil` for a block without a line.
    private var text: KeptText?
    private var flow: [UInt8] = []
    private var nesting = FlowNesting()
    private let line: Int
    private let column: Int

    /// Begins a value.
    ///
    /// - Parameters:
    ///   - value: What stands behind the key, or behind the dash of an element.
    ///   - indentation: The indentation over which lines belong to it.
    ///   - file: The number of the input.
    init(_ value: PlacedText, over indentation: Int, file: Int) {
        let bytes = value.bytes
        self.file = file
        limit = indentation
        (line, column) = (value.line, value.column)
        style = .plain
        if Self.beginsFlow(value) {
            flow = Array(bytes)
            nesting.take(bytes)
            style = nesting.isOpen ? .flow : .whole
            text = KeptText(value, around: 0, in: file)
            return
        }
        if let first = bytes.first, first == UInt8(ascii: "|") || first == UInt8(ascii: ">"),
            bytes.dropFirst().allSatisfy({ $0 == 0x2d || $0 == 0x2b || (0x30...0x39).contains($0) })
        {
            style = .block(isFolded: first == UInt8(ascii: ">"))
            return
        }
        let quote = bytes.openingQuote
        if let quote, !Self.ends(bytes.dropFirst(), with: quote) {
            var inner = value.dropping(1)
            inner.escaping = quote == UInt8(ascii: "\"") ? .doubleQuoted : .singleQuoted
            text = KeptText(inner, around: 0, in: file)
            style = .quoted(quote)
            return
        }
        if quote != nil { style = .whole }
        text = KeptText(value.unquoted, around: 0, in: file)
    }

    /// Whether a value is written in flow style.
    static func beginsFlow(_ value: PlacedText) -> Bool {
        value.bytes.first == UInt8(ascii: "{") || value.bytes.first == UInt8(ascii: "[")
    }

    /// Takes a line that belongs to the value; false for one that does not.
    mutating func take(_ next: PlacedText) -> Bool {
        let bytes = next.bytes
        let indentation = bytes.indentation
        let isBlank = indentation == bytes.count
        switch style {
        case .plain:
            guard !isBlank, indentation > limit, Self.continuesPlain(bytes) else { return false }
            text?.append(next, isFolded: true)
        case .whole:
            return false
        case .block(let isFolded):
            guard isBlank || indentation > limit else { return false }
            if text == nil, !isBlank {
                text = KeptText(next.dropping(indentation), around: 0, in: file)
            } else {
                text?.append(next, isFolded: isFolded)
            }
        case .quoted(let quote):
            guard isBlank || indentation > limit else { return false }
            var rest = next
            if Self.ends(bytes[...], with: quote), let end = bytes.lastIndex(of: quote) {
                rest.bytes = bytes.slice(0..<end)
                style = .whole
            }
            text?.append(rest, isFolded: true)
        case .flow:
            let closes = bytes[indentation...].first.map { $0 == UInt8(ascii: "}") || $0 == UInt8(ascii: "]") } ?? true
            guard closes || indentation > limit, flow.count + bytes.count < Self.flowLimit else { return false }
            flow.append(UInt8(ascii: "\n"))
            flow += bytes
            nesting.take(bytes)
            if !nesting.isOpen { style = .whole }
        }
        return true
    }

    /// The value as far as it was written.
    var node: TreeNode {
        if !flow.isEmpty {
            let parsed = flow.withUnsafeBytes { bytes -> TreeNode? in
                var cursor = JSONCursor(bytes, line: line, column: column)
                return TreeNode(flow: &cursor, file: file)
            }
            if let parsed { return parsed }
        }
        return text.map { TreeNode(value: .scalar($0)) } ?? .empty
    }

    /// Whether bytes end with the quotation mark that closes a scalar: it is neither doubled nor behind a backslash.
    private static func ends(_ bytes: Slice<UnsafeRawBufferPointer>, with quote: UInt8) -> Bool {
        let blanks = bytes.reversed().prefix { $0 <= 0x20 }.count
        let text = bytes.dropLast(blanks)
        guard text.last == quote else { return false }
        let before = quote == UInt8(ascii: "\"") ? UInt8(ascii: "\\") : quote
        return text.dropLast().reversed().prefix { $0 == before }.count.isMultiple(of: 2)
    }

    /// Whether a line may go on with a plain scalar: it is no key and no element.
    private static func continuesPlain(_ line: UnsafeRawBufferPointer) -> Bool {
        let words = line.drop { $0 == 0x20 || $0 == 0x09 }
        let isElement = words.first == UInt8(ascii: "-") && words.dropFirst().first == 0x20
        guard !isElement, words.last != UInt8(ascii: ":") else { return false }
        return !zip(words, words.dropFirst()).contains { $0 == UInt8(ascii: ":") && $1 == 0x20 }
    }
}

extension PlacedText {
    /// The text without the quotation marks around it.
    var unquoted: PlacedText {
        guard bytes.count >= 2, let first = bytes.openingQuote, first == bytes[bytes.count - 1] else { return self }
        var inner = dropping(1)
        inner.bytes = inner.bytes.slice(0..<(inner.bytes.count - 1))
        if first == UInt8(ascii: "\"") { inner.escaping = .json }
        if first == UInt8(ascii: "'"), inner.bytes.contains(first) { inner.escaping = .singleQuoted }
        return inner
    }
}

/// How many braces and brackets are open, those in quotes aside.
private struct FlowNesting {
    private var depth = 0
    private var quote: UInt8?
    private var isEscaped = false

    /// Whether the value goes on.
    var isOpen: Bool { depth > 0 }

    /// Takes a line.
    ///
    /// - Complexity: O(*n*).
    mutating func take(_ line: UnsafeRawBufferPointer) {
        for byte in line {
            if let open = quote {
                if byte == open, !isEscaped { quote = nil }
                isEscaped = byte == UInt8(ascii: "\\") && open == UInt8(ascii: "\"") && !isEscaped
                continue
            }
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "'"): quote = byte
            case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
            default: continue
            }
        }
    }
}
