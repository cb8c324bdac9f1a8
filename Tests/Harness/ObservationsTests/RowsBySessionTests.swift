import ContainerPlatform
import Domain
import Observations
import Testing

@Suite("Rows by session")
struct RowsBySessionTests {
    private static func session(_ number: Int) -> SessionID {
        SessionID("00000000-0000-0000-0000-00000000000\(number)")!
    }

    private static func row(_ number: Int, phase: Int = 2, rank: Int = 1) -> StoredRecommendation {
        StoredRecommendation(
            row: RecommendationRow(
                session: session(number),
                movie: "m\(rank)",
                score: 1,
                model: .svd,
                phase: phase,
                rank: rank,
                displayOrder: nil
            ),
            createdAt: Timestamp(microseconds: 0),
            id: "\(number)-\(phase)-\(rank)"
        )
    }

    private static func answer(_ number: Int, _ rows: [StoredRecommendation]) -> ObservedAnswer {
        ObservedAnswer(
            request: number,
            session: session(number),
            arrivedAt: .zero,
            finishedAt: .seconds(1),
            status: 200,
            state: .svdOnly,
            rowsAfter: rows
        )
    }

    @Test("the rows of a session and of a phase are found, in runs or scattered")
    func found() {
        let rows = [
            Self.row(1), Self.row(2, phase: 1), Self.row(2), Self.row(1, rank: 2), Self.row(2, phase: 1, rank: 2),
        ]
        let found = RowsBySession(rows)
        #expect(Set(found.sessions) == [Self.session(1), Self.session(2)])
        #expect(Array(found[Self.session(1)]) == [rows[0], rows[3]])
        #expect(Array(found[Self.session(2)]) == [rows[1], rows[2], rows[4]])
        #expect(Array(found[RowSlot(session: Self.session(2), phase: 1)]) == [rows[1], rows[4]])
        #expect(found[RowSlot(session: Self.session(1), phase: 3)].isEmpty && found[Self.session(3)].isEmpty)
    }

    @Test("answers whose rows are those of the end hold them once, others keep their own")
    func shared() {
        let rows = [Self.row(1), Self.row(1, rank: 2), Self.row(2), Self.row(3)]
        let seen = [[Self.row(1), Self.row(1, rank: 2)], [Self.row(2, rank: 2)], [], [Self.row(4)]]
        let observation = Observation(
            target: .simulated,
            startup: StartupObservation(
                violations: [],
                summary: nil,
                killMargin: nil,
                timeline: .init(),
                finalHealth: nil
            ),
            answers: seen.enumerated().map { Self.answer($0 + 1, $1) },
            rows: ObservedRows(recommendations: rows, summary: [], visitors: []),
            receipts: []
        )
        #expect(observation.answers.map { Array($0.rowsAfter) } == seen)
        // A part of an array knows its place in it.
        #expect(observation.answers.map(\.rowsAfter.startIndex) == [0, 0, 0, 0])
        let moved = Observation(
            target: .simulated,
            startup: observation.startup,
            answers: [Self.answer(3, [Self.row(3)])],
            rows: observation.rows,
            receipts: []
        )
        #expect(moved.answers[0].rowsAfter.startIndex == 3)
    }
}
