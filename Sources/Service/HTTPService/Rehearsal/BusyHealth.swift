import Synchronization

/// Keeps `/health` waiting while a request is being served, as a server of one thread does; only in a rehearsal.
final class BusyHealth: Sendable {
    private let serving = Mutex(0)

    /// How often it looks whether the last request has its answer.
    private static let interval = Duration.milliseconds(2)

    /// Serves a request.
    func serve<Answer: Sendable>(_ work: () async throws -> Answer) async rethrows -> Answer {
        serving.withLock { $0 += 1 }
        defer { serving.withLock { $0 -= 1 } }
        return try await work()
    }

    /// Returns once no request is being served, or the task is cancelled.
    func wait() async {
        while serving.withLock({ $0 }) > 0, !Task.isCancelled { try? await Task.sleep(for: Self.interval) }
    }
}
