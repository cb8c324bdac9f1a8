#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

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
        let data = try open(path, expected: expected).withBytes { Data($0) }
        do {
            return try JSONDecoder().decode(type, from: data)
        } catch let error as DecodingError {
            throw failure(path, place(of: error), reason(of: error), expected)
        } catch {
            throw failure(path, "file", "\(error)", expected)
        }
    }

    /// Scans a file, which a long list is worth: a decoder spends more time on it than opening a model takes.
    ///
    /// - Parameters:
    ///   - path: The file.
    ///   - expected: The form of the file, for the message of an error.
    ///   - body: Scans the one value of the file.
    /// - Returns: What `body` made.
    /// - Throws: ``ModelFileError`` where the file is unreadable, too large, not JSON or of another form.
    static func scan<Value>(
        _ path: String,
        expected: String,
        _ body: (inout JSONScanner) throws(JSONScanner.Fault) -> Value
    ) throws(ModelFileError) -> Value {
        try open(path, expected: expected)
            .withBytes { bytes throws(ModelFileError) in
                var scanner = JSONScanner(bytes)
                do throws(JSONScanner.Fault) {
                    let value = try body(&scanner)
                    try scanner.expectEnd()
                    return value
                } catch {
                    throw failure(path, error.place, error.found, expected)
                }
            }
    }

    private static func open(_ path: String, expected: String) throws(ModelFileError) -> MappedFile {
        let file = try MappedFile(path: path, access: .sequential)
        guard file.count > 0 else {
            throw failure(path, "file", "an empty file", expected, code: .truncated)
        }
        guard file.count <= byteLimit else {
            throw failure(path, "file", "\(file.count) bytes", "at most \(byteLimit)", code: .unsupported)
        }
        return file
    }

    private static func failure(
        _ path: String,
        _ place: String,
        _ found: String,
        _ expected: String,
        code: ModelFileError.Code = .malformed
    ) -> ModelFileError {
        ModelFileError(code, path: path, place: place, found: found, expected: expected, fix: "write the file again")
    }

    private static func place(of error: DecodingError) -> String {
        let path =
            switch error {
            case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context):
                context.codingPath
            case .keyNotFound(_, let context):
                context.codingPath
            @unknown default:
                [any CodingKey]()
            }
        guard !path.isEmpty else { return "top level" }
        // A key of a dictionary has an `intValue` too where it looks like a number; only an index is called one.
        let steps = path.map { key in
            key.stringValue.hasPrefix("Index ") ? "[\(key.intValue ?? 0)]" : ".\(key.stringValue)"
        }
        return steps.joined()
    }

    private static func reason(of error: DecodingError) -> String {
        switch error {
        case .keyNotFound(let key, _): "no key \(quoted(key.stringValue))"
        case .valueNotFound: "null"
        case .typeMismatch(_, let context): context.debugDescription
        case .dataCorrupted(let context): context.underlyingError.map { "\($0)" } ?? context.debugDescription
        @unknown default: "\(error)"
        }
    }
}
