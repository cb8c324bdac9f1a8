import Dispatch
import RecommendationEngine

/// Work that blocks or computes for long, which runs on a thread outside the cooperative pool.
enum BlockingWork {
    /// Runs work; a cancelled caller goes on at once, while the work itself runs to its end.
    ///
    /// - Parameters:
    ///   - work: The work.
    ///   - finished: Called once when the work is over, also where nobody waits for it any more.
    /// - Returns: What the work returns.
    /// - Throws: What the work throws, `CancellationError` where the task is cancelled.
    static func run<Value: Sendable>(
        _ work: @escaping @Sendable () throws -> Value,
        finished: @escaping @Sendable () -> Void = {}
    ) async throws -> Value {
        let reply = OneShot<Value>()
        // A queue of its own gets a thread at once; the global queue's few threads may all be taken by work that hangs.
        DispatchQueue(label: "coldstart.work")
            .async {
                let result = Result { try work() }
                finished()
                reply.give(result)
            }
        return try await withTaskCancellationHandler {
            try await reply.value()
        } onCancel: {
            reply.give(.failure(CancellationError()))
        }
    }
}
