import Domain

/// A header as a line of JSON, in the order in which people look for things.
struct HeaderText {
    private struct SoftPrompt: Encodable {
        let virtual_tokens: Int
        let dropout: Double
        let seed: UInt64
    }

    private let header: GoldenHeader

    init(_ header: GoldenHeader) {
        self.header = header
    }

    /// The line, in the last version of the format.
    var line: String {
        var members = JSONMembers()
        members.set("schemaVersion", GoldenHeader.supportedVersions.upperBound)
        members.set("kind", "golden-rankings")
        members.set("made_by", header.maker)
        members.set("state", header.state.rawValue)
        members.set("whole_word", header.wholeWord)
        members.set("mode", header.mode)
        members.set("generation_limit", header.generationLimit)
        members.set(
            "soft_prompt",
            header.softPrompt.map {
                SoftPrompt(virtual_tokens: $0.virtualTokens, dropout: $0.dropout, seed: $0.seed)
            }
        )
        members.set("scoring", header.scoring.rawValue)
        members.set("svd_ranking", header.svdRanking)
        members.set("seed", header.seed)
        members.set("versions", header.versions.isEmpty ? nil : header.versions)
        members.set("files", header.fingerprints.files)
        members.set("catalogue_sha256", header.catalogueSHA256)
        members.set("sessions_sha256", header.sessionsSHA256)
        members.set("tolerance", header.tolerance)
        return members.line
    }
}
