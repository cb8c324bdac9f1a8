import Domain

/// Turns a header's record into the header, refusing what no golden can state.
struct HeaderValidation {
    private let line: GoldenLine
    private let version: Int
    private let record: HeaderRecord

    /// Reads the record of a line.
    ///
    /// - Throws: `GoldenError` where the line is no header, is of a version that this module does not read, or lacks a member.
    init(_ line: GoldenLine) throws(GoldenError) {
        let found: HeaderProbe = try line.decode("the header")
        let versions = GoldenHeader.supportedVersions
        guard found.kind == "golden-rankings", let version = found.schemaVersion else {
            throw line.error(
                .missingHeader,
                "found no header, expected {\"schemaVersion\":\(versions.upperBound),\"kind\":\"golden-rankings\",…}"
            )
        }
        guard versions.contains(version) else {
            throw line.error(
                .unknownVersion,
                "found schemaVersion \(version), expected \(versions.lowerBound) to \(versions.upperBound)"
            )
        }
        self.line = line
        self.version = version
        record = try line.decode("the header")
    }

    func header() throws(GoldenError) -> GoldenHeader {
        let (maker, state, scoring) = (try maker(), try state(), try scoring())
        let mode = record.mode ?? GoldenHeader.defaultMode
        let generationLimit = try generationLimit()
        try checkDigests()
        if let fault = record.tolerance?.fault { throw line.error(.malformed, fault) }
        return GoldenHeader(
            version: version,
            maker: maker,
            state: state,
            wholeWord: record.wholeWord,
            mode: mode,
            generationLimit: generationLimit,
            softPrompt: mode.hasPrefix("soft_prompt") ? try softPrompt() : nil,
            scoring: scoring,
            svdRanking: record.svdRanking ?? GoldenHeader.defaultSVDRanking,
            seed: try line.required(record.seed, "seed", version: version),
            versions: try line.required(record.versions, "versions", version: version) ?? [:],
            fingerprints: GoldenFingerprints(files: record.files),
            catalogueSHA256: record.catalogueSHA256.lowercased(),
            sessionsSHA256: record.sessionsSHA256.lowercased(),
            tolerance: record.tolerance
        )
    }

    /// The program that made the rankings: stated since version 2, before that the reference.
    private func maker() throws(GoldenError) -> GoldenMaker {
        guard version > 1 else { return .reference }
        guard let stated = record.maker, !stated.program.isEmpty else {
            throw line.error(.malformed, "made_by is missing, expected {\"program\":…,\"version\":…}")
        }
        return stated
    }

    /// The state that the rankings are for, which version 1 cannot choose.
    private func state() throws(GoldenError) -> GoldenState {
        guard let state = GoldenState(rawValue: record.state), state == .full || version > 1 else {
            let expected = version > 1 ? "\"full\" or \"svd_only\"" : "\"full\"; svd_only is derived from it"
            throw line.error(.malformed, "found state \"\(record.state)\", expected \(expected)")
        }
        return state
    }

    private func scoring() throws(GoldenError) -> P5Settings.Scoring {
        guard let name = record.scoring else { return .text }
        guard let scoring = P5Settings.Scoring(rawValue: name) else {
            let known = P5Settings.Scoring.allCases.map { "\"\($0.rawValue)\"" }.joined(separator: " or ")
            throw line.error(.malformed, "found scoring \"\(name)\", expected \(known)")
        }
        return scoring
    }

    private func generationLimit() throws(GoldenError) -> Int {
        let limit = record.generationLimit ?? GoldenHeader.defaultGenerationLimit
        guard P5Limits.generationLimit.values.contains(limit) else {
            let expected = P5Limits.generationLimit.expectation
            throw line.error(.malformed, "found generation_limit \(limit), expected \(expected)")
        }
        return limit
    }

    /// Fills what the record leaves open with the settings that goldens are made with.
    private func softPrompt() throws(GoldenError) -> GoldenSoftPrompt {
        var settings = GoldenSoftPrompt()
        settings.virtualTokens = record.softPrompt?.virtualTokens ?? settings.virtualTokens
        settings.dropout = record.softPrompt?.dropout ?? settings.dropout
        settings.seed = record.softPrompt?.seed ?? settings.seed
        guard P5Limits.virtualTokens.values.contains(settings.virtualTokens) else {
            let expected = P5Limits.virtualTokens.expectation
            throw line.error(
                .malformed,
                "found soft_prompt.virtual_tokens \(settings.virtualTokens), expected \(expected)"
            )
        }
        guard P5Limits.dropout.values.contains(settings.dropout) else {
            let expected = P5Limits.dropout.expectation
            throw line.error(.malformed, "found soft_prompt.dropout \(settings.dropout), expected \(expected)")
        }
        return settings
    }

    private func checkDigests() throws(GoldenError) {
        let files = record.files.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
        let inputs = [("catalogue_sha256", record.catalogueSHA256), ("sessions_sha256", record.sessionsSHA256)]
        for (name, digest) in files + inputs where digest.utf8.count != 64 || !digest.allSatisfy(\.isHexDigit) {
            throw line.error(.malformed, "the digest of \(name) is \"\(digest)\", expected 64 hexadecimal digits")
        }
    }
}
