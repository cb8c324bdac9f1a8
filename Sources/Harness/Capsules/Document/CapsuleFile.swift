import Domain
import Formats
import ModelFiles
import Reports
package import Scenarios
import SourcePlaces

/// Writes capsules as files and reads them back, so that one that was damaged or changed is named as such.
package enum CapsuleFile {
    /// The largest capsule, in bytes.
    package static let sizeLimit = 64 << 20
    private static let noDigest = String(repeating: "0", count: 64)

    /// Returns the text of a capsule with its checksum, without the secrets that the process was given.
    ///
    /// - Complexity: O(*n*) in the text.
    package static func text(of capsule: Capsule) -> String {
        var capsule = capsule
        capsule.sha256 = noDigest
        // What stands in texts is behind backslashes: these are the quotation marks of the document's own key.
        var text = ReportEncoding.pretty(capsule)
        let digest = Fingerprint.sha256(text.utf8)
        guard let place = text.firstRange(of: "\"sha256\" : \"\(noDigest)\"") else {
            preconditionFailure("a capsule without the place of its checksum")
        }
        text.replaceSubrange(place, with: "\"sha256\" : \"\(digest)\"")
        return text
    }

    /// Reads a capsule.
    ///
    /// - Parameter path: The file, `-` for standard input.
    /// - Returns: The capsule, whose checksum is right and whose scenario can be played.
    /// - Throws: `ScenarioError` with file and place for anything that is no capsule of this version, or not a whole one.
    package static func read(_ path: String) throws(ScenarioError) -> Capsule {
        let name = path == InputFile.standardInput ? "standard input" : path
        return try parse(try InputFile.content(of: path, limit: sizeLimit), path: name)
    }

    /// Reads the bytes of a capsule.
    ///
    /// - Parameters:
    ///   - bytes: The content of the file.
    ///   - path: What errors call the file.
    ///   - isSealed: Whether the checksum must be right; a fuzzer, which cannot make one, gets no further otherwise.
    /// - Returns: The capsule.
    /// - Throws: As ``read(_:)``.
    package static func parse(
        _ bytes: [UInt8],
        path: String,
        isSealed: Bool = true
    ) throws(ScenarioError) -> Capsule {
        guard bytes.count <= sizeLimit else {
            throw ScenarioError(.unreadable, path: path, "is larger than \(sizeLimit >> 20) MiB, which no capsule is")
        }
        let head: Head = try decode(bytes, path)
        guard head.kind == Capsule.kindName else {
            throw ScenarioError(
                .schema,
                path: path,
                "found a document of the kind `\(head.kind ?? "none")`, expected `\(Capsule.kindName)`: a file that "
                    + "coldstart run --capsule or coldstart diagnose --capsule wrote"
            )
        }
        guard head.schemaVersion == Capsule.currentVersion else {
            throw ScenarioError(
                .schema,
                path: path,
                "schemaVersion is \(head.schemaVersion), this program reads \(Capsule.currentVersion); "
                    + "use the Coldstart that wrote it"
            )
        }
        if isSealed { try check(head.sha256 ?? "", of: bytes, path) }
        let capsule: Capsule = try decode(bytes, path)
        try CapsuleLimits(capsule, path: path).check()
        return capsule
    }

    /// What is looked at before the rest.
    private struct Head: Decodable {
        let schemaVersion: Int
        let kind: String?
        let sha256: String?
    }

    private static func decode<Value: Decodable>(_ bytes: [UInt8], _ path: String) throws(ScenarioError) -> Value {
        do throws(JSONFault) {
            return try JSONReader.decode(Value.self, from: bytes)
        } catch {
            let place = SourceLocation(file: path, line: error.place.line, column: error.place.column)
            throw ScenarioError(.syntax, at: place, "\(error.message); a capsule is what Coldstart wrote, unchanged")
        }
    }

    /// Takes the checksum anew.
    private static func check(_ digest: String, of bytes: [UInt8], _ path: String) throws(ScenarioError) {
        var zeroed = bytes
        if digest.utf8.count == noDigest.utf8.count, let place = zeroed.firstRange(of: Array("\"\(digest)\"".utf8)) {
            zeroed.replaceSubrange(place, with: Array("\"\(noDigest)\"".utf8))
        }
        let found = Fingerprint.sha256(zeroed)
        guard found == digest else {
            throw ScenarioError(
                .schema,
                path: path,
                "was damaged or changed: its SHA-256 is \(found.prefix(12))…, and it says "
                    + "\"\(digest.prefix(12))…\"; ask for the file as it was written"
            )
        }
    }
}
