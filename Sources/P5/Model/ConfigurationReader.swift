/// One value of a `config.json`, as far as a T5 configuration needs it.
enum ConfigurationValue: Hashable, Sendable, Decodable {
    case number(Double)
    case flag(Bool)
    case text(String)
    case null
    case other

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
        } else {
            self = .other
        }
    }

    var described: String {
        switch self {
        case .number(let number): Int(exactly: number).map(String.init) ?? String(number)
        case .flag(let flag): String(flag)
        case .text(let text): "\"\(text.prefix(60).filter { !$0.isNewline })\""
        case .null: "null"
        case .other: "a list or an object"
        }
    }
}

/// Reads checked values out of a `config.json`; `null` counts as absent.
struct ConfigurationReader {
    let values: [String: ConfigurationValue]
    let path: String

    func failure(_ key: String, found: String, expected: String) -> P5Error {
        P5Error(
            .configuration,
            "\(path): \"\(key)\": found \(found), expected \(expected); copy config.json from the model's folder again"
        )
    }

    private func value(_ key: String) -> ConfigurationValue? {
        guard let value = values[key], value != .null else { return nil }
        return value
    }

    func whole(_ key: String, in range: ClosedRange<Int>, default absent: Int? = nil) throws(P5Error) -> Int {
        let expected = "a whole number from \(range.lowerBound) to \(range.upperBound)"
        guard let value = value(key) else {
            guard let absent else { throw failure(key, found: "nothing", expected: expected) }
            return absent
        }
        guard case .number(let number) = value, let whole = Int(exactly: number), range.contains(whole) else {
            throw failure(key, found: value.described, expected: expected)
        }
        return whole
    }

    func epsilon(_ key: String, default absent: Float) throws(P5Error) -> Float {
        guard let value = value(key) else { return absent }
        guard case .number(let number) = value, number > 0, number < 1 else {
            throw failure(key, found: value.described, expected: "a number between 0 and 1")
        }
        return Float(number)
    }

    func flag(_ key: String, default absent: Bool) throws(P5Error) -> Bool {
        guard let value = value(key) else { return absent }
        guard case .flag(let flag) = value else {
            throw failure(key, found: value.described, expected: "true or false")
        }
        return flag
    }

    func word(_ key: String, default absent: String) throws(P5Error) -> String {
        guard let value = value(key) else { return absent }
        guard case .text(let text) = value else {
            throw failure(key, found: value.described, expected: "a text")
        }
        return text
    }
}
