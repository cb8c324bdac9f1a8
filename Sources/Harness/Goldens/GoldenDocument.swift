import Domain
import Formats

/// A golden file as text, to be made anew or changed line by line; what nobody changes stays as it was written.
///
/// Whatever it writes is in the last version of the format.
package struct GoldenDocument: Sendable {
    private let file: String
    private var header: String
    private var sessions: [(id: SessionID, line: String)]

    /// Makes a golden of rankings.
    ///
    /// - Parameters:
    ///   - file: The path that errors name.
    ///   - header: What made the rankings, and from which files.
    ///   - sessions: The rankings, each session once.
    package init(file: String, header: GoldenHeader, sessions: [GoldenSession]) {
        self.file = file
        self.header = HeaderText(header).line
        self.sessions = sessions.map { ($0.id, SessionText($0, state: header.state).line) }
    }

    /// Reads a golden to change it.
    ///
    /// - Parameters:
    ///   - bytes: The whole file, UTF-8.
    ///   - file: The path that errors name.
    /// - Throws: The first thing that is wrong with it.
    /// - Complexity: O(*n*) in the number of bytes.
    package init(parsing bytes: some Sequence<UInt8>, file: String) throws(GoldenError) {
        let bytes = Array(bytes)
        let golden = try GoldenRankings(parsing: bytes, file: file)
        let lines = GoldenLine.lines(of: bytes).map { String(decoding: $0, as: UTF8.self) }
        self.file = file
        header = lines[0]
        sessions = zip(golden.sessions, lines.dropFirst()).map { ($0.id, $1) }
        if golden.header.version < GoldenHeader.supportedVersions.upperBound { try raise(from: golden.header) }
    }

    /// Puts a session's rankings in the place of those that it has, or at the end, with the record of who accepted them.
    ///
    /// Earlier records of the session stay.
    ///
    /// - Throws: `GoldenError` where the session's line cannot be read.
    /// - Complexity: O(*n*) in the number of sessions.
    package mutating func accept(
        _ session: GoldenSession,
        _ record: GoldenAcceptance,
        in state: GoldenState
    ) throws(GoldenError) {
        let place = sessions.firstIndex { $0.id == session.id }
        var earlier: [GoldenAcceptance] = []
        if let place {
            let line = try GoldenLine(Array(sessions[place].line.utf8)[...], file: file, number: place + 2)
            earlier = try line.acceptances()
        }
        let accepted = GoldenSession(
            id: session.id,
            svd: session.svd,
            p5: session.p5,
            displays: session.displays,
            accepted: earlier + [record]
        )
        let line = SessionText(accepted, state: state).line
        if let place {
            sessions[place].line = line
        } else {
            sessions.append((session.id, line))
        }
    }

    /// States other files that the golden is for.
    ///
    /// - Parameter files: Their digests; what is `nil` stays.
    /// - Throws: `GoldenError` where the header cannot be read.
    package mutating func accept(_ files: GoldenInputs) throws(GoldenError) {
        try change { members in
            members.set("files", files.bundle?.files)
            members.set("catalogue_sha256", files.catalogueSHA256)
            members.set("sessions_sha256", files.sessionsSHA256)
        }
    }

    /// States what the golden allows beyond what is standard.
    ///
    /// - Throws: `GoldenError` where the header cannot be read.
    package mutating func state(_ tolerance: GoldenTolerance) throws(GoldenError) {
        try change { members in members.set("tolerance", tolerance) }
    }

    /// The whole file.
    ///
    /// - Complexity: O(*n*) in the number of bytes.
    package var text: String {
        ([header] + sessions.map(\.line)).joined(separator: "\n") + "\n"
    }

    /// Brings the header of an earlier version to the last one, which names what that one left to be known.
    private mutating func raise(from old: GoldenHeader) throws(GoldenError) {
        try change { members in
            members.set("schemaVersion", GoldenHeader.supportedVersions.upperBound)
            members.set("made_by", old.maker)
        }
    }

    private mutating func change(_ body: (inout JSONMembers) -> Void) throws(GoldenError) {
        do throws(JSONFault) {
            var members = try JSONMembers(parsing: header)
            body(&members)
            header = members.line
        } catch {
            throw GoldenError(.malformed, file: file, line: 1, message: "cannot read the header: \(error.message)")
        }
    }
}
