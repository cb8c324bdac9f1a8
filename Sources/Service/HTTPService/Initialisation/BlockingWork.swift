import Dispatch
import Synchronization

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
        let reply = Reply<Value>()
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

/// The one answer that a task waits for; the first that is given counts.
final class Reply<Value: Sendable>: Sendable {
    private enum State {
        case open
        case awaited(CheckedContinuation<Value, any Error>)
        case given(Result<Value, any Error>)
        case taken
    }

    private let state = Mutex(State.open)

    /// Gives the answer; all but the first are dropped.
    func give(_ result: Result<Value, any Error>) {
        let continuation: CheckedContinuation<Value, any Error>? = state.withLock { state in
            switch state {
            case .open:
                state = .given(result)
                return nil
            case .awaited(let continuation):
                state = .taken
                return continuation
            case .given, .taken:
                return nil
            }
        }
        continuation?.resume(with: result)
    }

    /// Waits for the answer; to be called once.
    func value() async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            let result: Result<Value, any Error>? = state.withLock { state in
                switch state {
                case .open:
                    state = .awaited(continuation)
                    return nil
                case .given(let result):
                    state = .taken
                    return result
                case .awaited, .taken:
                    preconditionFailure("an answer that is awaited twice")
                }
            }
            if let result { continuation.resume(with: result) }
        }
    }
}
