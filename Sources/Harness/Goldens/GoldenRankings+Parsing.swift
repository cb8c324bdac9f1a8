import Domain

extension GoldenRankings {
    /// Reads a golden file: JSON Lines, first the header, then one session a line.
    ///
    /// Nothing in the file is passed over: conflict markers, NaN, repeated movies or sessions, ranks with gaps, scores
    /// that rise, margins, tie classes, top tens and display lists that contradict the rankings are errors, because a
    /// golden that is wrong in one place cannot be trusted in another. Blank lines are allowed at the end only.
    ///
    /// - Parameters:
    ///   - bytes: The whole file, UTF-8.
    ///   - file: The path that errors name.
    /// - Throws: The first thing that is wrong, with its line.
    /// - Complexity: O(*n*) in the number of bytes.
    package init(parsing bytes: some Sequence<UInt8>, file: String) throws(GoldenError) {
        let lines = GoldenLine.lines(of: bytes)
        guard let headerLine = lines.first else {
            throw GoldenError(.empty, file: file, line: 1, message: "the golden is empty, expected a header line")
        }
        let header = try GoldenLine(headerLine, file: file, number: 1).header()
        let sessions = try Self.sessions(of: lines, from: 1, file: file, header: header, remedy: .golden)
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

    /// Reads a file of rankings, one session a line as `coldstart rank --format jsonl` prints them.
    ///
    /// They are held to the rules of a golden's sessions. A place of P5 may lack the text and the gap.
    ///
    /// - Parameters:
    ///   - bytes: The whole file, UTF-8.
    ///   - file: The path that errors name.
    ///   - header: What the rankings were made with.
    /// - Throws: The first thing that is wrong, with its line.
    /// - Complexity: O(*n*) in the number of bytes.
    package init(
        rankings bytes: some Sequence<UInt8>,
        file: String,
        header: GoldenHeader
    ) throws(GoldenError) {
        let lines = GoldenLine.lines(of: bytes)
        let sessions = try Self.sessions(of: lines, from: 0, file: file, header: header, remedy: .rankings)
        guard !sessions.isEmpty else {
            throw GoldenError(.empty, file: file, line: 1, message: "the file holds no session", remedy: .rankings)
        }
        self.init(file: file, header: header, sessions: sessions)
    }

    private static func sessions(
        of lines: [ArraySlice<UInt8>],
        from first: Int,
        file: String,
        header: GoldenHeader,
        remedy: GoldenError.Remedy
    ) throws(GoldenError) -> [GoldenSession] {
        var sessions: [GoldenSession] = []
        var firstLine: [SessionID: Int] = [:]
        for (index, bytes) in lines.enumerated().dropFirst(first) {
            let line = try GoldenLine(bytes, file: file, number: index + 1, remedy: remedy)
            let session = try line.session(header: header)
            if let earlier = firstLine.updateValue(index + 1, forKey: session.id) {
                throw line.error(.duplicate, "session \(session.id) is already on line \(earlier)")
            }
            sessions.append(session)
        }
        return sessions
    }
}
