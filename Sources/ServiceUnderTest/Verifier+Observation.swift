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
        var visitors: [VisitorView] = []
        var visited: Set<SessionID> = []
        for request in plan.requests where visited.insert(request.session.id).inserted {
            visitors.append(try await visitorView(of: request.session.id, phase: request.phase))
        }
        return ObservedRows(
            recommendations: recommendations,
            summary: try await summary(of: ownsDatabase ? nil : sessions),
            visitors: visitors
        )
    }
}
