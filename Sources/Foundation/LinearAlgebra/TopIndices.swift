/// Returns the indices of the highest scores, best first.
///
/// The order is that of a stable descending sort: equal scores keep the order of their indices, and −0 equals 0.
/// A NaN is never ranked, so that it can mark an element as absent; infinities are ranked like other numbers.
///
/// A bounded heap keeps the best seen so far with the worst of them on top, so that almost every element of a long
/// input costs one comparison.
///
/// - Parameters:
///   - scores: The scores.
///   - count: The most indices that are returned.
/// - Returns: `count` indices, fewer where there are fewer scores that are numbers.
/// - Precondition: `count` is not negative.
/// - Complexity: O(*n* log `count`) at worst, O(*n* + `count`²) expected in random order.
package func topIndices(of scores: UnsafeBufferPointer<Float>, count: Int) -> [Int] {
    precondition(count >= 0, "\(count) indices")
    guard count > 0, !scores.isEmpty else { return [] }
    var heap: [ScoredIndex] = []
    heap.reserveCapacity(min(count, scores.count))

    var index = 0
    while index < scores.count, heap.count < count {
        if !scores[index].isNaN {
            heap.append(ScoredIndex(score: scores[index], index: index))
        }
        index += 1
    }
    heap.withUnsafeMutableBufferPointer { heap in
        for root in (0..<heap.count / 2).reversed() {
            siftDown(heap, from: root)
        }
        guard index < scores.count else { return }
        var threshold = heap[0].score
        while index < scores.count {
            // Strictly higher only: of equal scores the earlier index stays. False for a NaN.
            if scores[index] > threshold {
                heap[0] = ScoredIndex(score: scores[index], index: index)
                siftDown(heap, from: 0)
                threshold = heap[0].score
            }
            index += 1
        }
    }
    heap.sort { $1.isWorse(than: $0) }
    return heap.map(\.index)
}

private struct ScoredIndex {
    var score: Float
    var index: Int

    @inline(__always)
    func isWorse(than other: ScoredIndex) -> Bool {
        score < other.score || (score == other.score && index > other.index)
    }
}

private func siftDown(_ heap: UnsafeMutableBufferPointer<ScoredIndex>, from start: Int) {
    var parent = start
    let moving = heap[start]
    while true {
        var child = 2 * parent + 1
        guard child < heap.count else { break }
        if child + 1 < heap.count, heap[child + 1].isWorse(than: heap[child]) {
            child += 1
        }
        guard heap[child].isWorse(than: moving) else { break }
        heap[parent] = heap[child]
        parent = child
    }
    heap[parent] = moving
}
