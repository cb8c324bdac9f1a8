import DatabaseHarness
import Domain
import Observations
import Scenarios

extension RowReader {
    /// Reads everything that a replay can have written, and what the visitors' role sees of it where one is named.
    func observedRows(of plan: Plan, ownsDatabase: Bool, as role: String? = nil) async throws -> ObservedRows {
        let sessions = plan.sessions.map(\.id)
        let phases = Dictionary(
            plan.requests.map { ($0.session.id, $0.phase) },
            uniquingKeysWith: { first, _ in first }
        )
        // None of the readings needs another.
        async let views = visitorViews(of: sessions.map { ($0, phases[$0] ?? 2) }, as: role)
        async let lines = summary(of: ownsDatabase ? nil : sessions)
        var reading = try await reading(of: sessions)
        if ownsDatabase {
            let others = try await self.reading(ofOthersThan: sessions)
            reading.rows += others.rows
            reading.strange += others.strange
        }
        return ObservedRows(
            recommendations: reading.rows,
            summary: try await lines,
            visitors: try await views,
            strange: reading.strange,
            visible: role == nil ? nil : try await self.reading(of: sessions, as: role).rows
        )
    }
}
