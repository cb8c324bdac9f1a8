import Synchronization

/// A value that tasks wait on: each wait ends when the value fulfils its condition.
package final class AsyncCondition<Value: Sendable>: Sendable {
    private struct Waiter {
        let condition: @Sendable (Value) -> Bool
        let reply: OneShot<Void>
    }

    private struct State {
        var value: Value
        var waiters: [Int: Waiter] = [:]
        var nextID = 0
    }

    private let state: Mutex<State>

    /// Creates a condition over a value.
    package init(_ value: Value) {
        state = Mutex(State(value: value))
    }

    /// The value as it is.
    package var value: Value { state.withLock { $0.value } }

    /// Changes the value and ends the waits that it fulfils.
    ///
    /// - Complexity: O(*n*) in the number of waits.
    @discardableResult
    package func change<Result: Sendable>(_ body: (inout Value) -> Result) -> Result {
        let (result, replies) = state.withLock { state in
            let result = body(&state.value)
            let fulfilled = state.waiters.filter { $0.value.condition(state.value) }
            for id in fulfilled.keys { state.waiters[id] = nil }
            return (result, fulfilled.values.map(\.reply))
        }
        for reply in replies { reply.give(.success(())) }
        return result
    }

    /// Waits until the value fulfils a condition.
    ///
    /// - Throws: `CancellationError` where the task is cancelled before.
    package func wait(until condition: @escaping @Sendable (Value) -> Bool) async throws {
        let reply = OneShot<Void>()
        let id: Int? = state.withLock { state in
            if condition(state.value) { return nil }
            state.nextID += 1
            state.waiters[state.nextID] = Waiter(condition: condition, reply: reply)
            return state.nextID
        }
        guard let id else { return }
        defer { state.withLock { $0.waiters[id] = nil } }
        try await withTaskCancellationHandler {
            try await reply.value()
        } onCancel: {
            reply.give(.failure(CancellationError()))
        }
    }
}
