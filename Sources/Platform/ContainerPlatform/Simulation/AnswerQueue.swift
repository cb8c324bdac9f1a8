/// The answers of a simulated process in the order in which they are due, as a binary min-heap.
///
/// Answers of one moment come in the order of their requests.
struct AnswerQueue: Sendable {
    /// An answer that is due.
    struct Answer: Sendable {
        /// When it is due.
        let due: Duration
        /// The request's place in the plan.
        let request: Int
        /// The state in which the request was taken.
        let state: RequestState

        fileprivate func isBefore(_ other: Answer) -> Bool {
            due < other.due || (due == other.due && request < other.request)
        }
    }

    private var heap: [Answer] = []

    /// The answer that is due first.
    var first: Answer? { heap.first }

    /// When an answer is due, never where there is none.
    var due: Duration { heap.first?.due ?? .never }

    /// Adds an answer.
    ///
    /// - Complexity: O(log *n*).
    mutating func insert(_ answer: Answer) {
        heap.append(answer)
        var child = heap.count - 1
        while child > 0 {
            let parent = (child - 1) / 2
            guard heap[child].isBefore(heap[parent]) else { return }
            heap.swapAt(child, parent)
            child = parent
        }
    }

    /// Takes the answer that is due first.
    ///
    /// - Precondition: There is one.
    /// - Complexity: O(log *n*).
    mutating func removeFirst() -> Answer {
        heap.swapAt(0, heap.count - 1)
        let first = heap.removeLast()
        var parent = 0
        while true {
            var child = 2 * parent + 1
            guard child < heap.count else { return first }
            if child + 1 < heap.count, heap[child + 1].isBefore(heap[child]) { child += 1 }
            guard heap[child].isBefore(heap[parent]) else { return first }
            heap.swapAt(parent, child)
            parent = child
        }
    }
}
