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
        var file = try InputFile(path)
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
    static func read(_ path: String) throws(ScenarioError) -> String {
        let bytes = try bytes(of: path, limit: sizeLimit)
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

/// What a file of rankings is, by its first line.
enum SideKind {
    /// A comparison that was kept.
    case kept
    /// Rankings as JSON Lines.
    case rankings
    /// A run's report.
    case report
    /// Columns of text.
    case runFile

    /// Looks at a file's first line, at most a mebibyte of it: keys stand in any order.
    ///
    /// - Throws: `ScenarioError` where it cannot be read.
    init(of path: String) throws(ScenarioError) {
        var file = try InputFile(path)
        var head: [UInt8] = []
        while head.count < JSONLines.lineLimit {
            let part = try file.read(1 << 16)
            head += part
            let isBlank = head.allSatisfy { [0x20, 0x09, 0x0D, 0x0A, 0xEF, 0xBB, 0xBF].contains($0) }
            if part.isEmpty || !isBlank && part.contains(UInt8(ascii: "\n")) { break }
        }
        let text = String(decoding: head, as: UTF8.self)
        let start = text.drop { $0.isWhitespace || $0 == "\u{FEFF}" }
        let line = start.prefix { !$0.isNewline }
        guard start.first == "{" || start.first == "[" else {
            self = .runFile
            return
        }
        // A line of JSON is whole; a report goes on over many.
        if line.contains("\"coldstart\"") && line.contains("\"version\"") {
            self = .kept
        } else if line.contains("\"session_id\"") {
            self = .rankings
        } else {
            self = .report
        }
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
