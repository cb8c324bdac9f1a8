import Domain
import Testing

@testable import ServiceUnderTest

/// Whose rows are read when.
struct RowReadsTests {
    /// The reads of one plan's requests.
    private final class Reads {
        private var reads: RowReads

        init(_ requests: String) throws {
            var harness = ProcessHarness()
            harness.requests = requests
            reads = RowReads(try harness.plan())
        }

        var closed: Int { reads.closed }
        var isIdle: Bool { reads.isIdle }

        func delivery(of index: Int) { reads.delivery(of: index) }
        func ended(_ index: Int) { reads.ended(index) }
        func answered(_ number: Int) -> RowReads.Read? { reads.answered(number) }

        func next(mayDeliver: Bool = true, isApart: (Int) -> Bool = { _ in false }) -> RowQuestion? {
            reads.nextQuestion(mayDeliver: mayDeliver, isApart: isApart)
        }
    }

    @Test("requests that are to be sent are asked for together, unless ratings are written")
    func together() throws {
        let reads = try Reads("[{at: 1s, session: [1, 2, 3]}]")
        for index in 0..<3 { reads.delivery(of: index) }
        #expect(reads.next(mayDeliver: false) == nil)
        let question = try #require(reads.next())
        #expect(question.isBefore && question.requests == [1, 2, 3] && question.sessions.count == 3)
        #expect(reads.next() == nil)
        #expect(reads.answered(question.number)?.indices == [0, 1, 2])
        #expect(reads.answered(question.number) == nil)
        #expect(reads.closed == 0)
    }

    @Test("a session's next request waits until what the last one left has been read")
    func waits() throws {
        let reads = try Reads("[{at: 1s, session: 1}, {at: 2s, session: 1}, {at: 3s, session: 2}]")
        reads.ended(0)
        reads.delivery(of: 1)
        reads.delivery(of: 2)
        let after = try #require(reads.next())
        #expect(!after.isBefore && after.requests == [1])
        #expect(reads.next()?.requests == [3])
        #expect(reads.next() == nil)
        _ = reads.answered(after.number)
        #expect(reads.closed == 1)
        #expect(reads.next()?.requests == [2])
    }

    @Test("requests whose rows may come late are asked for one by one, all others together")
    func apart() throws {
        let reads = try Reads("[{at: 1s, session: [1, 2, 3, 4]}]")
        for index in 0..<4 { reads.ended(index) }
        var asked: [[Int]] = []
        while let question = reads.next(isApart: { $0 == 1 }) {
            asked.append(question.requests)
        }
        #expect(asked == [[1], [2], [3, 4]])
    }

    @Test("a request that has its outcome before it was sent is not sent any more")
    func ended() throws {
        let reads = try Reads("[{at: 1s, session: 1}]")
        reads.delivery(of: 0)
        reads.ended(0)
        let question = try #require(reads.next())
        #expect(!question.isBefore)
        _ = reads.answered(question.number)
        #expect(reads.next() == nil && reads.isIdle)
    }
}
