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
        let file = try MappedFile(path: path, access: .sequential)
        func failure(_ code: ModelFileError.Code, _ place: String, _ found: String) -> ModelFileError {
            ModelFileError(
                code,
                path: path,
                place: place,
                found: found,
                expected: expected,
                fix: "write the file again"
            )
        }
        guard file.count > 0 else {
            throw failure(.truncated, "file", "an empty file")
        }
        guard file.count <= byteLimit else {
            throw failure(.unsupported, "file", "\(file.count) bytes")
        }
        let data = file.withBytes { Data($0) }
        do {
            return try JSONDecoder().decode(type, from: data)
        } catch let error as DecodingError {
            throw failure(.malformed, place(of: error), reason(of: error))
        } catch {
            throw failure(.malformed, "file", "\(error)")
        }
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
