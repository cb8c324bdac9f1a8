package import SourcePlaces
import Yams

/// A node of a scenario file under the name that errors call it by.
///
/// The accessors take what is written by its spelling and never by YAML 1.1's implicit types, which read `12:30` as
/// 750, `010` as 8 and `no` as a boolean.
package struct YAMLValue {
    /// The node.
    let node: Node
    /// What errors call it: its key, or its key with an index.
    let name: String
    /// The text the node comes from.
    let source: SourceText
    /// Where the node begins.
    package let location: SourceLocation

    /// The name of the root.
    static let rootName = "the scenario"

    /// Wraps a node.
    init(_ node: Node, name: String, source: SourceText) {
        self.node = node
        self.name = name
        self.source = source
        self.location = SourceLocation(
            file: source.path,
            line: node.mark?.line ?? 1,
            column: node.mark?.column ?? 1
        )
    }

    /// Returns an error at this node.
    package func error(_ message: String) -> ScenarioError {
        source.error(.schema, at: location, message)
    }

    /// Returns an error that says what was expected here, and what stands here.
    package func mismatch(_ expected: String) -> ScenarioError {
        error("\(displayName) must be \(expected), found \(found)")
    }

    /// The name as messages show it.
    var displayName: String { name == Self.rootName ? name : "`\(name)`" }

    /// What stands here, for messages.
    var found: String {
        switch node {
        case .scalar(let scalar):
            if isNull { return "nothing" }
            let shown = scalar.string.count > 40 ? scalar.string.prefix(40) + "…" : scalar.string[...]
            if let foreignTag { return "the tag \(foreignTag)" }
            return scalar.style == .plain ? "`\(shown)`" : "the text \"\(shown)\""
        case .mapping: return foreignTag.map { "the tag \($0)" } ?? "a mapping"
        case .sequence: return foreignTag.map { "the tag \($0)" } ?? "a list"
        case .alias: return "an alias"
        }
    }

    /// Whether nothing is written here, or a plain `null` or `~`.
    var isNull: Bool {
        guard case .scalar(let scalar) = node, scalar.style == .plain else { return false }
        return ["", "~", "null", "Null", "NULL"].contains(scalar.string)
    }

    /// The spelling of an unquoted scalar, `nil` for everything else.
    var plain: String? {
        guard case .scalar(let scalar) = node, scalar.style == .plain, foreignTag == nil, !isNull else { return nil }
        return scalar.string
    }

    /// The characters of a scalar, quoted or not, `nil` for everything else.
    package var scalarText: String? {
        guard case .scalar(let scalar) = node, foreignTag == nil, !isNull else { return nil }
        return scalar.string
    }

    /// A tag of the node's own, such as `!include`.
    var foreignTag: String? {
        let known: Set<Tag.Name> = [
            .implicit, .nonSpecific, .str, .int, .float, .bool, .null, .timestamp, .merge, .value, .seq, .map,
        ]
        let tag = node.tag.rawValue
        return known.contains(Tag.Name(rawValue: tag)) ? nil : tag
    }

    /// Whether this is a list.
    var isList: Bool {
        if case .sequence = node { true } else { false }
    }

    /// Whether this is a mapping.
    var isMapping: Bool {
        if case .mapping = node { true } else { false }
    }

    /// Returns the elements of a list.
    package func list(of what: String) throws(ScenarioError) -> [YAMLValue] {
        guard case .sequence(let sequence) = node, foreignTag == nil else { throw mismatch("a list of \(what)") }
        return sequence.enumerated()
            .map { index, element in
                YAMLValue(element, name: "\(name)[\(index)]", source: source)
            }
    }

    /// Returns the pairs of a mapping whose keys the reader knows, in their order.
    ///
    /// - Parameter what: What the keys are, for the message where this is no mapping.
    /// - Returns: The keys with their values.
    /// - Throws: `ScenarioError` where this is no mapping, or a key is no scalar or repeated.
    package func pairs(of what: String) throws(ScenarioError) -> [(key: YAMLValue, value: YAMLValue)] {
        guard case .mapping(let mapping) = node, foreignTag == nil else { throw mismatch("a mapping of \(what)") }
        var known: Set<String> = []
        var pairs: [(key: YAMLValue, value: YAMLValue)] = []
        for pair in mapping {
            let key = YAMLValue(pair.key, name: "key", source: source)
            guard let text = key.scalarText else { throw key.error("a key must be a word, found \(key.found)") }
            guard known.insert(text).inserted else {
                throw key.error("`\(text)` is given more than once in \(displayName)")
            }
            pairs.append((key, YAMLValue(pair.value, name: text, source: source)))
        }
        return pairs
    }

    /// Returns the node's pairs after checking that every key is known.
    ///
    /// - Throws: `ScenarioError` where this is no mapping, or a key is unknown, repeated or no text.
    func mapping(keys known: [String]) throws(ScenarioError) -> YAMLMapping {
        guard case .mapping(let mapping) = node, foreignTag == nil else {
            throw mismatch("a mapping with the keys " + known.map { "`\($0)`" }.joined(separator: ", "))
        }
        var entries: [String: YAMLValue] = [:]
        for pair in mapping {
            let key = YAMLValue(pair.key, name: "key", source: source)
            guard case .scalar(let scalar) = pair.key else {
                throw key.error("a key must be a word, found \(key.found)")
            }
            let text = scalar.string
            guard known.contains(text) else {
                throw key.error("unknown key `\(text)` in \(displayName); \(NearestName.hint(for: text, among: known))")
            }
            guard entries[text] == nil else {
                throw key.error("`\(text)` is given more than once in \(displayName)")
            }
            entries[text] = YAMLValue(pair.value, name: text, source: source)
        }
        return YAMLMapping(value: self, entries: entries)
    }
}

/// A mapping whose keys are all known.
struct YAMLMapping {
    /// The mapping itself.
    let value: YAMLValue
    /// The values by key.
    let entries: [String: YAMLValue]

    /// The value of a key, `nil` where the key is not given.
    subscript(key: String) -> YAMLValue? { entries[key] }

    /// Returns the value of a key that has to be given.
    func required(_ key: String) throws(ScenarioError) -> YAMLValue {
        guard let entry = entries[key] else {
            throw value.error("`\(key)` is missing in \(value.displayName)")
        }
        return entry
    }
}
