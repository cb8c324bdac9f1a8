import Formats

/// Reads JSON Lines: one JSON value a line, blank lines between them allowed.
package enum JSONLines {
    /// The longest line, in bytes.
    static let lineLimit = 1 << 20
    /// The largest file, in bytes.
    static let sizeLimit = 1 << 28

    /// Decodes every line of a file and hands it over with its number, counted from 1.
    ///
    /// - Throws: `ScenarioError` with file and line; what `body` throws.
    package static func forEach<Line: Decodable>(
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
        let blanks: [UInt8] = [0x20, 0x09, 0x0D]
        guard bytes.contains(where: { !blanks.contains($0) && !byteOrderMark.contains($0) }) else { return }
        let line: Line
        do throws(JSONFault) {
            line = try JSONReader.decode(type, from: bytes)
        } catch {
            let place = SourceLocation(file: location.file, line: location.line, column: error.place.column)
            throw ScenarioError(.recording, at: place, error.message)
        }
        try body(line, location)
    }
}
