import Foundation
import Scenarios

/// A file of text that is read whole, as other programs write it.
enum InputText {
    /// The largest file, in bytes.
    private static let sizeLimit = 1 << 30

    /// Reads the bytes of a file or a pipe, and stops where there are more than so many.
    ///
    /// - Throws: `ScenarioError` where it cannot be read.
    static func bytes(of path: String, limit: Int) throws(ScenarioError) -> [UInt8] {
        try bytes(of: try InputFile(path), limit: limit)
    }

    private static func bytes(of file: consuming InputFile, limit: Int) throws(ScenarioError) -> [UInt8] {
        var bytes: [UInt8] = []
        while bytes.count <= limit {
            let part = try file.read(1 << 20)
            if part.isEmpty { break }
            bytes += part
        }
        return bytes
    }

    /// Reads a file or a pipe; a byte order mark is left out, and every line ends with a line feed.
    ///
    /// - Throws: `ScenarioError` where it cannot be read, is no UTF-8 text or is larger than 1 GiB.
    static func read(_ path: String) throws(ScenarioError) -> String { try read(try InputFile(path), path) }

    /// Reads a file that is open, as above.
    ///
    /// - Parameters:
    ///   - file: The file.
    ///   - path: Its path, which errors name.
    /// - Returns: The text.
    /// - Throws: As above.
    static func read(_ file: consuming InputFile, _ path: String) throws(ScenarioError) -> String {
        let bytes = try bytes(of: file, limit: sizeLimit)
        guard bytes.count <= sizeLimit else {
            throw ScenarioError(.unreadable, path: path, "the file is larger than 1 GiB")
        }
        guard var text = String(validating: bytes, as: UTF8.self) else {
            throw ScenarioError(.unreadable, path: path, "the file is not UTF-8 text")
        }
        if text.unicodeScalars.first == "\u{FEFF}" { text.unicodeScalars.removeFirst() }
        // A carriage return and a line feed are one character, at which nothing that looks for line feeds would part.
        return text.utf8.contains(UInt8(ascii: "\r")) ? text.replacing("\r\n", with: "\n") : text
    }
}

extension DecodingError {
    /// The key at which decoding ended.
    var place: String {
        let context: Context? =
            switch self {
            case .keyNotFound(_, let context), .typeMismatch(_, let context), .valueNotFound(_, let context),
                .dataCorrupted(let context):
                context
            @unknown default: nil
            }
        let path = (context?.codingPath ?? []).prefix(6).map(\.stringValue).joined(separator: ".")
        return path.isEmpty ? "it is not well-formed, or lacks `schemaVersion`" : "`\(path)` is not as expected"
    }
}
