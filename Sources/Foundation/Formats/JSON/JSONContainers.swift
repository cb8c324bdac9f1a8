/// The members of an object for a type that is decoded.
struct JSONMembers<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let decoder: JSONValueDecoder
    let members: [JSONValue.Member]
    /// Where the members of a large object are.
    private let indices: [ExactText: Int]

    /// From this many members on a search through all of them costs more than a table.
    private static var searchLimit: Int { 32 }

    init(decoder: JSONValueDecoder, members: [JSONValue.Member]) {
        self.decoder = decoder
        self.members = members
        var indices: [ExactText: Int] = [:]
        if members.count > Self.searchLimit {
            for (index, member) in members.enumerated() { indices[ExactText(member.key)] = index }
        }
        self.indices = indices
    }

    var codingPath: [any CodingKey] { decoder.codingPath }
    var allKeys: [Key] { members.compactMap { Key(stringValue: $0.key) } }

    func contains(_ key: Key) -> Bool { value(of: key.stringValue) != nil }

    func decodeNil(forKey key: Key) throws -> Bool { try child(key).decodeNil() }

    func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
        try Value(from: try child(key))
    }

    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type,
        forKey key: Key
    ) throws -> KeyedDecodingContainer<Nested> {
        try child(key).container(keyedBy: type)
    }

    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
        try child(key).unkeyedContainer()
    }

    func superDecoder() throws -> any Decoder { decoder }
    func superDecoder(forKey key: Key) throws -> any Decoder { try child(key) }

    private func value(of key: String) -> JSONValue? {
        members.count > Self.searchLimit
            ? indices[ExactText(key)].map { members[$0].value }
            : members.first { haveSameBytes($0.key, key) }?.value
    }

    private func child(_ key: Key) throws(JSONFault) -> JSONValueDecoder {
        let name = key.stringValue
        guard let value = value(of: name) else {
            throw JSONFault(
                .missingKey,
                offset: decoder.value.offset,
                found: "no such key",
                expected: "one",
                steps: decoder.steps + [.key(name)]
            )
        }
        return decoder.child(value, .key(name))
    }
}

/// The elements of a list for a type that is decoded.
struct JSONElements: UnkeyedDecodingContainer {
    let decoder: JSONValueDecoder
    let elements: [JSONValue]
    private(set) var currentIndex = 0

    init(decoder: JSONValueDecoder, elements: [JSONValue]) {
        self.decoder = decoder
        self.elements = elements
    }

    var codingPath: [any CodingKey] { decoder.codingPath }
    var count: Int? { elements.count }
    var isAtEnd: Bool { currentIndex == elements.count }

    mutating func decodeNil() throws -> Bool {
        let isNull = try next().decodeNil()
        if isNull { currentIndex += 1 }
        return isNull
    }

    mutating func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
        let value = try Value(from: try next())
        currentIndex += 1
        return value
    }

    mutating func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type
    ) throws -> KeyedDecodingContainer<Nested> {
        let container = try next().container(keyedBy: type)
        currentIndex += 1
        return container
    }

    mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
        let container = try next().unkeyedContainer()
        currentIndex += 1
        return container
    }

    mutating func superDecoder() throws -> any Decoder {
        let decoder = try next()
        currentIndex += 1
        return decoder
    }

    private func next() throws(JSONFault) -> JSONValueDecoder {
        guard currentIndex < elements.count else {
            throw JSONFault(
                offset: decoder.value.offset,
                found: "a list of \(elements.count)",
                expected: "more elements",
                steps: decoder.steps
            )
        }
        return decoder.child(elements[currentIndex], .index(currentIndex))
    }
}
