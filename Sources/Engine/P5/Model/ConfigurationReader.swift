/// One value of a JSON file that configures a model.
enum ConfigurationValue: Hashable, Sendable, Decodable {
    case number(Double)
    case flag(Bool)
    case text(String)
    case list([ConfigurationValue])
    case object([String: ConfigurationValue])
    case null

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let flag = try? container.decode(Bool.self) {
            self = .flag(flag)
        } else if let number = try? container.decode(Double.self) {
            self = .number(number)
        } else if let text = try? container.decode(String.self) {
            self = .text(text)
        } else if let list = try? container.decode([ConfigurationValue].self) {
            self = .list(list)
        } else {
            self = .object(try container.decode([String: ConfigurationValue].self))
        }
    }

    var described: String {
        switch self {
        case .number(let number): Int(exactly: number).map(String.init) ?? String(number)
        case .flag(let flag): String(flag)
        case .text(let text): "\"\(text.prefix(60).filter { !$0.isNewline })\""
        case .list(let values):
            "[\(values.prefix(4).map(\.described).joined(separator: ", "))\(values.count > 4 ? ", …" : "")]"
        case .object(let values):
            "an object with \(values.isEmpty ? "no key" : values.keys.sorted().prefix(4).joined(separator: ", "))"
        case .null: "null"
        }
    }
}

/// Reads checked values out of a JSON file that configures a model; `null` counts as absent unless a function says else.
struct ConfigurationReader {
    /// Other names of keys, which Hugging Face's `T5Config` takes as well.
    static let otherNames = [
        "d_model": "hidden_size", "num_heads": "num_attention_heads", "num_layers": "num_hidden_layers",
        "d_kv": "head_dim",
    ]

    let values: [String: ConfigurationValue]
    let path: String

    func failure(
        _ key: String,
        found: String,
        expected: String,
        advice: String = "use the files of one model, as they were saved with its weights"
    ) -> P5Error {
        P5Error(.configuration, "\(path): \"\(key)\": found \(found), expected \(expected); \(advice)")
    }

    func value(_ key: String) throws(P5Error) -> ConfigurationValue? {
        let value = values[key] == .null ? nil : values[key]
        guard let name = Self.otherNames[key], let other = values[name], other != .null else { return value }
        guard let value, value != other else { return other }
        throw failure(name, found: other.described, expected: "\(value.described) as \"\(key)\" says")
    }

    func whole(_ key: String, in range: ClosedRange<Int>, default absent: Int? = nil) throws(P5Error) -> Int {
        guard let value = try value(key) else {
            guard let absent else { throw failure(key, found: "nothing", expected: Self.expected(range)) }
            return absent
        }
        return try whole(value, of: key, in: range)
    }

    private func whole(
        _ value: ConfigurationValue,
        of key: String,
        in range: ClosedRange<Int>
    ) throws(P5Error) -> Int {
        guard case .number(let number) = value, let whole = Int(exactly: number), range.contains(whole) else {
            throw failure(key, found: value.described, expected: Self.expected(range))
        }
        return whole
    }

    /// Reads one token or a list of them.
    ///
    /// - Returns: The tokens in their order; none for `null`, `nil` where the key is absent.
    func tokens(_ key: String, below vocabulary: Int) throws(P5Error) -> [Int32]? {
        guard let value = values[key] else { return nil }
        let elements: [ConfigurationValue]
        switch value {
        case .null: return []
        case .list(let list) where !list.isEmpty: elements = list
        case .list, .number, .flag, .text, .object: elements = [value]
        }
        var tokens: [Int32] = []
        for element in elements {
            let token = Int32(try whole(element, of: key, in: 0...vocabulary - 1))
            if !tokens.contains(token) { tokens.append(token) }
        }
        return tokens
    }

    func epsilon(_ key: String, default absent: Float) throws(P5Error) -> Float {
        guard let value = try value(key) else { return absent }
        guard case .number(let number) = value, number > 0, number < 1 else {
            throw failure(key, found: value.described, expected: "a number between 0 and 1")
        }
        return Float(number)
    }

    func flag(_ key: String, default absent: Bool) throws(P5Error) -> Bool {
        guard let value = try value(key) else { return absent }
        guard case .flag(let flag) = value else {
            throw failure(key, found: value.described, expected: "true or false")
        }
        return flag
    }

    func word(_ key: String, default absent: String) throws(P5Error) -> String {
        guard let value = try value(key) else { return absent }
        guard case .text(let text) = value else {
            throw failure(key, found: value.described, expected: "a text")
        }
        return text
    }

    private static func expected(_ range: ClosedRange<Int>) -> String {
        "a whole number from \(range.lowerBound) to \(range.upperBound)"
    }
}
