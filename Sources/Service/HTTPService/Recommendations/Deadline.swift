import NIOCore
import NIOPosix
import RecommendationEngine

/// The limit of a request's time.
enum Deadline {
    /// The work did not end within its time.
    struct Exceeded: Error {}

    /// Runs work for at most a time, then cancels it.
    ///
    /// What the work returns within a grace period after the cancellation is still returned, because rows that have
    /// landed must not be answered with an error. After that the caller goes on without the work.
    ///
    /// - Throws: ``Exceeded``, `CancellationError` where the caller is cancelled, and what the work throws.
    static func run<Value: Sendable>(
        _ limit: Duration,
        grace: Duration = .seconds(1),
        _ work: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        let reply = OneShot<Value>()
        let isLate = AsyncCondition(false)
        let task = Task {
            let result: Result<Value, any Error>
            do {
                result = .success(try await work())
            } catch {
                result = .failure(isLate.value ? Exceeded() : error)
            }
            reply.give(result)
        }
        // A cancelled task that sleeps keeps its memory until its time is over, so that a busy service would hold the
        // tasks of a whole request timeout. An event loop frees a cancelled timer at once.
        let loop = MultiThreadedEventLoopGroup.singleton.any()
        let timer = loop.scheduleTask(in: TimeAmount(limit)) {
            isLate.change { $0 = true }
            task.cancel()
            loop.scheduleTask(in: TimeAmount(grace)) { reply.give(.failure(Exceeded())) }
        }
        defer { timer.cancel() }
        return try await withTaskCancellationHandler {
            try await reply.value()
        } onCancel: {
            task.cancel()
            // The work may wait for something that does not react to a cancellation.
            loop.scheduleTask(in: TimeAmount(grace)) { reply.give(.failure(CancellationError())) }
        }
    }
}
