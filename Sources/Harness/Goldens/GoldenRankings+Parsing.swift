import Domain

extension GoldenRankings {
    /// Reads a golden file: JSON Lines, first the header, then one session a line.
    ///
    /// Nothing in the file is passed over: conflict markers, NaN, repeated movies or sessions, ranks with gaps, scores
    /// that rise, top tens and display lists that contradict the rankings are errors, because a golden that is wrong in
    /// one place cannot be trusted in another. Blank lines are allowed at the end only.
    ///
    /// - Parameters:
    ///   - bytes: The whole file, UTF-8.
    ///   - file: The path that errors name.
    /// - Throws: The first thing that is wrong, with its line.
    /// - Complexity: O(*n*) in the number of bytes.
    package init(parsing bytes: some Sequence<UInt8>, file: String) throws(GoldenError) {
        var lines = Array(bytes).split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        while let last = lines.last, last.allSatisfy(Self.isBlank) {
            lines.removeLast()
        }
        guard let headerLine = lines.first else {
            throw GoldenError(.empty, file: file, line: 1, message: "the golden is empty, expected a header line")
        }
        let header = try GoldenLine(headerLine, file: file, number: 1).header()
        var sessions: [GoldenSession] = []
        var firstLine: [SessionID: Int] = [:]
        for (index, bytes) in lines.enumerated().dropFirst() {
            let session = try GoldenLine(bytes, file: file, number: index + 1).session(scoring: header.scoring)
            if let earlier = firstLine.updateValue(index + 1, forKey: session.id) {
                throw GoldenError(
                    .duplicate,
                    file: file,
                    line: index + 1,
                    message: "session \(session.id) is already on line \(earlier)"
                )
            }
            sessions.append(session)
        }
        guard !sessions.isEmpty else {
            throw GoldenError(
                .empty,
                file: file,
                line: 2,
                message: "the golden ends after its header, expected one line for each session"
            )
        }
        self.init(file: file, header: header, sessions: sessions)
    }

    private static func isBlank(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\r") || byte == UInt8(ascii: "\t")
    }
}
