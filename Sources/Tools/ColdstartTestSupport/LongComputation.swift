import Dispatch
package import Testing

extension Trait where Self == LongComputation {
    /// Lets tests that compute for a second or more do so beside the others, one after the other.
    package static var computesLong: Self { Self() }
}

/// Runs each test on a thread that is none of the concurrency runtime's.
///
/// That has a thread for each processor, on which all tests run: one that computes for seconds holds a thread for as long,
/// and on two processors two of them let every other test wait, also one that has to answer a socket in time.
package struct LongComputation: TestTrait, SuiteTrait, TestScoping {
    /// The tests of a suite, each by itself.
    package var isRecursive: Bool { true }

    /// Runs a test there.
    package func provideScope(
        for test: Test,
        testCase: Test.Case?,
        performing function: @concurrent @Sendable () async throws -> Void
    ) async throws {
        try await withTaskExecutorPreference(ComputingThread.shared, operation: function)
    }
}

/// Runs what it is given one after the other, on a thread of its own.
private final class ComputingThread: TaskExecutor {
    static let shared = ComputingThread()

    private let queue = DispatchQueue(label: "coldstart.tests.computing")

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}
