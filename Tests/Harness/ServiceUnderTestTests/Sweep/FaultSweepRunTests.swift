import ColdstartTestSupport
import DatabaseHarness
import DatabaseProxy
import Domain
import FaultSweep
import Foundation
import PostgresClient
import PostgresStore
import PostgresTestSupport
import RecommendationEngine
import Testing

@testable import ServiceUnderTest

/// Sweeps over the boundaries of a request, against a sound store and against one that is broken on purpose.
@Suite(.serialized, .timeLimit(.minutes(10)), .needsPostgres)
struct FaultSweepRunTests {
    private static let session = SessionID("96ab4ac1-85d6-595e-ac83-1e80f61fe61d")!

    /// Runs cells against a service on a database of their own.
    private func cells(
        _ boundaries: [SweepBoundary],
        _ faults: [SweepFault] = SweepFault.allCases,
        store: @escaping @Sendable (PostgresPool) -> any RecommendationStore
    ) async throws -> [(cell: CellObservation, verdict: CellVerdict)] {
        try await ThrowAwayCluster.with { cluster in
            let path = Fixtures.packageDirectory + "/scenarios/schema.sql"
            let seeder = Seeder(cluster.address, seed: 1)
            try await seeder.createSchema(try String(contentsOfFile: path, encoding: .utf8))
            let rating = Rating(movie: "318", value: 9, createdAt: Timestamp(microseconds: 1))
            try await seeder.insert([
                RecordedSession(id: Self.session, phase: "recommendation", ratings: [rating], phase1Movies: [])
            ])
            return try await DatabaseProxy.with(upstream: cluster.address) { proxy in
                let address = proxy.address
                let run = FaultSweepRun(
                    service: EngineService { store(PostgresPool(address)) },
                    proxy: proxy,
                    database: cluster.address,
                    request: SweptRequest(session: Self.session, topK: 10, phase: 2),
                    limit: .seconds(20),
                    patience: .milliseconds(100)
                )
                var cells: [(CellObservation, CellVerdict)] = []
                for boundary in boundaries {
                    for fault in faults {
                        let cell = try await run.cell(boundary, fault)
                        cells.append((cell, CellVerdict(cell)))
                    }
                }
                return cells
            }
        }
    }

    private static let boundaries: [SweepBoundary] = WriteBoundary.allCases.map { .write($0) }

    @Test func `a store that writes in one transaction passes at every boundary`() async throws {
        let cells = try await cells(Self.boundaries) { PostgresRecommendationStore(pool: $0) }
        for (cell, verdict) in cells {
            let name = "\(cell.boundary.name) × \(cell.fault.rawValue)"
            #expect(verdict.outcome == .passed, "\(name): \(verdict.findings) \(cell.answer?.detail ?? "")")
            #expect(cell.earlier.count == 14 && cell.ownCommits == 0)
        }
        #expect(cells.count == 18)
    }

    @Test func `a store that writes statement by statement loses rows, and the sweep finds where`() async throws {
        let cells = try await cells(Self.boundaries) { StatementByStatementStore(pool: $0) }
        let failed = Set(cells.filter { $0.verdict.outcome == .failed }.map(\.cell.boundary))
        #expect(failed == [.write(.beforeFirstSet), .write(.betweenSets), .write(.beforeCommit), .write(.afterCommit)])
        for (cell, verdict) in cells where [.write(.beforeFirstSet), .write(.betweenSets)].contains(cell.boundary) {
            #expect(verdict.findings.contains { $0.contains("partial set") }, "\(verdict.findings)")
            #expect(cell.after.count < cell.earlier.count)
        }
        // Without a transaction there is no commit at which anything could strike, and that is the finding.
        for (cell, verdict) in cells where [.write(.beforeCommit), .write(.afterCommit)].contains(cell.boundary) {
            #expect(cell.ownCommits == 4 && verdict.summary == "no transaction")
            #expect(verdict.findings.first?.contains("commits each statement by itself, 4 times") == true)
        }
    }

    @Test func `a stage that a service does not announce is set aside`() async throws {
        let cells = try await cells([.stage(.svd)]) { PostgresRecommendationStore(pool: $0) }
        #expect(cells.map(\.verdict.outcome) == [.setAside, .setAside, .setAside])
        #expect(cells.first?.verdict.findings.first?.contains("--stage-sign svd=TEXT") == true)
    }

    @Test func `a caller who leaves before the answer does not change what was committed`() async throws {
        let cells = try await cells([.beforeAnswer], [.cut]) { PostgresRecommendationStore(pool: $0) }
        #expect(cells.map(\.verdict.outcome) == [.passed])
        #expect(cells.first?.verdict.summary == "no answer, new set")
    }
}
