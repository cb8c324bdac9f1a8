import Checks
import Domain

/// What became of the expected rows, in a report.
///
/// Keys: `counts` (`landed`, `lost`, `duplicate`, `phantom`, `reordered`, `wrongScore`, `unjudged`: rows about which
/// nothing is known because the target did not show its rankings) and `rows`: every row that is not landed, with
/// `verdict` (as the counts, but `wrong_score`), `session`, `phase`, `model`, `movie`, `rank` and `text`.
package struct LedgerReport: Hashable, Sendable, Codable {
    /// How many rows there are of each verdict.
    package var counts: Counts
    /// Every row that is not landed.
    package var rows: [Row]

    /// How many rows there are of each verdict.
    package struct Counts: Hashable, Sendable, Codable {
        /// Rows that are as expected.
        package var landed: Int
        /// Expected rows that are not there.
        package var lost: Int
        /// Rows that are there more than once.
        package var duplicate: Int
        /// Rows that nobody expected.
        package var phantom: Int
        /// Expected rows at another rank or display order.
        package var reordered: Int
        /// Expected rows with another score.
        package var wrongScore: Int
        /// Rows that could not be judged.
        package var unjudged: Int
    }

    /// One row that is not landed.
    package struct Row: Hashable, Sendable, Codable {
        /// What became of it.
        package var verdict: String
        /// The session.
        package var session: String
        /// The phase of the study.
        package var phase: Int
        /// The model.
        package var model: String
        /// The film.
        package var movie: String
        /// The rank, from 1.
        @OrNull package var rank: Int?
        /// What differs, in one phrase.
        package var text: String
    }

    /// Copies a ledger, without the rows that landed.
    init(_ ledger: RowLedger) {
        self.counts = Counts(
            landed: ledger.count(of: .landed),
            lost: ledger.count(of: .lost),
            duplicate: ledger.count(of: .duplicate),
            phantom: ledger.count(of: .phantom),
            reordered: ledger.count(of: .reordered),
            wrongScore: ledger.count(of: .wrongScore),
            unjudged: ledger.unjudged
        )
        self.rows = ledger.failures.map { entry in
            Row(
                verdict: entry.verdict.rawValue,
                session: entry.key.session.text,
                phase: entry.key.phase,
                model: entry.key.model.rawValue,
                movie: entry.key.movie.text,
                rank: entry.expected?.rank ?? entry.found?.row.rank,
                text: entry.difference
            )
        }
    }
}
