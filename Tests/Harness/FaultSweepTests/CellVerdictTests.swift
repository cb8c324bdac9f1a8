import Domain
import FaultSweep
import Testing

struct CellVerdictTests {
    private static let session = SessionID("96ab4ac1-85d6-595e-ac83-1e80f61fe61d")!

    /// A set of rows of one writing; `movies` tells writings apart.
    static func rows(_ model: Model, _ ranks: [Int], movies: String = "new", at moment: Int64 = 2)
        -> [StoredRecommendation]
    {
        ranks.map { rank in
            StoredRecommendation(
                row: RecommendationRow(
                    session: session,
                    movie: MovieID("\(movies)-\(rank)"),
                    score: 1,
                    model: model,
                    phase: 2,
                    rank: rank,
                    displayOrder: nil
                ),
                createdAt: Timestamp(microseconds: moment)
            )
        }
    }

    static let earlier = rows(.svd, [1, 2], movies: "old", at: 1) + rows(.p5, [1, 2], movies: "old", at: 1)
    static let new = rows(.svd, [1, 2, 3]) + rows(.p5, [1, 2, 3])

    /// A cell in which the fault struck and nothing is wrong, less what a test changes.
    static func cell(
        _ boundary: SweepBoundary = .write(.betweenSets),
        _ fault: SweepFault = .cut,
        status: Int? = 500,
        after: [StoredRecommendation] = earlier
    ) -> CellObservation {
        var cell = CellObservation(boundary, fault)
        cell.earlier = earlier
        cell.expected = .init(svd: 3, p5: 3)
        cell.answer = .init(status: status, saved: status == 200 ? .init(svd: 3, p5: 3) : nil)
        cell.after = after
        cell.receipts = ["it was cut"]
        cell.recovery = .init(status: 200, saved: .init(svd: 3, p5: 3))
        cell.recovered = new
        return cell
    }

    @Test(arguments: [
        (cell(), "500, earlier set"),
        (cell(.write(.betweenSets), .kill, status: nil), "no answer, earlier set"),
        // In flight at the kill: either set, but whole.
        (cell(.write(.beforeCommit), .kill, status: nil, after: new), "no answer, new set"),
        (cell(.write(.afterCommit), .cut, status: 500, after: new), "500, new set"),
        (cell(.beforeAnswer, .timeout, status: nil, after: new), "no answer, new set"),
        (cell(.write(.betweenSets), .timeout, status: 200, after: new), "200, new set"),
        (cell(.stage(.svd), .cut, status: 503), "503, earlier set"),
    ])
    func `what the invariants allow passes`(cell: CellObservation, summary: String) {
        let verdict = CellVerdict(cell)
        #expect(verdict.outcome == .passed, "\(verdict.findings)")
        #expect(verdict.summary == summary)
    }

    @Test(arguments: [
        ("half a set", cell(after: rows(.svd, [1, 2, 3])), "0 of 3 new p5 rows"),
        ("a row short", cell(after: Array(new.dropLast())), "2 of 3 new p5 rows"),
        ("a row twice", cell(after: new + rows(.svd, [3], movies: "again")), "4 of 3 new svd rows"),
        (
            "old and new together", cell(.write(.afterCommit), .cut, after: earlier + new),
            "4 of 4 earlier rows are still there"
        ),
        ("half of the old", cell(after: Array(earlier.prefix(2))), "2 of 4 earlier rows"),
        ("nothing", cell(after: []), "all 4 rows of the earlier set are lost"),
        (
            "half a set at a kill", cell(.write(.betweenSets), .kill, status: nil, after: rows(.svd, [1, 2, 3])),
            "partial set"
        ),
        ("a 200 without its rows", cell(status: 200, after: earlier), "says 200, and the rows"),
        ("an error with new rows", cell(.write(.beforeCommit), .cut, status: 500, after: new), "replaced all the same"),
        (
            "a commit that did not last", cell(.write(.afterCommit), .kill, status: nil, after: earlier),
            "had confirmed the commit"
        ),
        ("a start that wrote rows", cell(.stage(.svd), .kill, status: nil, after: new), "replaced all the same"),
    ])
    func `what they forbid fails, and is said`(what: String, cell: CellObservation, words: String) {
        let verdict = CellVerdict(cell)
        #expect(verdict.outcome == .failed)
        #expect(verdict.findings.contains { $0.contains(words) }, "\(what): \(verdict.findings)")
    }

    @Test func `an answer that promises other rows than there are fails`() {
        var cell = Self.cell(status: 200, after: Self.new)
        cell.answer?.saved = .init(svd: 3, p5: 2)
        #expect(CellVerdict(cell).outcome == .failed)
        cell.answer?.saved = .init(svd: 0, p5: 0)
        #expect(CellVerdict(cell).findings.first?.contains("nothing was saved") == true)
    }

    @Test func `a service that does not serve again fails`() {
        var cell = Self.cell()
        cell.recovery = .init(status: 500, detail: "the pool is empty")
        #expect(CellVerdict(cell).findings == ["once the fault was over a request got 500: the pool is empty"])
        cell = Self.cell()
        cell.recovered = Array(Self.new.dropLast())
        #expect(CellVerdict(cell).outcome == .failed)
    }

    @Test func `a fault without proof, or a cell that did not run, has no verdict`() {
        var cell = Self.cell()
        cell.receipts = []
        #expect(CellVerdict(cell).outcome == .inconclusive)
        cell = Self.cell()
        cell.obstacle = "the service did not get ready"
        #expect(CellVerdict(cell).findings == ["the service did not get ready"])
        cell = Self.cell(after: [])
        cell.earlier = []
        cell.expected = .init(svd: 0, p5: 0)
        #expect(CellVerdict(cell).outcome == .inconclusive)
    }

    @Test func `a service without a transaction has failed where no fault could strike`() {
        var cell = Self.cell(.write(.beforeCommit), .kill, status: 200, after: Self.new)
        cell.receipts = []
        cell.ownCommits = 1
        #expect(CellVerdict(cell).outcome == .inconclusive)
        cell.ownCommits = 4
        #expect(CellVerdict(cell).outcome == .failed && CellVerdict(cell).summary == "no transaction")
        cell.setAside = "the service does not say when the stage begins"
        #expect(CellVerdict(cell).outcome == .setAside)
    }

    @Test func `rows that are lost without proof of a fault are lost all the same`() {
        var cell = Self.cell(after: [])
        cell.receipts = []
        #expect(CellVerdict(cell).outcome == .failed)
    }

    @Test func `a set of SVD alone is whole where P5 is not expected`() {
        let rows = Self.rows(.svd, [1, 2, 3])
        #expect(RowState(rows, earlier: Self.earlier, expected: .init(svd: 3, p5: 0)) == .new)
        #expect(RowState(Self.new, earlier: Self.earlier, expected: .init(svd: 3, p5: 0)) != .new)
    }

    @Test func `names of boundaries are known once each`() {
        let names = SweepBoundary.allCases.map(\.name)
        #expect(Set(names).count == names.count && names.count == 13)
    }
}
