import Domain
import Formats

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// One line of a golden file with its place, for errors.
struct GoldenLine {
    let bytes: ArraySlice<UInt8>
    let file: String
    let number: Int
    let remedy: GoldenError.Remedy

    init(
        _ bytes: ArraySlice<UInt8>,
        file: String,
        number: Int,
        remedy: GoldenError.Remedy = .golden
    ) throws(GoldenError) {
        self.bytes = bytes
        self.file = file
        self.number = number
        self.remedy = remedy
        for marker in ["<<<<<<<", "=======", ">>>>>>>", "|||||||"] where bytes.starts(with: marker.utf8) {
            throw error(.conflictMarker, "found the merge-conflict marker \(marker), expected JSON")
        }
    }

    /// Returns the lines of a text, without the blank ones at its end.
    ///
    /// - Complexity: O(*n*) in the number of bytes.
    static func lines(of bytes: some Sequence<UInt8>) -> [ArraySlice<UInt8>] {
        let bytes = Array(bytes)
        var lines: [ArraySlice<UInt8>] = []
        var start = 0
        bytes.withUnsafeBytes { text in
            guard let base = text.baseAddress else { return }
            // memchr, because files of thousands of sessions are to open at once.
            while let end = memchr(base + start, Int32(UInt8(ascii: "\n")), bytes.count - start) {
                let offset = UnsafeRawPointer(end) - base
                lines.append(bytes[start..<offset])
                start = offset + 1
            }
        }
        lines.append(bytes[start...])
        while let last = lines.last, last.allSatisfy({ [UInt8(ascii: " "), 0x0d, 0x09].contains($0) }) {
            lines.removeLast()
        }
        return lines
    }

    /// Reads the line as the header.
    func header() throws(GoldenError) -> GoldenHeader {
        let found: HeaderProbe = try decode("the header")
        let versions = GoldenHeader.supportedVersions
        guard found.kind == "golden-rankings", let version = found.schemaVersion else {
            throw error(
                .missingHeader,
                "found no header, expected {\"schemaVersion\":\(versions.upperBound),\"kind\":\"golden-rankings\",…}"
            )
        }
        guard versions.contains(version) else {
            throw error(
                .unknownVersion,
                "found schemaVersion \(version), expected \(versions.lowerBound) to \(versions.upperBound)"
            )
        }
        let record: HeaderRecord = try decode("the header")
        let maker = try maker(record.maker, version: version)
        let state = try state(record.state, version: version)
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
        if let fault = record.tolerance?.fault { throw error(.malformed, fault) }
        return GoldenHeader(
            version: version,
            maker: maker,
            state: state,
            wholeWord: record.wholeWord,
            mode: mode,
            generationLimit: generationLimit,
            softPrompt: mode.hasPrefix("soft_prompt") ? try softPrompt(record.softPrompt) : nil,
            scoring: scoring,
            svdRanking: record.svdRanking ?? GoldenHeader.defaultSVDRanking,
            seed: try required(record.seed, "seed", version: version),
            versions: try required(record.versions, "versions", version: version) ?? [:],
            fingerprints: GoldenFingerprints(files: record.files),
            catalogueSHA256: record.catalogueSHA256.lowercased(),
            sessionsSHA256: record.sessionsSHA256.lowercased(),
            tolerance: record.tolerance
        )
    }

    /// Reads the line as a session of a golden with that header.
    func session(header: GoldenHeader) throws(GoldenError) -> GoldenSession {
        let record: SessionRecord = try decode("a session")
        return try SessionValidation(line: self, record: record, header: header).session()
    }

    /// Reads who accepted the session's rankings.
    func acceptances() throws(GoldenError) -> [GoldenAcceptance] {
        let record: SessionRecord = try decode("a session")
        return record.accepted ?? []
    }

    /// Refuses a member that files of version 1 always have and this one lacks.
    func required<Value>(_ value: Value?, _ name: String, version: Int) throws(GoldenError) -> Value? {
        if value == nil, version == 1 { throw error(.malformed, "\(name) is missing") }
        return value
    }

    func error(_ code: GoldenError.Code, _ message: String) -> GoldenError {
        GoldenError(code, file: file, line: number, message: message, remedy: remedy)
    }

    /// The program that made the rankings: stated since version 2, before that the reference.
    private func maker(_ stated: GoldenMaker?, version: Int) throws(GoldenError) -> GoldenMaker {
        guard version > 1 else { return .reference }
        guard let stated, !stated.program.isEmpty else {
            throw error(.malformed, "made_by is missing, expected {\"program\":…,\"version\":…}")
        }
        return stated
    }

    /// The state that the rankings are for, which version 1 cannot choose.
    private func state(_ name: String, version: Int) throws(GoldenError) -> GoldenState {
        guard let state = GoldenState(rawValue: name), state == .full || version > 1 else {
            let expected = version > 1 ? "\"full\" or \"svd_only\"" : "\"full\"; svd_only is derived from it"
            throw error(.malformed, "found state \"\(name)\", expected \(expected)")
        }
        return state
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

    /// Reads the line as a record; errors call it by a name.
    func decode<Record: Decodable>(_ what: String) throws(GoldenError) -> Record {
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
