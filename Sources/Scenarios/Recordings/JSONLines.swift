#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// Reads JSON Lines: one JSON value a line, blank lines between them allowed.
enum JSONLines {
    /// The longest line, in bytes.
    static let lineLimit = 1 << 20
    /// The largest file, in bytes.
    static let sizeLimit = 1 << 28

    /// Decodes every line of a file and hands it over with its number, counted from 1.
    ///
    /// - Throws: `ScenarioError` with file and line; what `body` throws.
    static func forEach<Line: Decodable>(
        _ type: Line.Type,
        in path: String,
        _ body: (Line, SourceLocation) throws(ScenarioError) -> Void
    ) throws(ScenarioError) {
        var file = try InputFile(path)
        var line: [UInt8] = []
        var number = 1
        var size = 0
        while true {
            let bytes = try file.read(1 << 16)
            size += bytes.count
            guard size <= sizeLimit else {
                throw ScenarioError(.unreadable, path: path, "the file is larger than 256 MiB")
            }
            var rest = bytes[...]
            while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
                try append(rest[..<end], to: &line, number, path)
                try decode(type, line, SourceLocation(file: path, line: number, column: 1), body)
                line.removeAll(keepingCapacity: true)
                number += 1
                rest = rest[(end + 1)...]
            }
            try append(rest, to: &line, number, path)
            if bytes.isEmpty { break }
        }
        try decode(type, line, SourceLocation(file: path, line: number, column: 1), body)
    }

    private static func append(
        _ bytes: ArraySlice<UInt8>,
        to line: inout [UInt8],
        _ number: Int,
        _ path: String
    ) throws(ScenarioError) {
        guard line.count + bytes.count <= lineLimit else {
            let location = SourceLocation(file: path, line: number, column: 1)
            throw ScenarioError(.recording, at: location, "the line is longer than 1 MiB; one JSON object a line")
        }
        line += bytes
    }

    private static func decode<Line: Decodable>(
        _ type: Line.Type,
        _ bytes: [UInt8],
        _ location: SourceLocation,
        _ body: (Line, SourceLocation) throws(ScenarioError) -> Void
    ) throws(ScenarioError) {
        let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
        let content = location.line == 1 && bytes.starts(with: byteOrderMark) ? bytes.dropFirst(3) : bytes[...]
        guard content.contains(where: { ![0x20, 0x09, 0x0D].contains($0) }) else { return }
        let line: Line
        do {
            line = try JSONDecoder().decode(type, from: Data(content))
        } catch let error as DecodingError {
            throw ScenarioError(.recording, at: location, describe(error))
        } catch {
            throw ScenarioError(.recording, at: location, "not a JSON object: \(error)")
        }
        try body(line, location)
    }

    /// Returns a decoding error in one sentence that begins with the field.
    private static func describe(_ error: DecodingError) -> String {
        switch error {
        case .keyNotFound(let key, let context):
            return "`\(field(context.codingPath + [key]))` is missing"
        case .valueNotFound(let type, let context):
            return "`\(field(context.codingPath))` is null, expected \(name(of: type))"
        case .typeMismatch(let type, let context):
            let expected = name(of: type)
            return context.codingPath.isEmpty
                ? "the line must be \(expected)" : "`\(field(context.codingPath))` must be \(expected)"
        case .dataCorrupted(let context):
            guard !context.codingPath.isEmpty else {
                return "not well-formed JSON, or a number that no field takes; one JSON object a line"
            }
            return "`\(field(context.codingPath))`: \(context.debugDescription)"
        @unknown default:
            return "cannot be decoded"
        }
    }

    private static func field(_ path: [any CodingKey]) -> String {
        path.reduce(into: "") { text, key in
            if let index = key.intValue {
                text += "[\(index)]"
            } else {
                text += (text.isEmpty ? "" : ".") + key.stringValue
            }
        }
    }

    private static func name(of type: any Any.Type) -> String {
        switch type {
        case is String.Type: "text"
        case is Double.Type: "a number"
        case is any FixedWidthInteger.Type: "a whole number"
        case is [String: Any].Type: "an object"
        default: "\(type)".hasPrefix("Dictionary") ? "an object" : "\(type)".hasPrefix("Array") ? "a list" : "\(type)"
        }
    }
}
