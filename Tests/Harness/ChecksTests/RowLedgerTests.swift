import Checks
import Domain
import Observations
import Testing

@Suite("Row ledger")
struct RowLedgerTests {
    private static let key = ExpectedRow.Key(session: RunFixture.first, phase: 2, model: .svd, movie: "m1")
    private static let expected = ExpectedRow(key: key, rank: 1, score: 2, displayOrder: 1)
    private static let right = RunFixture.row("m1", .svd, rank: 1, score: 2, order: 1)

    private func account(_ found: [StoredRecommendation], saved: Int = 1) -> RowAccount {
        RowAccount(
            expected: [
                ExpectedSet(
                    session: RunFixture.first,
                    phase: 2,
                    request: 1,
                    rows: [Self.expected],
                    saved: [.svd: saved]
                )
            ],
            found: found
        )
    }

    @Test("A row as expected has landed")
    func landed() {
        let account = account([Self.right])
        #expect(account.entries.map(\.verdict) == [.landed])
        #expect(account.ledger.failures.isEmpty)
        #expect(account.entries[0].difference.isEmpty)
    }

    @Test("An expected row that is not there is lost")
    func lost() {
        #expect(account([]).entries.map(\.verdict) == [.lost])
        #expect(account([]).entries[0].found == nil)
    }

    @Test("A second copy is a duplicate, and the first has landed")
    func duplicate() {
        #expect(account([Self.right, Self.right]).entries.map(\.verdict) == [.landed, .duplicate])
    }

    @Test("Of two copies the right one has landed, wherever it stands")
    func duplicateBestFirst() {
        let account = account([Self.right.with(rank: 2), Self.right])
        #expect(account.entries.map(\.verdict) == [.duplicate, .landed])
    }

    @Test(
        "A row that nobody expected is a phantom: another movie, model, phase or session",
        arguments: [
            RunFixture.row("m2", .svd, rank: 2, score: 2, order: 2),
            RunFixture.row("m1", .p5, rank: 1, score: 2, order: 1),
            RunFixture.row("m1", .svd, rank: 1, score: 2, order: 1, session: RunFixture.second),
        ]
    )
    func phantom(row: StoredRecommendation) {
        #expect(account([Self.right, row]).entries.map(\.verdict) == [.landed, .phantom])
    }

    @Test("A phantom that is there twice counts twice")
    func phantomTwice() {
        let stranger = RunFixture.row("m2", .svd, rank: 2, score: 2, order: nil)
        #expect(account([Self.right, stranger, stranger]).ledger.count(of: .phantom) == 2)
    }

    @Test("A row at another rank is reordered")
    func rank() {
        let entry = account([Self.right.with(rank: 2)]).entries[0]
        #expect(entry.verdict == .reordered)
        #expect(entry.difference == "rank 2, expected 1")
    }

    @Test("A row with another display order, or none, is reordered", arguments: [2, nil])
    func displayOrder(order: Int?) {
        let entry = account([Self.right.with(order: .some(order))]).entries[0]
        #expect(entry.verdict == .reordered)
        #expect(entry.difference == "display_order \(order.map(String.init) ?? "NULL"), expected 1")
    }

    @Test(
        "A score off by more than a millionth is wrong; not a number always is",
        arguments: [
            (2.000001, .landed), (1.999999, .landed), (2.000003, .wrongScore), (-2, .wrongScore), (0, .wrongScore),
            (.nan, .wrongScore), (.infinity, .wrongScore),
        ] as [(Double, RowVerdict)]
    )
    func score(score: Double, verdict: RowVerdict) {
        #expect(account([Self.right.with(score: score)]).entries.map(\.verdict) == [verdict])
    }

    @Test("A row that is wrong in every column is reordered, and all differences are named")
    func everything() {
        let entry = account([Self.right.with(rank: 3, score: 1, order: .some(nil))]).entries[0]
        #expect(entry.verdict == .reordered)
        #expect(entry.difference == "rank 3, expected 1; display_order NULL, expected 1; score 1.0, expected 2.0")
    }

    @Test("Counts name every verdict, those that do not occur included")
    func counts() {
        let counts = account([Self.right, Self.right]).ledger.counts
        #expect(counts.count == RowVerdict.allCases.count)
        #expect(counts[.landed] == 1)
        #expect(counts[.duplicate] == 1)
        #expect(counts[.lost] == 0)
    }

    @Test("Rows that the answer promised without showing are unjudged, not phantoms")
    func unjudged() {
        let hidden = RunFixture.row("m2", .svd, rank: 2, score: 2, order: nil)
        let open = account([Self.right, hidden], saved: 2)
        #expect(open.entries.map(\.verdict) == [.landed])
        #expect(open.ledger.unjudged == 1)
        let shown = RunFixture.row("m2", .svd, rank: 2, score: 2, order: 2)
        #expect(account([Self.right, shown], saved: 2).ledger.count(of: .phantom) == 1)
    }

    @Test("Sessions come in the given order, strangers last")
    func order() {
        let rows = [1, 2, 3]
            .map { RunFixture.row("m1", .svd, rank: 1, score: 2, order: 1, session: RunFixture.session($0)) }
        let account = RowAccount(expected: [], found: rows, order: [RunFixture.session(2), RunFixture.session(1)])
        #expect(account.entries.map(\.key.session) == [2, 1, 3].map(RunFixture.session))
    }

