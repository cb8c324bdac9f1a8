import Yams

/// Makes the positioned tree of a document from what Yams composed of its patched text.
struct YAMLTreeBuilder {
    let file: SourceFile
    let placeholders: [Placeholder]
    /// The line of the file at which the document begins, from 0.
    let firstLine: Int
    /// Texts that may hold commands or documents.
    private(set) var embedded: [EmbeddedText] = []
    /// Keys that stand twice in a mapping: the later ones.
    private(set) var repeatedKeys: [ConfigurationEntry] = []
    private var nodes = 0

    init(file: SourceFile, placeholders: [Placeholder], firstLine: Int) {
        self.file = file
        self.placeholders = placeholders
        self.firstLine = firstLine
    }

    /// Whether there were more values than are read.
    var isTooLarge: Bool { nodes > YAMLReader.nodeLimit }

    /// Returns the tree of a node.
    ///
    /// - Complexity: O(*n*) in the number of values, aliases followed.
    mutating func node(_ node: Node, key: String = "") -> ConfigurationNode {
        nodes += 1
        let start = offset(of: node.mark)
        guard !isTooLarge else { return ConfigurationNode(.null, start..<start) }
        switch node {
        case .scalar(let scalar): return scalarNode(scalar, at: start, key: key)
        case .sequence(let sequence):
            let elements = sequence.map { self.node($0) }
            return ConfigurationNode(.list(elements), start..<max(start, elements.last?.range.upperBound ?? start))
        case .mapping(let mapping):
            let entries = entries(of: mapping)
            let end = entries.map(\.value.range.upperBound).max() ?? start
            return ConfigurationNode(.mapping(entries), start..<max(start, end))
        case .alias: return ConfigurationNode(.null, start..<start)
        }
    }

    private func offset(of mark: Mark?) -> Int {
        guard let mark else { return file.rangeOfLine(firstLine).lowerBound }
        return file.offset(line: firstLine + mark.line - 1, column: mark.column - 1)
    }

    private mutating func scalarNode(_ scalar: Node.Scalar, at start: Int, key: String) -> ConfigurationNode {
        let source = ScalarSource(file: file, placeholders: placeholders)
        let style = ScalarStyle(scalar.style)
        let range = source.range(from: start, value: scalar.string, style: style)
        let isPlain = style == .plain
        if scalar.string.utf8.count > 8 {
            embedded.append(EmbeddedText(key: key, range: range, style: style))
        }
        if placeholders.first(in: range) != nil { return ConfigurationNode(.unknown(file.text(range)), range) }
        if isPlain, ["", "~", "null", "Null", "NULL"].contains(scalar.string) {
            return ConfigurationNode(.null, range)
        }
        let inner = isPlain ? range : range.lowerBound + 1..<max(range.lowerBound + 1, range.upperBound - 1)
        let isWritten = style != .literal && style != .folded
        return ConfigurationNode(
            .scalar(
                ConfigurationScalar(
                    text: scalar.string,
                    isQuoted: !isPlain,
                    isWritten: isWritten && file.bytes[inner].elementsEqual(scalar.string.utf8)
                )
            ),
            range
        )
    }

    /// Returns the entries of a mapping; what a merge key brings comes first, without what is written beside it.
    private mutating func entries(of mapping: Node.Mapping) -> [ConfigurationEntry] {
        var written: [ConfigurationEntry] = []
        var merged: [ConfigurationEntry] = []
        var known: Set<String> = []
        for pair in mapping {
            let keyNode = node(pair.key)
            // Repeated keys have other names in the patched text.
            let key = keyText(pair.key, keyNode.range)
            let value = node(pair.value, key: key)
            if key == "<<", case .scalar(let scalar) = pair.key, scalar.style == .plain {
                merged += mergedEntries(of: value).filter { new in !merged.contains { $0.name == new.name } }
                continue
            }
            let entry = ConfigurationEntry(name: key, key: key, keyRange: keyNode.range, value: value)
            if !known.insert(key).inserted { repeatedKeys.append(entry) }
            written.append(entry)
        }
        return merged.filter { !known.contains($0.name) } + written
    }

    private func keyText(_ key: Node, _ range: Range<Int>) -> String {
        guard case .scalar(let scalar) = key else { return "" }
        let isStand = scalar.string.unicodeScalars.first.map { (0xE000...0xE0FF).contains($0.value) } ?? false
        guard isStand || placeholders.first(in: range) != nil else { return scalar.string }
        let text = file.text(range)
        return scalar.style == .plain ? text : String(text.dropFirst().dropLast())
    }

    private func mergedEntries(of value: ConfigurationNode) -> [ConfigurationEntry] {
        let sources = value.isMapping ? [value] : value.elements
        return sources.flatMap(\.entries)
            .map { entry in
                var entry = entry
                entry.isMerged = true
                return entry
            }
    }
}
