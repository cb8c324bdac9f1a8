import Domain
import Formats

/// A file of pending differences beside a golden: JSON Lines, first what it is about, then one difference a line.
///
/// Lines are read when they are asked for, so that a file with thousands of them opens at once.
package struct PendingFile: Sendable {
    /// The file's path as it was given.
    package let file: String
    /// What the file is about.
    package let header: PendingHeader
    private let lines: [ArraySlice<UInt8>]

    /// Opens the text of a file.
    ///
    /// - Parameters:
    ///   - bytes: The whole file, UTF-8.
    ///   - file: The path that errors name.
    /// - Throws: `GoldenError` where the first line is not the header of such a file.
    /// - Complexity: O(*n*) in the number of bytes; only the first line is decoded.
    package init(parsing bytes: some Sequence<UInt8>, file: String) throws(GoldenError) {
        let lines = GoldenLine.lines(of: bytes)
        guard let first = lines.first else {
            throw GoldenError(.empty, file: file, line: 1, message: "the file is empty", remedy: .pending)
        }
        let line = try GoldenLine(first, file: file, number: 1, remedy: .pending)
        let record: PendingHeaderRecord = try line.decode("the header")
        guard record.kind == PendingHeaderRecord.kind else {
            throw line.error(.missingHeader, "found kind \"\(record.kind)\", expected \"\(PendingHeaderRecord.kind)\"")
        }
        guard record.schemaVersion == PendingHeader.version else {
            throw line.error(
                .unknownVersion,
                "found schemaVersion \(record.schemaVersion), expected \(PendingHeader.version)"
            )
        }
        self.file = file
        self.header = record.header
        self.lines = Array(lines.dropFirst())
    }

    /// How many differences the file holds, open and rejected ones.
    package var count: Int { lines.count }

    /// Reads one difference.
    ///
    /// - Parameters:
    ///   - index: Its place, from 0.
    ///   - golden: The header of the golden that it is about.
    /// - Returns: The difference.
    /// - Throws: `GoldenError` with the line.
    /// - Complexity: O(*n*) in the length of its line.
    package func entry(at index: Int, of golden: GoldenHeader) throws(GoldenError) -> PendingEntry {
        let line = try GoldenLine(lines[index], file: file, number: index + 2, remedy: .pending)
        let record: PendingEntryRecord = try line.decode("a difference")
        var now: GoldenSession?
        if let session = record.now {
            // What another program ranked need not have all that version 1 asks for.
            now = try SessionValidation(line: line, record: session, header: golden.current).session()
        }
        guard record.id == now?.id.text ?? PendingEntry.filesID else {
            throw line.error(.contradiction, "id is \"\(record.id)\", which is not that of the rankings")
        }
        return PendingEntry(
            id: record.id,
            risk: record.risk,
            summary: record.summary,
            details: record.details ?? [],
            maker: record.maker,
            now: now,
            rejection: record.rejection
        )
    }

    /// Reads all differences.
    ///
    /// - Parameter golden: The header of the golden that they are about.
    /// - Returns: The differences in the order of the file.
    /// - Throws: `GoldenError` with the line; also where one comes twice.
    /// - Complexity: O(*n*) in the number of bytes.
    package func entries(of golden: GoldenHeader) throws(GoldenError) -> [PendingEntry] {
        var seen: Set<String> = []
        var entries: [PendingEntry] = []
        for index in lines.indices {
            let entry = try entry(at: index, of: golden)
            guard seen.insert(entry.id).inserted else {
                throw GoldenError(
                    .duplicate,
                    file: file,
                    line: index + 2,
                    message: "\(entry.id) comes twice",
                    remedy: .pending
                )
            }
            entries.append(entry)
        }
        return entries
    }

    /// Returns the text of a file.
    ///
    /// - Parameters:
    ///   - header: What the file is about.
    ///   - entries: The differences, each once.
    ///   - state: The state that the golden is for.
    /// - Returns: Its lines.
    /// - Complexity: O(*n*) in the length of the text.
    package static func text(_ header: PendingHeader, _ entries: [PendingEntry], of state: GoldenState) -> String {
        var first = JSONMembers()
        first.set("schemaVersion", PendingHeader.version)
        first.set("kind", PendingHeaderRecord.kind)
        first.set("golden_sha256", header.goldenSHA256)
        first.set("when", header.when)
        first.set("files", header.inputs.bundle?.files)
        first.set("catalogue_sha256", header.inputs.catalogueSHA256)
        first.set("sessions_sha256", header.inputs.sessionsSHA256)
        first.set("command", header.command)
        let lines = entries.map { entry in
            var line = JSONMembers()
            line.set("id", entry.id)
            line.set("risk", entry.risk)
            line.set("summary", entry.summary)
            line.set("details", entry.details)
            line.set("made_by", entry.maker)
            line.set("rejection", entry.rejection)
            if let now = entry.now { line.set("now", text: SessionText(now, state: state).line) }
            return line.line
        }
        return ([first.line] + lines).joined(separator: "\n") + "\n"
    }
}
