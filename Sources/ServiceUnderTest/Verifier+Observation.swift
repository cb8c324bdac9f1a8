import Domain
import Observations
import PostgresStore
import Scenarios

extension Verifier {
    /// Reads everything that a replay can have written.
    func observedRows(of plan: Plan, ownsDatabase: Bool) async throws -> ObservedRows {
        let sessions = plan.sessions.map(\.id)
        var recommendations = try await rows(of: sessions)
        if ownsDatabase { recommendations += try await rows(ofOthersThan: sessions) }
        let phases = Dictionary(
            plan.requests.map { ($0.session.id, $0.phase) },
            uniquingKeysWith: { first, _ in first }
        )
        var visitors: [VisitorView] = []
        for session in sessions {
            visitors.append(try await visitorView(of: session, phase: phases[session] ?? 2))
        }
        return ObservedRows(
            recommendations: recommendations,
            summary: try await summary(of: ownsDatabase ? nil : sessions),
            visitors: visitors
        )
    }
}
