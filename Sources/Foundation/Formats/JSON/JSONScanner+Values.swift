extension JSONScanner {
    /// Scans an opaque id: a string, or a whole number of any length as it is written.
    package mutating func identifier() throws(JSONFault) -> String {
        if nextByte == UInt8(ascii: "\"") { return try string() }
        let start = offset
        guard JSONNumber.isStart(nextByte) else { throw fault("text or a whole number") }
        let number = try number()
        guard number.isWhole else {
            throw JSONFault(offset: start, found: number.text, expected: "text or a whole number")
        }
        return number.text
    }

    /// Scans a number.
    package mutating func number() throws(JSONFault) -> JSONNumber {
        skipBlanks()
        let start = offset
        guard let number = JSONNumber(word()) else {
            offset = start
            throw fault("a number")
        }
        return number
    }

    /// Scans a number as the nearest 64-bit float.
    package mutating func double() throws(JSONFault) -> Double {
        skipBlanks()
        let start = offset
        let number = try number()
        guard let double = number.double else {
            throw JSONFault(offset: start, found: number.text, expected: "a number that a 64-bit float can hold")
        }
        return double
    }

    /// Scans a value and decodes it, which a small part of a large text is worth.
    ///
    /// - Throws: ``JSONFault``, with the way from this value on.
    /// - Complexity: O(*n*), besides the type's own work.
    package mutating func decode<Value: Decodable>(_ type: Value.Type) throws(JSONFault) -> Value {
        try JSONReader.decode(type, from: try value())
    }

    /// Scans a list of whole numbers that are not negative.
    package mutating func naturals(limit: Int) throws(JSONFault) -> [Int] {
        var values: [Int] = []
        try array { (_, scanner) throws(JSONFault) in
            scanner.skipBlanks()
            let start = scanner.offset
            guard values.count < limit else { throw scanner.fault("at most \(limit) numbers") }
            let number = try scanner.number()
            guard let value = Int(number.text), value >= 0 else {
                throw JSONFault(
                    offset: start,
                    found: number.text,
                    expected: "a whole number that is not negative and fits 64 bits"
                )
            }
            values.append(value)
        }
        return values
    }

    /// Scans a value of any kind.
    ///
    /// - Complexity: O(*n*).
    package mutating func value() throws(JSONFault) -> JSONValue {
        let first = nextByte
        let start = offset
        switch first {
        case UInt8(ascii: "\""):
            return JSONValue(.text(try string()), at: start)
        case UInt8(ascii: "{"):
            var members: [JSONValue.Member] = []
            try object { (key, _, scanner) throws(JSONFault) in
                members.append(.init(key: key, value: try scanner.value()))
            }
            return JSONValue(.object(members), at: start)
        case UInt8(ascii: "["):
            var elements: [JSONValue] = []
            try array { (_, scanner) throws(JSONFault) in elements.append(try scanner.value()) }
            return JSONValue(.list(elements), at: start)
        default:
            return JSONValue(try word(orFault: "a value"), at: start)
        }
    }

    /// Scans a value of any kind and drops it.
    ///
    /// - Complexity: O(*n*).
    package mutating func skipValue() throws(JSONFault) {
        switch nextByte {
        case UInt8(ascii: "\""): _ = try string()
        case UInt8(ascii: "{"): try object { (_, _, scanner) throws(JSONFault) in try scanner.skipValue() }
        case UInt8(ascii: "["): try array { (_, scanner) throws(JSONFault) in try scanner.skipValue() }
        default: _ = try word(orFault: "a value")
        }
    }

    private mutating func word(orFault expected: String) throws(JSONFault) -> JSONValue.Kind {
        let start = offset
        let word = word()
        switch word {
        case "null": return .null
        case "true": return .flag(true)
        case "false": return .flag(false)
        default:
            guard let number = JSONNumber(word) else {
                offset = start
                throw fault(expected)
            }
            return .number(number)
        }
    }

    /// Takes the letters, digits and signs of a number or a name.
    mutating func word() -> String {
        skipBlanks()
        let start = offset
        while offset < text.count, Self.isOfWord(text[offset]) { offset += 1 }
        return String(decoding: text[start..<offset], as: UTF8.self)
    }

    private static func isOfWord(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."),
            UInt8(ascii: "_"):
            true
        default: false
        }
    }

    /// Whether a word is one of those that programs write for numbers that are not finite.
    static func isNotFinite(_ word: String) -> Bool {
        let name = word.drop { $0 == "-" || $0 == "+" }.lowercased()
        return ["nan", "inf", "infinity"].contains(name)
    }

    /// The fault of such a word.
    static func notFinite(_ word: String, at offset: Int) -> JSONFault {
        JSONFault(
            .notFinite,
            offset: offset,
            found: "\(word), which JSON does not have",
            expected: "a number, or null where there is none",
            fix: "in Python, write None for a missing value and use json.dumps(…, allow_nan=False)"
        )
    }
}
