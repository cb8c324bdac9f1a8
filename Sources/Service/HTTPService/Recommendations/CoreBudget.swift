import RecommendationEngine
import Synchronization

/// The processor cores that heavy work shares: every piece of work gets at least one core, or waits for it.
///
/// A single request gets all cores; where several come at once each gets its share, so that they run side by side and
/// never more threads compute than there are cores. Waiting is in the order of arrival.
package final class CoreBudget: Sendable {
    private struct State {
        var free: Int
        var waiting: [(id: Int, reply: OneShot<Int>)] = []
        var nextID = 0

        /// The share of the next piece of work, `nil` where nothing is free.
        mutating func grant() -> Int? {
            guard free > 0 else { return nil }
            let share = max(1, free / (waiting.count + 1))
            free -= share
            return share
        }
    }

    private let state: Mutex<State>

    /// Creates a budget.
    package init(cores: Int) {
        precondition(cores > 0, "\(cores) cores")
        state = Mutex(State(free: cores))
    }

    /// Waits for cores, then runs work on a thread outside the cooperative pool.
    ///
    /// A cancelled caller goes on at once; work that has begun then keeps its cores until it is over.
    ///
    /// - Parameter work: The work, given how many threads it may use.
    /// - Returns: What the work returns.
    /// - Throws: What the work throws, `CancellationError` where the task is cancelled.
    package func run<Value: Sendable>(
        _ work: @escaping @Sendable (_ threads: Int) throws -> Value
    ) async throws -> Value {
        let share = try await acquire()
        return try await BlockingWork.run({ try work(share) }, finished: { self.release(share) })
    }

    private func acquire() async throws -> Int {
        let reply = OneShot<Int>()
        let (granted, id) = state.withLock { state -> (Int?, Int) in
            if state.waiting.isEmpty, let share = state.grant() { return (share, 0) }
            state.nextID += 1
            state.waiting.append((state.nextID, reply))
            return (nil, state.nextID)
        }
        if let granted { return granted }
        return try await withTaskCancellationHandler {
            try await reply.value()
        } onCancel: {
            // Only a caller that still waits is removed; any other has its cores already, or is just being given them.
            let wasWaiting = state.withLock { state in
                guard let index = state.waiting.firstIndex(where: { $0.id == id }) else { return false }
                state.waiting.remove(at: index)
                return true
            }
            if wasWaiting { reply.give(.failure(CancellationError())) }
        }
    }

    private func release(_ share: Int) {
        let granted = state.withLock { state in
            state.free += share
            var granted: [(OneShot<Int>, Int)] = []
            while !state.waiting.isEmpty, state.free > 0 {
                let next = state.waiting.removeFirst()
                if let share = state.grant() { granted.append((next.reply, share)) }
            }
            return granted
        }
        for (reply, share) in granted { reply.give(.success(share)) }
    }
}