    private func account(
        _ found: [StoredRecommendation],
        earlier: [ExpectedRow] = [],
        leftovers: Set<StoredRecommendation> = [],
        late: [StoredRecommendation] = [],
        visible: Set<StoredRecommendation>? = nil,
        isInFlight: Bool = false
    ) -> RowAccount {
        RowAccount(
            expected: [
                ExpectedSet(
                    session: RunFixture.first,
                    phase: 2,
                    request: 1,
                    rows: [Self.expected],
                    saved: [.svd: 1],
                    isInFlight: isInFlight
                )
            ],
            found: found,
            earlier: earlier,
            leftovers: leftovers,
            appearances: late.map { RowAppearance(row: $0, after: .milliseconds(340), isLate: true) },
            visible: visible
        )
    }

    @Test("A row that only a later look saw is late, which is no failure")
    func late() {
        let account = account([Self.right], late: [Self.right])
        #expect(account.entries.map(\.verdict) == [.late])
        #expect(account.entries[0].difference == "seen 340 ms after the answer")
        #expect(account.ledger.failures.isEmpty && account.ledger.exceptions.count == 1)
    }

    @Test("A late row that is wrong besides is wrong")
    func lateAndWrong() {
        let row = Self.right.with(rank: 2)
        #expect(account([row], late: [row]).entries.map(\.verdict) == [.reordered])
    }

    @Test("A row of an earlier set is stale, in the place of the new row or beside it")
    func stale() {
        let old = Self.right.with(rank: 3, score: 1.5)
        let other = RunFixture.row("m7", .svd, rank: 2, score: 1.7, order: 2)
        let earlier = [old, other]
            .map { ExpectedRow(key: .init($0.row), rank: $0.row.rank, score: $0.row.score, displayOrder: nil) }
        let account = account([old, other], earlier: earlier)
        #expect(account.entries.map(\.verdict) == [.staleModel, .staleModel])
        #expect(account.ledger.failures.count == 2)
        #expect(self.account([Self.right, old], earlier: earlier).entries.map(\.verdict) == [.landed, .staleModel])
        let changed = other.with(score: 1.6)
        #expect(self.account([Self.right, changed], earlier: earlier).entries.map(\.verdict) == [.landed, .phantom])
    }

    @Test("Of two equal rows the one with the id, or the time of creation, of an earlier row is the leftover")
    func leftover() {
        let old = StoredRecommendation(row: Self.right.row, createdAt: Self.right.createdAt, id: "1")
        let new = StoredRecommendation(row: Self.right.row, createdAt: Self.right.createdAt, id: "2")
        let later = StoredRecommendation(
            row: Self.right.row,
            createdAt: Self.right.createdAt.advanced(byMicroseconds: 1),
            id: "1"
        )
        for written in [new, later] {
            let entries = account([old, written], earlier: [Self.expected], leftovers: [old]).entries
            #expect(entries.map(\.verdict) == [.staleModel, .landed])
            #expect(entries[0].difference == "a row of the earlier set that was not removed")
        }
        // Written twice, neither of them is a leftover.
        #expect(account([old, new], earlier: [Self.expected]).entries.map(\.verdict) == [.landed, .duplicate])
        // What was there before and is no part of the new set.
        let other = RunFixture.row("m7", .svd, rank: 2, score: 1.7, order: 2)
        #expect(account([new, other], leftovers: [other]).entries.map(\.verdict) == [.landed, .staleModel])
    }

    @Test("A row written anew as wrong as before is judged for what is wrong with it")
    func writtenAnew() {
        let wrong = Self.right.with(rank: 2)
        #expect(account([wrong], earlier: [Self.expected]).entries.map(\.verdict) == [.reordered])
        let hidden = Self.right.with(order: .some(nil))
        let unlisted = ExpectedRow(key: Self.key, rank: 1, score: 2, displayOrder: nil)
        #expect(account([hidden], earlier: [unlisted]).entries.map(\.verdict) == [.reordered])
    }

    @Test("A row that the earlier and the last set share has landed")
    func unchanged() {
        #expect(account([Self.right], earlier: [Self.expected]).entries.map(\.verdict) == [.landed])
    }

    @Test("A row that the visitors' role does not see is invisible")
    func invisible() {
        #expect(account([Self.right], visible: []).ledger.failures.map(\.verdict) == [.invisible])
        #expect(account([Self.right], visible: [Self.right]).ledger.failures.isEmpty)
        #expect(account([], visible: []).ledger.failures.map(\.verdict) == [.lost])
    }

    @Test("A row of a request that was cut off is in flight, which is no failure")
    func inFlight() {
        let account = account([Self.right], isInFlight: true)
        #expect(account.entries.map(\.verdict) == [.inFlight])
        #expect(account.ledger.failures.isEmpty)
    }

    @Test("Quantiles are those of the nearest rank", arguments: [1, 2, 10, 99, 100, 1000])
    func quantiles(count: Int) throws {
        let times = (1...count).map { Duration.milliseconds($0) }.reversed()
        let quantiles = try #require(VisibilityQuantiles(of: Array(times)))
        #expect(quantiles.p50 == .milliseconds((count + 1) / 2))
        #expect(quantiles.p90 == .milliseconds((count * 9 + 9) / 10))
        #expect(quantiles.p99 == .milliseconds((count * 99 + 99) / 100))
        #expect(quantiles.longest == .milliseconds(count) && quantiles.rows == count)
        #expect(VisibilityQuantiles(of: []) == nil)
    }
}

extension RowAccount {
    fileprivate var ledger: RowLedger { RowLedger(self) }
}
