package import Observations

/// What became of all rows: how many landed, and each one about which there is more to say.
package struct RowLedger: Hashable, Sendable {
    /// One row with its verdict.
    package typealias Entry = RowAccount.Entry

    /// How many entries there are of each verdict, those without any included.
    package let counts: [RowVerdict: Int]
    /// The entries of rows about which there is something to say: all that did not simply land.
    package let exceptions: [Entry]
    /// How many found rows could not be judged, because the target did not show its rankings.
    package let unjudged: Int
    /// How long after their answers the new rows were seen; `nil` where the harness did not wait for any.
    package let timeToVisible: VisibilityQuantiles?

    /// Sums an account up.
    ///
    /// - Parameters:
    ///   - account: The account of every row.
    ///   - appearances: When new rows were first seen after their answers.
    /// - Complexity: That of the account's entries; a row that landed is counted and not kept.
    package init(_ account: RowAccount, appearances: [RowAppearance] = []) {
        var counts = Dictionary(uniqueKeysWithValues: RowVerdict.allCases.map { ($0, 0) })
        var exceptions: [Entry] = []
        var unjudged = 0
        for session in account.sessions {
            for entry in account.entries(of: session, unjudged: &unjudged) {
                counts[entry.verdict, default: 0] += 1
                if entry.verdict != .landed { exceptions.append(entry) }
            }
        }
        self.counts = counts
        self.exceptions = exceptions
        self.unjudged = unjudged
        timeToVisible = VisibilityQuantiles(of: appearances.map(\.after))
    }

    /// How many entries have a verdict.
    package func count(of verdict: RowVerdict) -> Int { counts[verdict, default: 0] }

    /// The entries of rows that are not what they should be.
    package var failures: [Entry] { exceptions.filter(\.verdict.isFailure) }
}
