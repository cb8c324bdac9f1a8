import Synchronization

/// The one answer that a task waits for; the first that is given counts.
package final class OneShot<Value: Sendable>: Sendable {
    private enum State {
        case open
        case awaited(CheckedContinuation<Value, any Error>)
        case given(Result<Value, any Error>)
        case taken
    }

    private let state = Mutex(State.open)

    /// Creates one that waits for its answer.
    package init() {}

    /// Gives the answer; all but the first are dropped.
    package func give(_ result: Result<Value, any Error>) {
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
    package func value() async throws -> Value {
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
