/// Threads that do one piece of work together, each a part of it.
///
/// It is for work whose parts do not depend on one another, such as the outputs of a product: the results are the same
/// bits however many threads there are.
package struct Team: Sendable {
    /// The threads, the caller's among them.
    package let threads: Int

    /// The caller alone.
    package static let one = Team(threads: 1)

    /// Creates a team.
    ///
    /// - Precondition: There is at least one thread.
    package init(threads: Int) {
        precondition(threads >= 1, "\(threads) threads")
        self.threads = threads
    }

    /// Divides the threads among pieces of work that run at the same time.
    ///
    /// - Parameters:
    ///   - threads: All threads.
    ///   - pieces: The pieces that run at once.
    /// - Returns: The team of each piece.
    package static func each(of threads: Int, among pieces: Int) -> Team {
        Team(threads: max(1, threads / max(1, pieces)))
    }

    /// Does a part of the work on each thread and returns when all are done.
    ///
    /// - Parameters:
    ///   - count: How many things there are to do.
    ///   - step: What a part's beginning is a multiple of.
    ///   - body: The work, given the things of a part and the number of the thread, which is below ``threads``.
    /// - Precondition: The step is at least 1.
    @inline(__always)
    package func split(_ count: Int, by step: Int = 1, _ body: (_ part: Range<Int>, _ thread: Int) -> Void) {
        guard threads > 1, count > step else { return body(0..<count, 0) }
        let steps = (count + step - 1) / step
        let parts = min(steps, threads)
        WorkerThreads.run(units: parts, threads: parts) { part, _ in
            body(min(steps * part / parts * step, count)..<min(steps * (part + 1) / parts * step, count), part)
        }
    }
}
