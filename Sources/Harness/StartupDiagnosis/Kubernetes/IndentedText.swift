/// Reads YAML, as `kubectl` and `gcloud` write it, and the form of `kubectl describe` into one kind of tree.
///
/// Both state `key: value` in lines whose indentation nests them; a value may go on below its line (``OpenValue``). A text
/// that was cut has the tree of its lines: nothing here is an error. Anchors and tags, which these programs do not write,
/// stay texts.
struct IndentedText {
    /// One line with something in it.
    private struct Line {
        let indentation: Int
        let isElement: Bool
        let key: String?
        let pair: KeptText
        var value: TreeNode?
    }

    private var lines: [Line] = []
    /// The value of the last line, where it may go on.
    private var open: OpenValue?
    /// Where the elements of a list `items` at the margin begin, and how far their dashes are indented.
    private var items: (start: Int, dash: Int?)?
    private let file: Int

    /// The most lines of one document.
    private static let lineLimit = 200_000

    /// Begins a document.
    init(file: Int) {
        self.file = file
    }

    /// Whether nothing has been added.
    var isEmpty: Bool { lines.isEmpty }

    /// Adds a line.
    ///
    /// - Returns: Whether it was one of this form: `key:`, `key: value`, `- …` or blank.
    mutating func add(_ text: PlacedText) -> Bool {
        guard lines.count < Self.lineLimit else { return false }
        if open?.take(text) == true { return true }
        close()
        var start = text.bytes.indentation
        guard start < text.bytes.count else { return true }
        var isElement = false
        let indentation = start
        while start + 1 < text.bytes.count, text.bytes[start] == UInt8(ascii: "-"), text.bytes[start + 1] == 0x20 {
            isElement = true
            start += 2 + text.bytes[(start + 2)...].prefix { $0 == 0x20 }.count
            // `- - x` nests lists, which no status has.
            break
        }
        let rest = text.dropping(start)
        let colon = isElement && OpenValue.beginsFlow(rest) ? nil : Self.colon(in: rest.bytes)
        guard isElement || colon != nil else {
            // A further line of a folded scalar.
            return indentation > 0
        }
        var value = rest
        if let colon {
            value = rest.dropping(colon + 1 + rest.bytes[(colon + 1)...].prefix { $0 == 0x20 || $0 == 0x09 }.count)
        }
        let key = colon.map { PlacedText(bytes: rest.bytes.slice(0..<$0), line: rest.line).unquoted.string }
        let line = Line(
            indentation: isElement ? start : indentation,
            isElement: isElement,
            key: key,
            pair: KeptText(rest, around: 0, in: file),
            value: nil
        )
        if isElement, let items, items.start == lines.count { self.items?.dash = indentation }
        lines.append(line)
        if key == "items", indentation == 0, value.isEmpty { items = (lines.count, nil) }
        // The further lines of an element without a key are indented as its first word is.
        let limit = colon == nil ? indentation : line.indentation
        open = value.isEmpty ? nil : OpenValue(value, over: limit, file: file)
        return true
    }

    /// The element of the list `items` that a line ends, because the next one begins there; its lines are forgotten, so
    /// that a list of any length takes the room of one element.
    mutating func item(endedBy line: PlacedText) -> TreeNode? {
        guard let items, let dash = items.dash, lines.count > items.start, line.bytes.count > dash + 1,
            line.bytes[dash] == UInt8(ascii: "-"), line.bytes[dash + 1] == 0x20,
            line.bytes[..<dash].allSatisfy({ $0 == 0x20 })
        else { return nil }
        close()
        var index = items.start
        let node = element(&index)
        lines.removeSubrange(items.start...)
        return node
    }

    /// Ends the value of the last line.
    private mutating func close() {
        guard let open else { return }
        lines[lines.count - 1].value = open.node
        self.open = nil
    }

    /// The tree of the lines.
    ///
    /// - Complexity: O(*n*) in the lines.
    var tree: TreeNode {
        var whole = self
        whole.close()
        var index = 0
        return whole.node(&index, over: -1)
    }

    /// Reads the lines that are indented by more than a limit.
    private func node(_ index: inout Int, over limit: Int) -> TreeNode {
        guard index < lines.count, lines[index].indentation > limit else { return .empty }
        let own = lines[index].indentation
        var members: [TreeNode.Member] = []
        var elements: [TreeNode] = []
        while index < lines.count, lines[index].indentation > limit {
            let line = lines[index]
            guard line.indentation <= own || members.isEmpty && elements.isEmpty else {
                index += 1
                continue
            }
            if line.isElement {
                elements.append(element(&index))
                continue
            }
            index += 1
            members.append(TreeNode.Member(key: line.key ?? "", node: member(line, &index)))
        }
        return TreeNode(value: elements.isEmpty ? .map(members) : .list(elements))
    }

    /// Reads an element of a list: its first line and those that are indented as its text is.
    private func element(_ index: inout Int) -> TreeNode {
        let first = lines[index]
        index += 1
        guard let key = first.key else {
            return first.value.map { TreeNode(value: $0.value, pair: first.pair) } ?? .empty
        }
        var members = [TreeNode.Member(key: key, node: member(first, &index))]
        while index < lines.count, lines[index].indentation >= first.indentation, !lines[index].isElement {
            let line = lines[index]
            index += 1
            members.append(TreeNode.Member(key: line.key ?? "", node: member(line, &index)))
        }
        return TreeNode(value: .map(members))
    }

    /// Reads what belongs to a key: its value, or the lines below; of both, as `State: Waiting` has, the word is `""`.
    private func member(_ line: Line, _ index: inout Int) -> TreeNode {
        var below = TreeNode.empty
        if index < lines.count {
            let next = lines[index]
            // YAML lets the elements of a list stand no deeper than its key: their dash does, their text not.
            let isDeeper = next.indentation > line.indentation
            if isDeeper { below = node(&index, over: line.indentation) }
        }
        guard let value = line.value else { return TreeNode(value: below.value, pair: line.pair) }
        if case .map(let members) = below.value, members.isEmpty {
            return TreeNode(value: value.value, pair: line.pair)
        }
        let word = TreeNode.Member(key: "", node: TreeNode(value: value.value, pair: line.pair))
        return TreeNode(value: .map([word] + below.members), pair: line.pair)
    }

    /// Where the colon behind a key stands.
    private static func colon(in bytes: UnsafeRawBufferPointer) -> Int? {
        var index = 0
        if let quote = bytes.openingQuote {
            guard let end = bytes.dropFirst().firstIndex(of: quote) else { return nil }
            index = end + 1
        }
        while index < bytes.count, index < 200 {
            if bytes[index] == UInt8(ascii: ":"), index + 1 == bytes.count || bytes[index + 1] <= 0x20 { return index }
            index += 1
        }
        return nil
    }
}
