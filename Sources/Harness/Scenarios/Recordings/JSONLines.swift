package import Formats
package import SourcePlaces

/// One line of a file of JSON Lines.
package protocol JSONLine: Decodable {
    /// Reads a line.
    ///
    /// Decodes it where a type does not read its bytes itself, as those of large files do.
    ///
    /// - Parameter text: The bytes of the line.
    /// - Returns: What it says.
    /// - Throws: `JSONFault` with column and key path.
    static func line(of text: UnsafeRawBufferPointer) throws(JSONFault) -> Self
}

extension JSONLine {
    package static func line(of text: UnsafeRawBufferPointer) throws(JSONFault) -> Self {
        try JSONReader.decode(Self.self, from: text)
    }

    /// Reads a line straight from its bytes, without a tree of its values, as far as it is written as such lines mostly are.
    ///
    /// - Parameters:
    ///   - text: The bytes of the line.
    ///   - scan: Scans the line, with the members of its objects; `nil` or a fault where it cannot take it.
    /// - Returns: What was scanned; otherwise what decoding makes of the line.
    /// - Throws: `JSONFault` of decoding, which alone says what is wrong with a line.
    static func line(
        of text: UnsafeRawBufferPointer,
        scanning scan: (inout JSONScanner) throws(JSONFault) -> Self?
    ) throws(JSONFault) -> Self {
        do throws(JSONFault) {
            if let line = try JSONReader.scan(text, scan) { return line }
        } catch {}
        return try JSONReader.decode(Self.self, from: text)
    }
}

/// Reads JSON Lines: one JSON value a line, blank lines between them allowed.
package enum JSONLines {
    /// The longest line, in bytes.
    package static let lineLimit = 1 << 20
    /// The largest file that is read whole, in bytes.
    package static let sizeLimit = 1 << 28

    /// Decodes every line of a file and hands it over with its number, counted from 1.
    ///
    /// - Throws: `ScenarioError` with file and line; what `body` throws.
    package static func forEach<Line: JSONLine>(
        _ type: Line.Type,
        in path: String,
        _ body: (Line, SourceLocation) throws(ScenarioError) -> Void
    ) throws(ScenarioError) {
        try forEach(type, in: try InputFile(path), path, body)
    }

    /// Decodes every line of a file that is open.
    ///
    /// - Parameters:
    ///   - type: What a line is.
    ///   - file: The file.
    ///   - path: Its path, which errors name.
    ///   - body: Is handed each line with its place.
    /// - Throws: `ScenarioError` with file and line; what `body` throws.
    package static func forEach<Line: JSONLine>(
        _ type: Line.Type,
        in file: consuming InputFile,
        _ path: String,
        _ body: (Line, SourceLocation) throws(ScenarioError) -> Void
    ) throws(ScenarioError) {
        var reader = JSONLineReader<Line>(reading: file, path)
        while let next = try reader.next() { try body(next.line, next.location) }
    }
}
