import Dispatch

/// An executor whose jobs may block: they run one at a time on threads of their own, never on the cooperative pool.
package final class BlockingExecutor: SerialExecutor {
    private let queue: DispatchQueue

    /// Creates an executor with a name that debuggers show.
    package init(label: String) {
        queue = DispatchQueue(label: label)
    }

    package func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { job.runSynchronously(on: self.asUnownedSerialExecutor()) }
    }
}

extension BlockingExecutor {
    /// Runs work after the jobs that are queued.
    package func run(_ work: @escaping @Sendable () -> Void) {
        queue.async(execute: work)
    }
}

/// Runs blocking work, such as copying files, on a thread outside the cooperative pool.
///
/// - Parameter work: What may block.
/// - Returns: What the work returns.
/// - Throws: What the work throws.
package func offThePool<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
        BlockingExecutor(label: "coldstart.files")
            .run {
                continuation.resume(with: Result { try work() })
            }
    }
}
