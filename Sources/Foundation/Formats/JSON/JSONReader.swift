/// Reads one JSON value from a text, by the rules of ``JSONScanner``.
package enum JSONReader {
    /// Decodes the value of a text.
    ///
    /// What a type's own `init(from:)` throws as a `DecodingError` keeps its words behind "expected".
    ///
    /// - Throws: ``JSONFault`` with line, column and key path.
    /// - Complexity: O(*n*) in the length of the text, besides the type's own work.
    package static func decode<Value: Decodable>(
        _ type: Value.Type,
        from text: UnsafeRawBufferPointer
    ) throws(JSONFault) -> Value {
        try scan(text) { scanner throws(JSONFault) in
            let value = try scanner.value()
            try scanner.expectEnd()
            return try decode(type, from: value)
        }
    }

    /// Decodes a value that is read.
    static func decode<Value: Decodable>(_ type: Value.Type, from value: JSONValue) throws(JSONFault) -> Value {
        do {
            return try Value(from: JSONValueDecoder(value: value, steps: []))
        } catch let fault as JSONFault {
            throw fault
        } catch let error as DecodingError {
            throw fault(of: error, in: value)
        } catch {
            throw JSONFault(offset: value.offset, found: value.described, expected: "\(error)")
        }
    }

    /// Decodes the value of a text that is not one piece of memory.
    package static func decode<Value: Decodable>(
        _ type: Value.Type,
        from text: some Sequence<UInt8>
    ) throws(JSONFault) -> Value {
        try Array(text)
            .withUnsafeBufferPointer { bytes throws(JSONFault) in
                try decode(type, from: UnsafeRawBufferPointer(bytes))
            }
    }

    /// Scans the value of a text without making a tree of it, which a long list is worth.
    ///
    /// - Throws: ``JSONFault`` with line and column; also where anything follows the value.
    /// - Complexity: O(*n*) in the length of the text, besides the function.
    package static func scan<Value>(
        _ text: UnsafeRawBufferPointer,
        _ body: (inout JSONScanner) throws(JSONFault) -> Value
    ) throws(JSONFault) -> Value {
        var scanner = JSONScanner(text)
        do throws(JSONFault) {
            let value = try body(&scanner)
            try scanner.expectEnd()
            return value
        } catch {
            var fault = error
            fault.place = TextPlace(of: fault.offset, in: text)
            throw fault
        }
    }

    /// Finds the value that a type refused.
    private static func fault(of error: DecodingError, in root: JSONValue) -> JSONFault {
        let (path, expected): ([any CodingKey], String) =
            switch error {
            case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context):
                (context.codingPath, context.debugDescription)
            case .keyNotFound(let key, let context):
                (context.codingPath + [key], context.debugDescription)
            @unknown default:
                ([], "\(error)")
            }
        var value = root
        var steps: [JSONStep] = []
        for key in path {
            guard let next = value[key] else { break }
            if case .list = value.kind, let index = key.intValue {
                steps.append(.index(index))
            } else {
                steps.append(.key(key.stringValue))
            }
            value = next
        }
        return JSONFault(offset: value.offset, found: value.described, expected: expected, steps: steps)
    }
}
