import LinearAlgebra
import Synchronization
import Testing

@Suite("A team of threads")
struct TeamTests {
    @Test(
        "splits work without a gap, at multiples of the step, a part a thread at most",
        arguments: [1, 2, 3, 8],
        [(0, 4), (1, 4), (4, 4), (5, 4), (31, 32), (33, 32), (512, 32), (7, 1)]
    )
    func split(threads: Int, work: (count: Int, step: Int)) {
        let found = Mutex<[(part: Range<Int>, thread: Int)]>([])
        Team(threads: threads)
            .split(work.count, by: work.step) { part, thread in found.withLock { $0.append((part, thread)) } }
        let parts = found.withLock { $0 }.sorted { $0.part.lowerBound < $1.part.lowerBound }
        #expect(parts.flatMap(\.part) == Array(0..<work.count))
        #expect(parts.allSatisfy { $0.part.lowerBound % work.step == 0 && $0.thread < threads })
        #expect(parts.count <= threads && Set(parts.map(\.thread)).count == parts.count)
        #expect(work.count <= work.step * threads || parts.count == threads)
    }

    @Test(
        "gets the threads that pieces at work leave",
        arguments: [(8, 1, 8), (8, 3, 2), (2, 2, 1), (2, 100, 1), (4, 0, 4)]
    )
    func shared(threads: Int, pieces: Int, each: Int) {
        #expect(Team.each(of: threads, among: pieces).threads == each)
    }
}
