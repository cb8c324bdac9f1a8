/// Reads JSON Lines: one JSON value a line, blank lines between them allowed.
package enum JSONLines {
    /// The longest line, in bytes.
    package static let lineLimit = 1 << 20
    /// The largest file that is read whole, in bytes.
    package static let sizeLimit = 1 << 28

    /// Decodes every line of a file and hands it over with its number, counted from 1.
    ///
    /// - Throws: `ScenarioError` with file and line; what `body` throws.
    package static func forEach<Line: Decodable>(
        _ type: Line.Type,
        in path: String,
        _ body: (Line, SourceLocation) throws(ScenarioError) -> Void
    ) throws(ScenarioError) {
        var reader = try JSONLineReader<Line>(path)
        while let next = try reader.next() { try body(next.line, next.location) }
    }
}
