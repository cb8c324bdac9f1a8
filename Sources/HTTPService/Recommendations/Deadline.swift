/// The limit of a request's time.
enum Deadline {
    /// The work did not end within its time.
    struct Exceeded: Error {}

    /// Runs work for at most a time, then cancels it.
    ///
    /// Work that ends within a grace period after the cancellation is believed: what it returns is returned, for rows
    /// that have landed must not be answered with an error. After that the caller goes on without it.
    ///
    /// - Throws: ``Exceeded``, `CancellationError` where the caller is cancelled, and what the work throws.
    static func run<Value: Sendable>(
        _ limit: Duration,
        grace: Duration = .seconds(1),
        _ work: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        let reply = Reply<Value>()
        let isLate = Watched(false)
        let task = Task {
            let result: Result<Value, any Error>
            do {
                result = .success(try await work())
            } catch {
                result = .failure(isLate.value ? Exceeded() : error)
            }
            reply.give(result)
        }
        let timer = Task {
            try await Task.sleep(for: limit)
            isLate.change { $0 = true }
            task.cancel()
            try await Task.sleep(for: grace)
            reply.give(.failure(Exceeded()))
        }
        defer { timer.cancel() }
        return try await withTaskCancellationHandler {
            try await reply.value()
        } onCancel: {
            task.cancel()
            // The work may wait for something that does not hear a cancellation.
            Task {
                try? await Task.sleep(for: grace)
                reply.give(.failure(CancellationError()))
            }
        }
    }
}
