import Dispatch
import Synchronization

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// Spreads independent pieces of work over threads.
package enum WorkerThreads {
    /// The processors that this process may use.
    package static var available: Int { max(1, ProcessInfo.processInfo.activeProcessorCount) }

    /// Runs `body` once for each unit, each thread taking the next unit that nobody has, and returns when all are done.
    ///
    /// - Parameters:
    ///   - units: How many units there are.
    ///   - threads: The most threads that work at once, the caller's among them.
    ///   - body: The work, given the unit and the number of the worker, which is below `threads`; a worker runs one
    ///     unit at a time, so memory kept by worker is never used twice at once.
    /// - Precondition: `threads` is at least 1.
    package static func run(units: Int, threads: Int, _ body: (_ unit: Int, _ worker: Int) -> Void) {
        precondition(threads >= 1, "\(threads) threads")
        let workers = min(units, threads)
        guard workers > 1 else {
            for unit in 0..<units { body(unit, 0) }
            return
        }
        let next = Atomic(0)
        withoutActuallyEscaping(body) { body in
            // Safe to share: the call below returns only when every worker has, and the callers of this function give
            // each unit and each worker memory of its own.
            nonisolated(unsafe) let body = body
            DispatchQueue.concurrentPerform(iterations: workers) { worker in
                while true {
                    let unit = next.add(1, ordering: .relaxed).oldValue
                    guard unit < units else { return }
                    body(unit, worker)
                }
            }
        }
    }

    /// Makes a result for each unit, several at once, in the order of the units.
    ///
    /// - Parameters:
    ///   - count: How many units there are.
    ///   - threads: The most threads that work at once.
    ///   - body: Makes the result of a unit.
    /// - Returns: The results.
    /// - Precondition: `threads` is at least 1.
    package static func map<Result: Sendable>(_ count: Int, threads: Int, _ body: (Int) -> Result) -> [Result] {
        let results = Mutex([Result?](repeating: nil, count: count))
        run(units: count, threads: threads) { unit, _ in
            let result = body(unit)
            results.withLock { $0[unit] = result }
        }
        return results.withLock { $0.compactMap(\.self) }
    }
}
