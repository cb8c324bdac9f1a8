package import Domain

/// A golden of which only the lines that are asked for are read, to show one session of thousands at once.
///
/// Nothing is judged by it: for that the whole file is read.
package struct GoldenLines: Sendable {
    /// What made the rankings, and from which files.
    package let header: GoldenHeader
    private let file: String
    private let lines: [ArraySlice<UInt8>]
    /// How many bytes of a line are looked at first; both programs that write goldens begin a line with the session's id.
    private static let prefix = 128

    /// Opens the text of a golden.
    ///
    /// - Parameters:
    ///   - bytes: The whole file, UTF-8.
    ///   - file: The path that errors name.
    /// - Throws: `GoldenError` where the first line is no header.
    /// - Complexity: O(*n*) in the number of bytes; only the first line is decoded.
    package init(parsing bytes: some Sequence<UInt8>, file: String) throws(GoldenError) {
        let lines = GoldenLine.lines(of: bytes)
        guard let first = lines.first else {
            throw GoldenError(.empty, file: file, line: 1, message: "the golden is empty, expected a header line")
        }
        header = try GoldenLine(first, file: file, number: 1).header()
        self.file = file
        self.lines = lines
    }

    /// Reads one session.
    ///
    /// - Parameter id: The session.
    /// - Returns: What the golden says of it, `nil` where it does not know it.
    /// - Throws: `GoldenError` with the line.
    /// - Complexity: O(*n*) in the number of lines.
    package func session(_ id: SessionID) throws(GoldenError) -> GoldenSession? {
        let wanted = Array(id.text.utf8)
        for (index, line) in lines.enumerated().dropFirst() where Self.contains(line.prefix(Self.prefix), wanted) {
            let session = try GoldenLine(line, file: file, number: index + 1).session(header: header)
            if session.id == id { return session }
        }
        return nil
    }

    private static func contains(_ line: ArraySlice<UInt8>, _ wanted: [UInt8]) -> Bool {
        guard line.count >= wanted.count else { return false }
        return (line.startIndex...(line.endIndex - wanted.count))
            .contains { line[$0] == wanted[0] && line[$0...].starts(with: wanted) }
    }
}
