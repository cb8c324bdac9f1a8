import Domain
import Formats

/// One line of a golden file with its place, for errors.
struct GoldenLine {
    let bytes: ArraySlice<UInt8>
    let file: String
    let number: Int

    init(_ bytes: ArraySlice<UInt8>, file: String, number: Int) throws(GoldenError) {
        self.bytes = bytes
        self.file = file
        self.number = number
        for marker in ["<<<<<<<", "=======", ">>>>>>>", "|||||||"] where bytes.starts(with: marker.utf8) {
            throw error(.conflictMarker, "found the merge-conflict marker \(marker), expected JSON")
        }
    }

    /// Reads the line as the header.
    func header() throws(GoldenError) -> GoldenHeader {
        let found: HeaderProbe = try decode("the header")
        guard found.kind == "golden-rankings", let version = found.schemaVersion else {
            throw error(
                .missingHeader,
                "found no header, expected {\"schemaVersion\":\(GoldenHeader.supportedVersion),"
                    + "\"kind\":\"golden-rankings\",…}"
            )
        }
        guard version == GoldenHeader.supportedVersion else {
            throw error(
                .unknownVersion,
                "found schemaVersion \(version), expected \(GoldenHeader.supportedVersion)"
            )
        }
        let record: HeaderRecord = try decode("the header")
        guard record.state == GoldenState.full.rawValue else {
            throw error(.malformed, "found state \"\(record.state)\", expected \"full\"; svd_only is derived from it")
        }
        let scoring = record.scoring ?? P5Settings.Scoring.text.rawValue
        guard let scoring = P5Settings.Scoring(rawValue: scoring) else {
            let known = P5Settings.Scoring.allCases.map { "\"\($0.rawValue)\"" }.joined(separator: " or ")
            throw error(.malformed, "found scoring \"\(scoring)\", expected \(known)")
        }
        let mode = record.mode ?? GoldenHeader.defaultMode
        let generationLimit = record.generationLimit ?? GoldenHeader.defaultGenerationLimit
        guard P5Limits.generationLimit.values.contains(generationLimit) else {
            let expected = P5Limits.generationLimit.expectation
            throw error(.malformed, "found generation_limit \(generationLimit), expected \(expected)")
        }
        for (path, digest) in record.files.sorted(by: { $0.key < $1.key }) {
            try checkDigest(digest, of: path)
        }
        try checkDigest(record.catalogueSHA256, of: "catalogue_sha256")
        try checkDigest(record.sessionsSHA256, of: "sessions_sha256")
        return GoldenHeader(
            wholeWord: record.wholeWord,
            mode: mode,
            generationLimit: generationLimit,
            softPrompt: mode.hasPrefix("soft_prompt") ? try softPrompt(record.softPrompt) : nil,
            scoring: scoring,
            svdRanking: record.svdRanking ?? GoldenHeader.defaultSVDRanking,
            seed: record.seed,
            versions: record.versions,
            fingerprints: GoldenFingerprints(files: record.files),
            catalogueSHA256: record.catalogueSHA256.lowercased(),
            sessionsSHA256: record.sessionsSHA256.lowercased()
        )
    }

    /// Reads the line as a session of a golden whose P5 scores are of one kind.
    func session(scoring: P5Settings.Scoring) throws(GoldenError) -> GoldenSession {
        let record: SessionRecord = try decode("a session")
        return try SessionValidation(line: self, record: record, scoring: scoring).session()
    }

    func error(_ code: GoldenError.Code, _ message: String) -> GoldenError {
        GoldenError(code, file: file, line: number, message: message)
    }

    /// Fills what a record leaves open with the settings that goldens are made with.
    private func softPrompt(_ record: HeaderRecord.SoftPrompt?) throws(GoldenError) -> GoldenSoftPrompt {
        var settings = GoldenSoftPrompt()
        settings.virtualTokens = record?.virtualTokens ?? settings.virtualTokens
        settings.dropout = record?.dropout ?? settings.dropout
        settings.seed = record?.seed ?? settings.seed
        guard P5Limits.virtualTokens.values.contains(settings.virtualTokens) else {
            let expected = P5Limits.virtualTokens.expectation
            throw error(
                .malformed,
                "found soft_prompt.virtual_tokens \(settings.virtualTokens), expected \(expected)"
            )
        }
        guard P5Limits.dropout.values.contains(settings.dropout) else {
            let expected = P5Limits.dropout.expectation
            throw error(.malformed, "found soft_prompt.dropout \(settings.dropout), expected \(expected)")
        }
        return settings
    }

    private func checkDigest(_ digest: String, of name: String) throws(GoldenError) {
        guard digest.utf8.count == 64, digest.allSatisfy(\.isHexDigit) else {
            throw error(.malformed, "the digest of \(name) is \"\(digest)\", expected 64 hexadecimal digits")
        }
    }

    private func decode<Record: Decodable>(_ what: String) throws(GoldenError) -> Record {
        do throws(JSONFault) {
            return try JSONReader.decode(Record.self, from: bytes)
        } catch {
            let code: GoldenError.Code =
                switch error.code {
                case .notFinite: .notFinite
                case .duplicateKey: .duplicate
                case .syntax, .foreign, .encoding, .missingKey, .unfit: .malformed
                }
            throw self.error(code, "cannot read \(what): column \(error.place.column), \(error.message)")
        }
    }
}
