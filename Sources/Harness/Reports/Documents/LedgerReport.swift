import Checks
import Domain

/// What became of the expected rows, in a report.
///
/// Keys: `counts` (`landed`, `lost`, `duplicate`, `late`, `phantom`, `reordered`, `wrongScore`, `staleModel`,
/// `invisible`, `inFlight`, `unjudged`: rows about which nothing is known because the target did not show its
/// rankings), `timeToVisible` (null unless the run waited for rows; else `rows` and `p50`, `p90`, `p99`, `max` in
/// seconds of real time) and `rows`: every row that is not landed, with `verdict` (as the counts, but with underscores:
/// `wrong_score`), `session`, `phase`, `model`, `movie`, `rank`, `text`, and the row's ``Values`` as `expected` and as
/// `found` (`null` where nobody expected it, or it is not there). Rows that are `late` or `in_flight` are no failures.
package struct LedgerReport: Hashable, Sendable, Codable {
    /// How many rows there are of each verdict.
    package var counts: Counts
    /// How long after their answers rows were seen.
    @OrNull package var timeToVisible: TimeToVisible?
    /// Every row that is not landed.
    package var rows: [Row]

    /// Quantiles of the time from the answer to the look that saw a row, in seconds.
    package struct TimeToVisible: Hashable, Sendable, Codable {
        /// How many rows there were.
        package var rows: Int
        /// Half of them were seen by then.
        package var p50: Double
        /// Nine of ten.
        package var p90: Double
        /// Ninety-nine of a hundred.
        package var p99: Double
        /// All of them.
        package var max: Double
    }

    /// How many rows there are of each verdict.
    package struct Counts: Hashable, Sendable, Codable {
        /// Rows that are as expected.
        package var landed: Int
        /// Expected rows that are not there.
        package var lost: Int
        /// Rows that are there more than once.
        package var duplicate: Int
        /// Expected rows that came after their answers.
        package var late: Int
        /// Rows that nobody expected.
        package var phantom: Int
        /// Expected rows at another rank or display order.
        package var reordered: Int
        /// Expected rows with another score.
        package var wrongScore: Int
        /// Rows of an earlier set.
        package var staleModel: Int
        /// Rows that the visitors' role does not see.
        package var invisible: Int
        /// Rows of requests that were cut off.
        package var inFlight: Int
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
        /// The movie.
        package var movie: String
        /// The rank, from 1.
        @OrNull package var rank: Int?
        /// What differs, in one phrase.
        package var text: String
        /// The row as it was expected.
        @OrNull package var expected: Values?
        /// The row as it is.
        @OrNull package var found: Values?
    }

    /// What a row says: `rank`, `score`, `displayOrder`; `null` where the harness expects nothing of one, or it is NULL.
    package struct Values: Hashable, Sendable, Codable {
        /// The place in the model's own list, from 1.
        @OrNull package var rank: Int?
        /// The model's score.
        @OrNull package var score: Double?
        /// The place in the visitor's list, from 1.
        @OrNull package var displayOrder: Int?
    }

    /// Copies a ledger, without the rows that landed.
    init(_ ledger: RowLedger) {
        self.counts = Counts(
            landed: ledger.count(of: .landed),
            lost: ledger.count(of: .lost),
            duplicate: ledger.count(of: .duplicate),
            late: ledger.count(of: .late),
            phantom: ledger.count(of: .phantom),
            reordered: ledger.count(of: .reordered),
            wrongScore: ledger.count(of: .wrongScore),
            staleModel: ledger.count(of: .staleModel),
            invisible: ledger.count(of: .invisible),
            inFlight: ledger.count(of: .inFlight),
            unjudged: ledger.unjudged
        )
        self.timeToVisible = ledger.timeToVisible.map {
            TimeToVisible(
                rows: $0.rows,
                p50: $0.p50.reportedSeconds,
                p90: $0.p90.reportedSeconds,
                p99: $0.p99.reportedSeconds,
                max: $0.longest.reportedSeconds
            )
        }
        self.rows = ledger.exceptions.map { entry in
            Row(
                verdict: entry.verdict.rawValue,
                session: entry.key.session.text,
                phase: entry.key.phase,
                model: entry.key.model.rawValue,
                movie: entry.key.movie.text,
                rank: entry.expected?.rank ?? entry.found?.row.rank,
                text: entry.difference,
                expected: entry.expected
                    .map { Values(rank: $0.rank, score: $0.score, displayOrder: $0.displayOrder) },
                found: entry.found
                    .map { Values(rank: $0.row.rank, score: $0.row.score, displayOrder: $0.row.displayOrder) }
            )
        }
    }
}
