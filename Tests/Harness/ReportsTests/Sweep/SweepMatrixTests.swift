import Checks
import Domain
import FaultSweep
import Reports
import Testing

struct SweepMatrixTests {
    private func cell(_ boundary: SweepBoundary, _ fault: SweepFault, receipts: [String] = ["struck"])
        -> CellObservation
    {
        var cell = CellObservation(boundary, fault)
        func rows(_ ranks: [Int], at moment: Int64) -> [StoredRecommendation] {
            ranks.map { rank in
                StoredRecommendation(
                    row: RecommendationRow(
                        session: SessionID("96ab4ac1-85d6-595e-ac83-1e80f61fe61d")!,
                        movie: MovieID("\(rank)"),
                        score: 1,
                        model: .svd,
                        phase: 2,
                        rank: rank,
                        displayOrder: nil
                    ),
                    createdAt: Timestamp(microseconds: moment)
                )
            }
        }
        cell.earlier = rows([1], at: 1)
        cell.after = boundary.isCommitted ? rows([1, 2], at: 2) : cell.earlier
        cell.expected = .init(svd: 2, p5: 0)
        cell.answer = .init(status: 500, detail: "the connection to the database was lost")
        cell.receipts = receipts
        return cell
    }

    private var matrix: SweepMatrix {
        var matrix = SweepMatrix(scenario: "small")
        for boundary in SweepBoundary.allCases {
            for fault in SweepFault.allCases { matrix.add(cell(boundary, fault)) }
        }
        return matrix
    }

    @Test func `all cells stand in a row for each boundary, within 100 columns`() {
        let lines = matrix.lines().map(\.text)
        #expect(lines.count == 1 + SweepBoundary.allCases.count + 2)
        #expect(lines.allSatisfy { $0.count <= 100 })
        #expect(lines.first?.split(separator: " ") == ["boundary", "kill", "timeout", "cut"])
        #expect(lines.contains { $0.hasPrefix("between_sets") && $0.contains("✓ 500, earlier set") })
        #expect(lines.last == "39 cells: 39 passed · 0 failed · 0 inconclusive")
        #expect(matrix.exitCode == .passed)
    }

    @Test(arguments: [40, 80, 100, 120])
    func `a matrix is no wider than its terminal, and at 80 says of each cell which set is there`(width: Int) {
        let lines = matrix.lines(width: width).flatMap { $0.broken(toColumns: width) }.map(\.text)
        #expect(lines.allSatisfy { $0.count <= width })
        #expect(width != 80 || lines.contains { $0.hasPrefix("between_sets") && $0.hasSuffix("✓ earlier set") })
    }

    @Test func `what is wrong is told below, with the answer and the proofs`() {
        var matrix = SweepMatrix(scenario: "small")
        var lost = cell(.write(.betweenSets), .kill, receipts: [String(repeating: "a long word ", count: 20)])
        lost.after = []
        matrix.add(lost)
        matrix.add(cell(.write(.afterReading), .cut, receipts: []))
        let lines = matrix.lines().map(\.text)
        #expect(matrix.exitCode == .landingFailed)
        #expect(lines.allSatisfy { $0.count <= 100 })
        #expect(
            lines.contains { $0.contains("✗ 500, rows lost") } && lines.contains { $0.contains("? did not strike") }
        )
        for words in ["all 1 rows of the earlier set are lost", "answer: the connection", "receipt: a long word"] {
            #expect(lines.contains { $0.contains(words) }, "\(words)")
        }
    }

    @Test func `failed cells alone end with the code for wrong rows, no cell at all with that for no verdict`() {
        var matrix = SweepMatrix(scenario: "small")
        #expect(matrix.exitCode == .inconclusive)
        var lost = cell(.write(.betweenSets), .kill)
        lost.after = []
        matrix.add(lost)
        #expect(matrix.exitCode == .landingFailed)
    }

    @Test func `cells that are set aside are counted apart, and alone they are no verdict`() {
        var matrix = SweepMatrix(scenario: "small")
        var silent = cell(.stage(.svd), .kill)
        silent.setAside = "the service does not say when the stage begins"
        matrix.add(silent)
        #expect(matrix.exitCode == .inconclusive)
        matrix.add(cell(.write(.betweenSets), .kill))
        #expect(matrix.exitCode == .passed)
        #expect(matrix.closing == "2 cells: 1 passed · 0 failed · 0 inconclusive · 1 set aside")
        let junit = SweepDocument(matrix, toolVersion: "test").junit
        #expect(junit.contains("tests=\"2\" failures=\"0\" errors=\"0\" skipped=\"1\""))
    }

    @Test func `the documents hold every cell`() throws {
        var matrix = matrix
        var lost = cell(.write(.betweenSets), .kill)
        lost.after = []
        matrix.add(lost)
        matrix.add(cell(.write(.afterReading), .cut, receipts: []))
        let document = SweepDocument(matrix, toolVersion: "test")
        let read = try ReportEncoding.decode(SweepDocument.self, from: document.json)
        #expect(read == document && read.cells.count == 41 && read.schemaVersion == 1)
        let junit = document.junit
        #expect(
            junit.contains(
                "<testsuite name=\"sweep-faults small\" tests=\"41\" failures=\"1\" errors=\"1\" skipped=\"0\">"
            )
        )
        #expect(junit.contains("name=\"between_sets × kill\""))
    }
}
