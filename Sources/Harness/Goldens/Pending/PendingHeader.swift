import Domain
import Formats

/// What a file of pending differences is about.
package struct PendingHeader: Hashable, Sendable {
    /// The version of the format.
    package static let version = 1
    /// What the file's name has behind the golden's.
    package static let suffix = ".pending"

    /// SHA-256 of the golden with which the rankings were compared; for another one the differences mean nothing.
    package let goldenSHA256: String
    /// When the last rankings were compared, in ISO 8601 and UTC.
    package let when: String
    /// The files that the rankings of now follow from.
    package let inputs: GoldenInputs
    /// The command line that finds the differences again.
    package let command: String

    /// Creates a header.
    package init(goldenSHA256: String, when: String, inputs: GoldenInputs, command: String) {
        self.goldenSHA256 = goldenSHA256
        self.when = when
        self.inputs = inputs
        self.command = command
    }

    /// Returns the same about another state of the golden, as it is after something was accepted.
    package func about(goldenSHA256: String) -> PendingHeader {
        PendingHeader(goldenSHA256: goldenSHA256, when: when, inputs: inputs, command: command)
    }
}

/// The header line as it is written.
struct PendingHeaderRecord: Decodable {
    static let kind = "golden-pending"

    var schemaVersion: Int
    var kind: String
    var goldenSHA256: String
    var when: String
    var files: [String: String]?
    var catalogueSHA256: String?
    var sessionsSHA256: String?
    var command: String

    enum CodingKeys: String, CodingKey {
        case goldenSHA256 = "golden_sha256"
        case catalogueSHA256 = "catalogue_sha256"
        case sessionsSHA256 = "sessions_sha256"
        case schemaVersion, kind, when, files, command
    }

    /// The header.
    var header: PendingHeader {
        PendingHeader(
            goldenSHA256: goldenSHA256,
            when: when,
            inputs: GoldenInputs(
                bundle: files.map(GoldenFingerprints.init),
                catalogueSHA256: catalogueSHA256,
                sessionsSHA256: sessionsSHA256
            ),
            command: command
        )
    }
}

/// An entry's line as it is written.
struct PendingEntryRecord: Decodable {
    var id: String
    var risk: GoldenRisk
    var summary: String
    var details: [String]?
    var maker: GoldenMaker
    var rejection: PendingEntry.Rejection?
    var now: SessionRecord?

    enum CodingKeys: String, CodingKey {
        case maker = "made_by"
        case id, risk, summary, details, rejection, now
    }
}
