import RecommendationEngine
import ServiceLifecycle

/// Holds up the end of the service for as long as the rehearsal says.
struct RehearsedEnd: Service {
    let termination: Rehearsal.Termination

    func run() async throws {
        try await gracefulShutdown()
        try await CPUPace(.seconds(termination.seconds ?? 0)).take()
    }
}
