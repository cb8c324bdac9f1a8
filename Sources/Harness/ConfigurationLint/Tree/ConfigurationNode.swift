/// A value of a configuration with the bytes that it takes, whatever language it is written in.
struct ConfigurationNode: Sendable {
    /// The kinds of values.
    indirect enum Kind: Sendable {
        /// Keys with values, in the order in which they are written. Blocks of HCL may repeat a key.
        case mapping([ConfigurationEntry])
        /// Elements in order.
        case list([ConfigurationNode])
        /// A text, a number or a truth value.
        case scalar(ConfigurationScalar)
        /// Nothing.
        case null
        /// A value that is not in the file, as it is written there.
        case unknown(String)
    }

    /// What the value is.
    let kind: Kind
    /// Its bytes in the file.
    let range: Range<Int>

    /// Creates a value.
    init(_ kind: Kind, _ range: Range<Int>) {
        self.kind = kind
        self.range = range
    }
}

/// A text, a number or a truth value as it is written.
struct ConfigurationScalar: Hashable, Sendable {
    /// The text, without quotes.
    let text: String
    /// Whether it is in quotes, and so a text.
    let isQuoted: Bool
    /// Whether the value's bytes in the file are this text itself, so that they can be replaced.
    let isWritten: Bool
}

/// A key with its value.
struct ConfigurationEntry: Sendable {
    /// The key in the spelling of the APIs: `startupProbe` for Terraform's `startup_probe`.
    let name: String
    /// The key as it is written.
    let key: String
    /// The bytes of the key, with its quotes.
    let keyRange: Range<Int>
    /// The value.
    let value: ConfigurationNode
    /// Whether the entry is there only under a condition that the file does not decide.
    var isConditional = false
    /// Whether the value is another one for each instance, so that it is the value that messages point at.
    var variesByInstance = false
    /// Whether it came from elsewhere by a merge key.
    var isMerged = false

    /// Where messages about the value point: at its key.
    var place: Range<Int> { variesByInstance ? value.range : keyRange }
}

extension ConfigurationNode {
    /// The entries of a mapping; none for all else.
    var entries: [ConfigurationEntry] {
        if case .mapping(let entries) = kind { entries } else { [] }
    }

    /// The elements of a list; none for all else.
    var elements: [ConfigurationNode] {
        if case .list(let elements) = kind { elements } else { [] }
    }

    /// The text of a scalar; `nil` for all else.
    var text: String? {
        if case .scalar(let scalar) = kind { scalar.text } else { nil }
    }

    /// What is written where the value is unknown; `nil` for all else.
    var unknownText: String? {
        if case .unknown(let text) = kind { text } else { nil }
    }

    /// Whether this is a mapping.
    var isMapping: Bool {
        if case .mapping = kind { true } else { false }
    }

    /// Whether there is nothing.
    var isNull: Bool {
        if case .null = kind { true } else { false }
    }

    /// The entry with a name, the last of several; `nil` where there is none.
    ///
    /// - Complexity: O(*n*).
    func entry(_ name: String) -> ConfigurationEntry? { entries.last { $0.name == name } }

    /// The value of the entry with a name.
    ///
    /// - Complexity: O(*n*).
    subscript(name: String) -> ConfigurationNode? { entry(name)?.value }

    /// The value that a way of names leads to; a list of one mapping, as Terraform's JSON writes blocks, is the mapping.
    ///
    /// - Complexity: O(*n*).
    func at(_ names: String...) -> ConfigurationNode? {
        names.reduce(Optional(self)) { node, name in
            guard let next = node?[name] else { return nil }
            return next.elements.count == 1 ? next.elements[0] : next
        }
    }

    /// Every value under one of the names, with its entry: repeated blocks and the elements of lists alike.
    ///
    /// - Complexity: O(*n*).
    func all(_ names: Set<String>) -> [(entry: ConfigurationEntry, node: ConfigurationNode)] {
        entries.filter { names.contains($0.name) }
            .flatMap { entry -> [(entry: ConfigurationEntry, node: ConfigurationNode)] in
                if case .list(let elements) = entry.value.kind { return elements.map { (entry, $0) } }
                return [(entry, entry.value)]
            }
    }
}

/// The spelling of the APIs, by which entries are named.
enum CanonicalName {
    /// Returns a name with its words joined by capitals: `initialDelaySeconds` for `initial_delay_seconds`.
    static func of(_ key: String) -> String {
        guard key.utf8.contains(UInt8(ascii: "_")), key.utf8.first != UInt8(ascii: "_") else { return key }
        var name = ""
        var isStart = false
        for character in key {
            if character == "_" {
                isStart = true
            } else {
                name += isStart ? character.uppercased() : String(character)
                isStart = false
            }
        }
        return name
    }

    /// Returns a name with its words parted by underscores: `initial_delay_seconds` for `initialDelaySeconds`.
    static func snake(_ name: String) -> String {
        name.reduce(into: "") { result, character in
            result += character.isUppercase ? "_" + character.lowercased() : String(character)
        }
    }
}
