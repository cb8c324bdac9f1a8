package import Checks
package import Goldens
package import Reports

/// What is pending for a golden, for `golden pending`.
package struct PendingReport: Encodable, Sendable {
    private let golden: String
    private let goldenMadeBy: GoldenMaker
    private let caution: String?
    private let comparedAt: String
    private let command: String
    private let differences: [PendingSummary]
    private let entries: [PendingEntry]

    private enum CodingKeys: String, CodingKey {
        case golden, goldenMadeBy, caution, comparedAt, command, differences
    }

    /// Creates a report.
    ///
    /// - Parameters:
    ///   - golden: The golden.
    ///   - header: What its pending differences are about.
    ///   - entries: The differences.
    package init(_ golden: GoldenRankings, _ header: PendingHeader, _ entries: [PendingEntry]) {
        self.golden = golden.file
        goldenMadeBy = golden.header.maker
        caution = golden.caution
        comparedAt = header.when
        command = header.command
        differences = entries.map(PendingSummary.init)
        self.entries = entries
    }

    /// The code that it gives cause for: what somebody rejected has failed, what nobody looked at is pending.
    package var causes: Set<ExitCode> {
        Set(entries.map { $0.status == .rejected ? .expectationFailed : .goldensPending })
    }

    /// The report for people.
    ///
    /// - Returns: The golden, then one line for each difference.
    /// - Complexity: O(*n*) in the number of differences.
    package func lines(width: Int) -> [StyledLine] {
        let heading = StyledLine(golden, .strong)
            .appending("  compared at \(comparedAt)", .faint)
        var table = TextTable(
            columns: [.init("risk"), .init("status"), .init("session"), .init("what differs", isFlexible: true)]
        )
        for entry in entries {
            table.append([
                StyledLine(entry.risk.rawValue, entry.risk.role),
                StyledLine(entry.status.rawValue, entry.status == .rejected ? .bad : .plain), StyledLine(entry.id),
                StyledLine(entry.summary),
            ])
        }
        return [heading] + [caution].compactMap(\.self).map { StyledLine($0, .doubtful) }
            + table.lines(width: width - 2).map { $0.indented(by: 2) }
    }
}

/// What is pending for several goldens as JSON.
package struct PendingDocument: Encodable, Sendable {
    private let schemaVersion = 1
    private let goldens: [PendingReport]
    private let starts: [PendingStartReport]
    private let causes: [Int32]
    /// The exit code.
    package let exitCode: Int32

    /// Creates a document; where nothing is pending there is nothing against a pass.
    package init(_ goldens: [PendingReport], starts: [PendingStartReport] = []) {
        self.goldens = goldens
        self.starts = starts
        causes = ExitCode.ordered([.passed] + goldens.flatMap(\.causes) + starts.map(\.cause)).map(\.rawValue)
        exitCode = causes[0]
    }
}
