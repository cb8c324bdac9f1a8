package import Goldens
import ModelFiles

/// A golden on disk, with the file of its pending differences beside it.
package struct GoldenFile: Sendable {
    /// The golden's path.
    package let path: String
    private let bytes: [UInt8]
    /// SHA-256 of the golden, 64 hexadecimal digits.
    package let sha256: String

    /// The path of the pending differences.
    package var pendingPath: String { path + PendingHeader.suffix }

    /// Opens a golden; nothing of it is judged yet.
    ///
    /// - Parameter path: Its path, or that of its pending differences.
    /// - Throws: `GoldenFileError`, `missing` where there is no golden.
    /// - Complexity: O(*n*) in its bytes.
    package init(_ path: String) throws(GoldenFileError) {
        let suffix = PendingHeader.suffix
        self.path = path.hasSuffix(suffix) ? String(path.dropLast(suffix.count)) : path
        guard let bytes = try WholeFile.content(of: self.path) else {
            throw GoldenFileError(
                .missing,
                "\(self.path): there is no such golden; coldstart golden new --golden \(self.path) … makes one"
            )
        }
        self.bytes = bytes
        sha256 = Fingerprint.sha256(bytes)
    }

    /// Reads the golden.
    ///
    /// - Throws: `GoldenError` for the first thing that is wrong with it.
    /// - Complexity: O(*n*) in its bytes.
    package func rankings() throws(GoldenError) -> GoldenRankings { try GoldenRankings(parsing: bytes, file: path) }

    /// Opens the golden for the lines that are asked for.
    ///
    /// - Throws: `GoldenError` where its first line is no header.
    package func lines() throws(GoldenError) -> GoldenLines { try GoldenLines(parsing: bytes, file: path) }

    /// Opens the pending differences.
    ///
    /// - Returns: `nil` where there are none.
    /// - Throws: `GoldenFileError`, `changed` where they are about another state of the golden; `GoldenError` where the
    ///   file's first line cannot be read.
    package func pending() throws -> PendingFile? {
        guard let content = try WholeFile.content(of: pendingPath) else { return nil }
        let file = try PendingFile(parsing: content, file: pendingPath)
        guard file.header.goldenSHA256 == sha256 else {
            throw GoldenFileError(
                .changed,
                "\(path) has changed since its pending differences were found; find them again: \(file.header.command)"
            )
        }
        return file
    }

    /// Writes the pending differences, or removes their file where none is left.
    ///
    /// - Throws: `GoldenFileError` where that cannot be done.
    package func write(
        _ set: PendingSet,
        _ header: PendingHeader,
        state: GoldenState
    ) throws(GoldenFileError) {
        guard !set.entries.isEmpty else { return try WholeFile.remove(pendingPath) }
        try WholeFile.write(PendingFile.text(header, set.entries, of: state), to: pendingPath)
    }

    /// What a check leaves beside the golden.
    package struct Kept: Sendable {
        /// What the check found, as people have judged it before.
        package let entries: [PendingEntry]
        /// How many further differences of earlier checks stay.
        package let earlier: Int
    }

    /// Puts what a check found beside the golden, in the place of what earlier checks found of the same sessions.
    ///
    /// Differences about another state of the golden go: this check finds again what is left of them.
    ///
    /// - Parameters:
    ///   - found: What the check found.
    ///   - check: The comparison that found it.
    ///   - inputs: The files that the rankings of now follow from.
    ///   - when: Now, in ISO 8601 and UTC.
    ///   - command: The command line that finds it again.
    ///   - writes: Whether anything is written.
    /// - Returns: What was found, and what stays of earlier checks.
    /// - Throws: `GoldenFileError` where a file cannot be read or written, `GoldenError` for what is wrong in one.
    package func keep(
        _ found: [PendingEntry],
        of check: GoldenCheck,
        inputs: GoldenInputs,
        when: String,
        command: String,
        writes: Bool
    ) throws -> Kept {
        let golden = check.golden.header
        var set = PendingSet()
        var known = inputs
        do {
            if let earlier = try pending() {
                set = PendingSet(try earlier.entries(of: golden))
                known = inputs.completed(by: earlier.header.inputs)
            }
        } catch let error as GoldenFileError where error.code == .changed {}
        set.update(found, checked: check.sessions, knowsFiles: inputs.bundle != nil)
        if writes {
            let header = PendingHeader(goldenSHA256: sha256, when: when, inputs: known, command: command)
            try write(set, header, state: golden.state)
        }
        let ids = Set(found.map(\.id))
        return Kept(
            entries: set.entries.filter { ids.contains($0.id) },
            earlier: set.entries.count { !ids.contains($0.id) }
        )
    }

    /// Takes decisions about pending differences: what is accepted enters the golden, what is rejected stays and fails.
    ///
    /// The golden is written first. Should the second file not be written, its differences are about a golden that is no
    /// more, which the next look at them says.
    ///
    /// - Parameters:
    ///   - accepted: The ids to accept, with who accepts and why; several people cannot decide at once.
    ///   - rejected: The ids to reject.
    /// - Returns: What is pending afterwards.
    /// - Throws: `GoldenFileError`, `GoldenError` or `PendingError`; nothing is written then but what the first of them
    ///   says.
    package func decide(
        accepting accepted: [String: PendingDecision],
        rejecting rejected: [String: PendingDecision]
    ) throws -> PendingSet {
        guard let file = try pending() else {
            throw GoldenFileError(.nothingPending, "\(path): nothing is pending")
        }
        var document = try GoldenDocument(parsing: bytes, file: path)
        let golden = try lines().header
        var set = PendingSet(try file.entries(of: golden))
        for (decision, ids) in Self.grouped(rejected) { try set.reject(ids, by: decision) }
        for (decision, ids) in Self.grouped(accepted) {
            try set.accept(ids, by: decision, of: file.header, into: &document, state: golden.state)
        }
        var header = file.header
        if !accepted.isEmpty {
            let text = document.text
            // What is written is read first: a golden that cannot be read back must not replace one that can.
            _ = try GoldenRankings(parsing: text.utf8, file: path)
            try WholeFile.write(text, to: path)
            header = header.about(goldenSHA256: Fingerprint.sha256(text.utf8))
        }
        try write(set, header, state: golden.state)
        return set
    }

    /// Writes into the golden what it allows beyond what is standard; what was pending is then to be found again.
    ///
    /// - Throws: `GoldenError` or `GoldenFileError` where the golden cannot be changed.
    package func write(_ tolerance: GoldenTolerance) throws {
        var document = try GoldenDocument(parsing: bytes, file: path)
        try document.state(tolerance)
        try GoldenFile.create(document, at: path, replacing: true)
    }

    /// Writes a new golden.
    ///
    /// - Parameters:
    ///   - document: The golden.
    ///   - path: Its path.
    ///   - replacing: Whether a golden that is there is replaced.
    /// - Throws: `GoldenFileError`, `exists` where it may not be replaced; `GoldenError` where what would be written does
    ///   not read back.
    package static func create(_ document: GoldenDocument, at path: String, replacing: Bool) throws {
        let there = try WholeFile.content(of: path)
        guard replacing || there == nil else {
            throw GoldenFileError(
                .exists,
                "\(path) is there already; coldstart golden check finds what differs from it, --force replaces it"
            )
        }
        let text = document.text
        _ = try GoldenRankings(parsing: text.utf8, file: path)
        try WholeFile.write(text, to: path)
    }

    private static func grouped(_ decisions: [String: PendingDecision]) -> [(PendingDecision, Set<String>)] {
        Dictionary(decisions.map { ($1, Set([$0])) }, uniquingKeysWith: { $0.union($1) })
            .sorted { ($0.key.reason ?? "") < ($1.key.reason ?? "") }
            .map { ($0.key, $0.value) }
    }
}
