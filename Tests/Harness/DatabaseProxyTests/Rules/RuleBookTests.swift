import DatabaseProxy
import Domain
import Testing

struct RuleBookTests {
    private let session = SessionID("96ab4ac1-85d6-595e-ac83-1e80f61fe61d")!

    private func crossings(of boundary: WriteBoundary, session: SessionID? = nil) throws -> [RuleBook.Occasion] {
        var tracker = WireProtocolTracker()
        let parameter = session.map { [Array($0.text.utf8)] } ?? []
        let crossings = try tracker.sends(
            Wire.statement("BEGIN") + Wire.statement("SELECT $1", parameter)
                + Wire.statement("INSERT INTO recommendations SELECT $1") + Wire.statement("COMMIT"),
            lookingFor: Set([session].compactMap(\.self))
        )
        return crossings.filter { $0.boundary == boundary }.map { .boundary($0) }
    }

    @Test func `a rule fires on the occasion that it counts to, and only then`() throws {
        var book = RuleBook(seed: 1)
        let id = book.arm(ProxyRule(.cut, .boundary(.beforeCommit), occurrence: 3), at: .zero)
        let occasion = try #require(try crossings(of: .beforeCommit).first)
        let fired = (1...5).map { _ in book.fires(on: occasion, session: nil, at: .zero) }
        #expect(fired == [[], [], [id], [], []])
    }

    @Test func `a rule without an occurrence fires each time, until it is disarmed`() throws {
        var book = RuleBook(seed: 1)
        let id = book.arm(ProxyRule(.pause, .message(UInt8(ascii: "Q"), .toDatabase), occurrence: nil), at: .zero)
        let occasion = RuleBook.Occasion.message(UInt8(ascii: "Q"), .toDatabase)
        #expect(book.fires(on: occasion, session: nil, at: .zero) == [id])
        #expect(book.fires(on: occasion, session: nil, at: .zero) == [id])
        #expect(book.fires(on: .message(UInt8(ascii: "Q"), .toService), session: nil, at: .zero) == [])
        book.disarm(id)
        #expect(book.fires(on: occasion, session: nil, at: .zero) == [])
    }

    @Test(
        arguments: WriteBoundary.allCases.filter {
            ![.afterCommit, .afterReading, .betweenSets].contains($0)
        }
    )
    func `a rule for a session fires once at a boundary of its own transaction, not of another's`(
        boundary: WriteBoundary
    ) throws {
        var book = RuleBook(seed: 1)
        let id = book.arm(ProxyRule(.cut, .boundary(boundary), aim: .session(session), occurrence: nil), at: .zero)
        let others = try crossings(of: boundary, session: nil)
        #expect(others.flatMap { book.fires(on: $0, session: nil, at: .zero) } == [])
        let own = try crossings(of: boundary, session: session)
        #expect(own.flatMap { book.fires(on: $0, session: session, at: .zero) } == [id])
    }

    @Test func `a rule is in force from its beginning to just before its end`() {
        var book = RuleBook(seed: 1)
        _ = book.arm(
            ProxyRule(.latency(.seconds(1), jitter: .zero), from: .seconds(2), to: .seconds(5)),
            at: .seconds(10)
        )
        let delays = [11, 12, 14, 15].map { book.shape(at: .seconds($0)).delay }
        #expect(delays == [.zero, .seconds(1), .seconds(1), .zero])
    }

    @Test func `bytes are counted to the very one, over segments`() {
        var book = RuleBook(seed: 1)
        let id = book.arm(ProxyRule(.cut, .bytes(10, .toService)), at: .zero)
        #expect(book.fires(afterForwarding: 9, .toService, session: nil, at: .zero) == nil)
        #expect(book.fires(afterForwarding: 100, .toDatabase, session: nil, at: .zero) == nil)
        let last = book.fires(afterForwarding: 5, .toService, session: nil, at: .zero)
        #expect(last?.rule == id && last?.allowed == 1)
        #expect(book.fires(afterForwarding: 100, .toService, session: nil, at: .zero) == nil)
    }

    @Test func `jitter comes from the seed and stays within its range`() {
        func delays(_ seed: UInt64) -> [Duration] {
            var book = RuleBook(seed: seed)
            _ = book.arm(ProxyRule(.latency(.milliseconds(20), jitter: .milliseconds(5))), at: .zero)
            return (0..<100).map { _ in book.shape(at: .zero).delay }
        }
        #expect(delays(7) == delays(7))
        #expect(delays(7) != delays(8))
        #expect(delays(7).allSatisfy { (.milliseconds(20) ... .milliseconds(25)).contains($0) })
        #expect(Set(delays(7)).count > 50)
    }

    @Test func `later bytes never arrive before earlier ones`() {
        var line = DelayLine()
        let slow = line.arrival(of: 10, at: .zero, .init(delay: .seconds(2)))
        let quick = line.arrival(of: 10, at: .milliseconds(1), .init(delay: .zero))
        #expect(slow == .seconds(2) && quick == .seconds(2))
    }

    @Test func `a narrow line carries its bytes one after the other`() {
        var line = DelayLine()
        let shape = RuleBook.Shape(bytesPerSecond: 1_000)
        #expect(line.arrival(of: 500, at: .zero, shape) == .milliseconds(500))
        #expect(line.arrival(of: 500, at: .zero, shape) == .seconds(1))
        #expect(DelayLine.partSize(shape) == 50)
    }
}

extension RuleBook {
    fileprivate typealias Fired = (rule: ProxyRuleID, allowed: Int)
}

private func == (left: RuleBook.Fired?, right: RuleBook.Fired?) -> Bool {
    left?.rule == right?.rule && left?.allowed == right?.allowed
}
