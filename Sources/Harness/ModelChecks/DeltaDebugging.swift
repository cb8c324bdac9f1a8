/// Finds a smallest part of a list that still shows something: the algorithm ddmin.
///
/// Zeller and Hildebrandt, "Simplifying and Isolating Failure-Inducing Input", IEEE Transactions on Software
/// Engineering 28(2), 2002. The result is 1-minimal: without any single one of its elements it no longer shows. That is
/// verified by the last trials, which leave out each element in turn.
package enum DeltaDebugging {
    /// A smallest part, and what it took to find it.
    package struct Minimum<Element> {
        /// The elements, in the order in which they were given.
        package let elements: [Element]
        /// How many parts were tried.
        package let trials: Int
    }

    /// Returns a 1-minimal part of a list that shows something, in the list's own order.
    ///
    /// - Parameters:
    ///   - elements: The list, which shows it.
    ///   - shows: Whether a part shows it; the same part must give the same answer each time. Never asked about no
    ///     element at all.
    /// - Returns: The part, and how many were tried.
    /// - Throws: What `shows` throws.
    /// - Complexity: O(*n*²) trials in the elements, O(log *n*) where a single one shows it.
    package static func minimised<Element>(
        _ elements: [Element],
        _ shows: ([Element]) throws -> Bool
    ) rethrows -> Minimum<Element> {
        var search = Search(count: elements.count)
        while let part = search.next { search.record(try shows(part.map { elements[$0] })) }
        return Minimum(elements: search.smallest.map { elements[$0] }, trials: search.trials)
    }

    /// Returns a 1-minimal part of a list that shows something, as the function above does, where showing takes time.
    ///
    /// - Parameters:
    ///   - elements: The list, which shows it.
    ///   - shows: Whether a part shows it.
    /// - Returns: The part, and how many were tried.
    /// - Throws: What `shows` throws.
    /// - Complexity: O(*n*²) trials in the elements, O(log *n*) where a single one shows it.
    package static func minimised<Element>(
        _ elements: [Element],
        _ shows: ([Element]) async throws -> Bool
    ) async rethrows -> Minimum<Element> {
        var search = Search(count: elements.count)
        while let part = search.next { search.record(try await shows(part.map { elements[$0] })) }
        return Minimum(elements: search.smallest.map { elements[$0] }, trials: search.trials)
    }
}

extension DeltaDebugging {
    /// The search as a state machine: it says which part to try next and is told whether that shows.
    package struct Search {
        /// The smallest part known to show, as places of the list.
        package private(set) var smallest: [Int]
        /// How many parts were tried.
        package private(set) var trials = 0
        /// The part to try next, `nil` at the end.
        package private(set) var next: [Int]?

        /// Into how many chunks the smallest part is cut.
        private var granularity = 2
        /// The number of the trial within the round: first each chunk, then what is left without each.
        private var step = 0

        /// Begins with the whole of a list.
        package init(count: Int) {
            smallest = Array(0..<count)
            advance()
        }

        /// Takes in whether the part of ``next`` shows, and sets the next one.
        ///
        /// - Precondition: The search has not ended.
        package mutating func record(_ shows: Bool) {
            guard let part = next else { preconditionFailure("the search has ended") }
            trials += 1
            guard shows else {
                step += 1
                return advance()
            }
            let isChunk = step < granularity
            smallest = part
            // A chunk that shows is cut in two again; what is left without one keeps the size of the chunks.
            granularity = isChunk ? 2 : max(granularity - 1, 2)
            step = 0
            advance()
        }

        private mutating func advance() {
            while true {
                guard smallest.count > 1 else {
                    next = nil
                    return
                }
                granularity = min(granularity, smallest.count)
                // In two halves what is left without the one is the other.
                let steps = granularity == 2 ? 2 : 2 * granularity
                if step < steps {
                    next = part
                    return
                }
                guard granularity < smallest.count else {
                    next = nil
                    return
                }
                granularity *= 2
                step = 0
            }
        }

        private var part: [Int] {
            let chunk = step % granularity
            let range = chunk * smallest.count / granularity..<(chunk + 1) * smallest.count / granularity
            guard step >= granularity else { return Array(smallest[range]) }
            return Array(smallest[..<range.lowerBound] + smallest[range.upperBound...])
        }
    }
}
