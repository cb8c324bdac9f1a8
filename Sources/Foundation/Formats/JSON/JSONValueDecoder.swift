/// Decodes a ``JSONValue``; everything that it throws is a ``JSONFault`` with the place of the value.
struct JSONValueDecoder: Decoder, SingleValueDecodingContainer {
    let value: JSONValue
    /// The way from the top of the text.
    let steps: [JSONStep]

    var codingPath: [any CodingKey] { steps }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    /// A decoder of a value inside of this one.
    func child(_ value: JSONValue, _ step: JSONStep) -> JSONValueDecoder {
        JSONValueDecoder(value: value, steps: steps + [step])
    }

    /// The fault of a value of another kind.
    func fault(_ expected: String) -> JSONFault {
        JSONFault(offset: value.offset, found: value.described, expected: expected, steps: steps)
    }

    /// The members of an object.
    func members() throws(JSONFault) -> [JSONValue.Member] {
        guard case .object(let members) = value.kind else { throw fault("an object") }
        return members
    }

    func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        KeyedDecodingContainer(JSONMembers<Key>(decoder: self, members: try members()))
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
        guard case .list(let elements) = value.kind else { throw fault("a list") }
        return JSONElements(decoder: self, elements: elements)
    }

    func singleValueContainer() throws -> any SingleValueDecodingContainer { self }
}

// Single values.
extension JSONValueDecoder {
    /// The number as it is written.
    func number() throws(JSONFault) -> JSONNumber {
        guard case .number(let number) = value.kind else { throw fault("a number") }
        return number
    }

    private func integer<Integer: FixedWidthInteger>() throws(JSONFault) -> Integer {
        guard case .number(let number) = value.kind else { throw fault("a whole number") }
        guard let integer = number.integer(Integer.self) else {
            throw fault("a whole number from \(Integer.min) to \(Integer.max)")
        }
        return integer
    }

    func decodeNil() -> Bool { value.kind == .null }

    func decode(_ type: Bool.Type) throws -> Bool {
        guard case .flag(let flag) = value.kind else { throw fault("true or false") }
        return flag
    }

    func decode(_ type: String.Type) throws -> String {
        guard case .text(let text) = value.kind else { throw fault("text") }
        return text
    }

    func decode(_ type: Double.Type) throws -> Double {
        guard let double = try number().double else { throw fault("a number that a 64-bit float can hold") }
        return double
    }

    func decode(_ type: Float.Type) throws -> Float { Float(try decode(Double.self)) }
    func decode(_ type: Int.Type) throws -> Int { try integer() }
    func decode(_ type: Int8.Type) throws -> Int8 { try integer() }
    func decode(_ type: Int16.Type) throws -> Int16 { try integer() }
    func decode(_ type: Int32.Type) throws -> Int32 { try integer() }
    func decode(_ type: Int64.Type) throws -> Int64 { try integer() }
    func decode(_ type: UInt.Type) throws -> UInt { try integer() }
    func decode(_ type: UInt8.Type) throws -> UInt8 { try integer() }
    func decode(_ type: UInt16.Type) throws -> UInt16 { try integer() }
    func decode(_ type: UInt32.Type) throws -> UInt32 { try integer() }
    func decode(_ type: UInt64.Type) throws -> UInt64 { try integer() }
    func decode<Value: Decodable>(_ type: Value.Type) throws -> Value { try Value(from: self) }
}
