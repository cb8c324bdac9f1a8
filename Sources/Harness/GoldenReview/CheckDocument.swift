import Checks
import Domain
package import Goldens

/// The report of `golden check` as JSON.
package struct CheckDocument: Encodable, Sendable {
    /// The version of the document.
    package static let version = 1

    private let schemaVersion = CheckDocument.version
    private let golden: String
    private let goldenMadeBy: GoldenMaker
    private let caution: String?
    private let comparedWith: GoldenMaker
    private let compared: Int
    private let equal: Int
    private let ranksExplainedByTies: Int
    private let ranksWithinTolerance: Int
    private let textExceptions: Int
    private let differences: [PendingSummary]
    private let earlierPending: Int
    private let pendingFile: String?
    private let missing: [SessionID]
    private let unreferenced: [SessionID]?
    private let unreferencedNotLookedFor: String?
    private let notes: [String]
    private let causes: [Int32]
    private let exitCode: Int32

    /// Creates the document of a report.
    package init(_ report: CheckReport) {
        let check = report.check
        golden = check.golden.file
        goldenMadeBy = check.golden.header.maker
        caution = check.golden.caution
        comparedWith = report.maker
        compared = check.compared
        equal = check.equal
        ranksExplainedByTies = check.ranksExplainedByTies
        ranksWithinTolerance = check.ranksWithinTolerance
        textExceptions = check.textExceptions
        differences = report.entries.map(PendingSummary.init)
        earlierPending = report.earlier
        pendingFile = report.pendingPath
        missing = check.missing
        switch report.unreferenced {
        case .found(let sessions): (unreferenced, unreferencedNotLookedFor) = (sessions, nil)
        case .notLookedFor(let reason): (unreferenced, unreferencedNotLookedFor) = (nil, reason)
        }
        notes = report.notes
        causes = ExitCode.ordered(report.causes).map(\.rawValue)
        exitCode = report.exitCode.rawValue
    }
}

/// A pending difference as JSON, without its rankings.
package struct PendingSummary: Encodable, Sendable {
    private let id: String
    private let status: PendingEntry.Status
    private let risk: GoldenRisk
    private let meaning: String
    private let needsReason: Bool
    private let summary: String
    private let details: [String]
    private let madeBy: GoldenMaker
    private let rejection: PendingEntry.Rejection?

    /// Creates the summary of a difference.
    package init(_ entry: PendingEntry) {
        id = entry.id
        status = entry.status
        risk = entry.risk
        meaning = entry.risk.meaning
        needsReason = entry.risk == .high
        summary = entry.summary
        details = entry.details
        madeBy = entry.maker
        rejection = entry.rejection
    }
}
