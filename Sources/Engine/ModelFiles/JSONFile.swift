package import Formats

/// Reads the small JSON files beside a model.
package enum JSONFile {
    /// The largest file that is read: a decoder needs many times the size of its text.
    package static let byteLimit = 256 << 20

    /// Decodes a file.
    ///
    /// - Parameters:
    ///   - path: The file.
    ///   - type: What it holds.
    ///   - expected: The form of the file, for the message of an error.
    /// - Returns: The decoded value.
    /// - Throws: ``ModelFileError`` where the file is unreadable, too large, not JSON or of another form.
    package static func read<Value: Decodable>(
        _ path: String,
        as type: Value.Type,
        expected: String
    ) throws(ModelFileError) -> Value {
        try withText(of: path, expected: expected) { text throws(JSONFault) in
            try JSONReader.decode(type, from: text)
        }
    }

    /// Scans a file, which a long list is worth: decoding it takes longer than opening a model.
    ///
    /// - Parameters:
    ///   - path: The file.
    ///   - expected: The form of the file, for the message of an error.
    ///   - body: Scans the one value of the file.
    /// - Returns: What `body` made.
    /// - Throws: ``ModelFileError`` where the file is unreadable, too large, not JSON or of another form.
    package static func scan<Value>(
        _ path: String,
        expected: String,
        _ body: (inout JSONScanner) throws(JSONFault) -> Value
    ) throws(ModelFileError) -> Value {
        try withText(of: path, expected: expected) { text throws(JSONFault) in
            try JSONReader.scan(text, body)
        }
    }

    private static func withText<Value>(
        of path: String,
        expected: String,
        _ body: (UnsafeRawBufferPointer) throws(JSONFault) -> Value
    ) throws(ModelFileError) -> Value {
        let file = try MappedFile(path: path, access: .sequential)
        guard file.count > 0 else {
            throw ModelFileError(
                .truncated,
                path: path,
                place: "file",
                found: "an empty file",
                expected: expected,
                fix: "write the file again"
            )
        }
        guard file.count <= byteLimit else {
            throw ModelFileError(
                .unsupported,
                path: path,
                place: "file",
                found: "\(file.count) bytes",
                expected: "at most \(byteLimit)",
                fix: "write the file again with nothing but \(expected)"
            )
        }
        return try file.withBytes { text throws(ModelFileError) in
            do throws(JSONFault) {
                return try body(text)
            } catch {
                throw failure(error, path, expected)
            }
        }
    }

    private static func failure(_ fault: JSONFault, _ path: String, _ expected: String) -> ModelFileError {
        ModelFileError(
            .malformed,
            path: path,
            place: "\(fault.place)" + (fault.steps.isEmpty ? "" : ", \(fault.keyPath)"),
            found: fault.found,
            expected: fault.expected,
            fix: fault.fix.isEmpty ? "write the file again as \(expected)" : fault.fix
        )
    }
}
