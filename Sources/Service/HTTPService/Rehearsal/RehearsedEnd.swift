import ServiceLifecycle

/// Holds up the end of the service for as long as the rehearsal says.
struct RehearsedEnd: Service {
    let pace: CPUPace

    func run() async throws {
        try await gracefulShutdown()
        try await pace.take()
    }
}
