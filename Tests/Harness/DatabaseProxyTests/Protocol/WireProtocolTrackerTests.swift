import DatabaseProxy
import Domain
import Testing

struct WireProtocolTrackerTests {
    private static let insert = "INSERT INTO recommendations (session_id) SELECT $1::uuid"
    private let session = SessionID("96ab4ac1-85d6-595e-ac83-1e80f61fe61d")!
    private let other = SessionID("00000000-0000-4000-8000-000000000001")!

    private var lock: [UInt8] {
        Wire.statement("SELECT pg_advisory_xact_lock(hashtextextended($1, 2))", [Array(session.text.utf8)])
    }

    /// The whole write of a request, as it stands in one segment of a pipeline.
    private var write: [UInt8] {
        Wire.statement("BEGIN") + lock + Wire.statement("DELETE FROM recommendations WHERE session_id = $1::uuid")
            + Wire.statement(Self.insert) + Wire.statement(Self.insert) + Wire.statement("COMMIT") + Wire.sync
    }

    @Test func `a pipelined write passes its boundaries in order`() throws {
        var tracker = WireProtocolTracker()
        let crossings = try tracker.sends(write)
        #expect(crossings.map(\.boundary) == [.beforeTransaction, .beforeFirstSet, .betweenSets, .beforeCommit])
        let answer = ["BEGIN", "SELECT 1", "DELETE 20", "INSERT 0 10", "INSERT 0 10", "COMMIT"]
            .flatMap { Wire.complete($0) }
        #expect(try tracker.receives(answer + Wire.ready).map(\.boundary) == [.afterCommit])
    }

    @Test func `a session that is looked for marks the transaction from its first statement on`() throws {
        var tracker = WireProtocolTracker()
        let crossings = try tracker.sends(write, lookingFor: [session, other])
        #expect(crossings.map(\.session) == [nil, session, session, session, session])
        #expect(crossings.filter(\.isLate).map(\.boundary) == [.beforeTransaction])
    }

    @Test(arguments: [
        Array("96AB4AC1-85D6-595E-AC83-1E80F61FE61D".utf8),
        [0x96, 0xAB, 0x4A, 0xC1, 0x85, 0xD6, 0x59, 0x5E, 0xAC, 0x83, 0x1E, 0x80, 0xF6, 0x1F, 0xE6, 0x1D],
    ])
    func `a session is found in upper case and in its binary form`(parameter: [UInt8]) throws {
        var tracker = WireProtocolTracker()
        let bytes = Wire.statement("SELECT movie_id FROM movie_ratings WHERE session_id = $1", [parameter])
        _ = try tracker.sends(bytes, lookingFor: [session])
        #expect(tracker.session == session)
        _ = try tracker.sends(Wire.statement("SELECT id FROM phase2_movies"), lookingFor: [session])
        #expect(tracker.session == nil)
    }

    @Test func `the answer to the reading of ratings is a boundary, also among others in a pipeline`() throws {
        var tracker = WireProtocolTracker()
        _ = try tracker.sends(
            Wire.statement("SELECT set_config('a', 'b', false)")
                + Wire.statement("select rating from public.\"movie_ratings\" where session_id = $1")
                + Wire.statement("SELECT id FROM phase2_movies") + Wire.sync
        )
        #expect(try tracker.receives(Wire.complete("SELECT 1")).isEmpty)
        let crossings = try tracker.receives(Wire.complete("SELECT 13"))
        #expect(crossings.map(\.boundary) == [.afterReading] && crossings.allSatisfy(\.isBehind))
        #expect(try tracker.receives(Wire.complete("SELECT 9066") + Wire.ready).isEmpty)
    }

    @Test(arguments: ["BEGIN TRANSACTION ISOLATION LEVEL READ COMMITTED, READ ONLY", "start transaction read only"])
    func `a transaction that cannot write passes no boundary of writing, and the next one does`(begin: String) throws {
        var tracker = WireProtocolTracker()
        let read = Wire.statement("SELECT rating FROM movie_ratings WHERE session_id = $1")
        let crossings = try tracker.sends(Wire.statement(begin) + read + Wire.statement("COMMIT") + Wire.sync)
        #expect(crossings.isEmpty)
        let answer = ["BEGIN", "SELECT 13", "COMMIT"].flatMap { Wire.complete($0) }
        #expect(try tracker.receives(answer + Wire.ready).map(\.boundary) == [.afterReading])
        let written = try tracker.sends(write)
        #expect(written.map(\.boundary) == [.beforeTransaction, .beforeFirstSet, .betweenSets, .beforeCommit])
        let end = ["BEGIN", "SELECT 1", "DELETE 20", "INSERT 0 10", "INSERT 0 10", "COMMIT"]
            .flatMap { Wire.complete($0) }
        #expect(try tracker.receives(end + Wire.ready).map(\.boundary) == [.afterCommit])
    }

    @Test func `the ratings of a transaction that only reads are those of its session, though its end is sent already`()
        throws
    {
        var tracker = WireProtocolTracker()
        let read = Wire.statement(
            "SELECT rating FROM movie_ratings WHERE session_id = $1",
            [Array(session.text.utf8)]
        )
        _ = try tracker.sends(
            Wire.statement("BEGIN READ ONLY") + read + Wire.statement("COMMIT") + Wire.sync,
            lookingFor: [session]
        )
        let crossings = try tracker.receives(["BEGIN", "SELECT 13", "COMMIT"].flatMap { Wire.complete($0) })
        #expect(crossings.map(\.boundary) == [.afterReading])
        #expect(crossings.map(\.session) == [session])
    }

    @Test func `a statement that is prepared by name counts when it is bound`() throws {
        var tracker = WireProtocolTracker()
        #expect(try tracker.sends(Wire.parse("COMMIT", name: "c") + Wire.sync).isEmpty)
        #expect(try tracker.sends(Wire.bind(name: "c")).map(\.boundary) == [.beforeCommit])
    }

    @Test func `simple queries pass the same boundaries`() throws {
        var tracker = WireProtocolTracker()
        var passed: [WriteBoundary] = []
        let statements = [
            ("begin", "BEGIN"), ("/* a */ " + Self.insert, "INSERT 0 1"), ("-- b\n" + Self.insert, "INSERT 0 1"),
            ("END", "COMMIT"),
        ]
        for (sql, tag) in statements {
            passed += try tracker.sends(Wire.query(sql)).compactMap(\.boundary)
            passed += try tracker.receives(Wire.complete(tag) + Wire.ready).compactMap(\.boundary)
        }
        #expect(passed == [.beforeTransaction, .beforeFirstSet, .betweenSets, .beforeCommit, .afterCommit])
    }

    @Test func `a write without a transaction has its boundaries too`() throws {
        var tracker = WireProtocolTracker()
        let crossings = try tracker.sends(
            Wire.statement("DELETE FROM recommendations WHERE model = 'svd'") + Wire.sync + Wire.statement(Self.insert)
                + Wire.sync + Wire.statement("DELETE FROM recommendations WHERE model = 'p5'") + Wire.sync
                + Wire.statement(Self.insert) + Wire.sync
        )
        #expect(crossings.filter { !$0.isLate }.map(\.boundary) == [.beforeTransaction, .beforeFirstSet, .betweenSets])
    }

    @Test func `statements that commit by themselves are told from those in a transaction, implicit or not`() throws {
        let delete = "DELETE FROM recommendations WHERE model = 'svd'"
        func ownCommits(_ groups: [[String]]) throws -> Int {
            var tracker = WireProtocolTracker()
            var count = 0
            var isOpen = false
            for group in groups {
                for sql in group {
                    _ = try tracker.sends(Wire.statement(sql))
                    if sql == "BEGIN" { isOpen = true }
                    if sql == "COMMIT" { isOpen = false }
                }
                _ = try tracker.sends(Wire.sync)
                let answers = group.flatMap { Wire.complete($0 == "COMMIT" ? "COMMIT" : "INSERT 0 1") }
                let crossings = try tracker.receives(
                    answers + Wire.message("Z", [UInt8(ascii: isOpen ? "T" : "I")])
                )
                count += crossings.count { $0.boundary == nil }
            }
            return count
        }
        #expect(try ownCommits([[delete], [Self.insert], [delete], [Self.insert]]) == 4)
        #expect(try ownCommits([[delete, Self.insert, delete, Self.insert]]) == 1)
        #expect(try ownCommits([["BEGIN"], [delete], [Self.insert], ["COMMIT"]]) == 0)
        #expect(try ownCommits([["BEGIN", delete, Self.insert, "COMMIT"]]) == 0)
        #expect(try ownCommits([["SELECT 1"], [Self.insert], ["SELECT 1"]]) == 1)
    }

    @Test func `a commit that the server answers with a rollback is none`() throws {
        var tracker = WireProtocolTracker()
        _ = try tracker.sends(Wire.statement("BEGIN") + Wire.statement("COMMIT") + Wire.sync)
        #expect(try tracker.receives(Wire.complete("BEGIN") + Wire.complete("ROLLBACK")).isEmpty)
    }

    @Test func `an error skips the answers up to the next Sync`() throws {
        var tracker = WireProtocolTracker()
        _ = try tracker.sends(Wire.statement("BEGIN") + Wire.statement(Self.insert) + Wire.statement("COMMIT"))
        _ = try tracker.sends(Wire.sync + Wire.statement("COMMIT") + Wire.sync)
        let answers = Wire.complete("BEGIN") + Wire.error + Wire.ready + Wire.complete("COMMIT")
        #expect(try tracker.receives(answers).map(\.boundary) == [.afterCommit])
    }

    @Test func `the server process is taken from the key that it sends`() throws {
        var tracker = WireProtocolTracker()
        _ = try tracker.receives(Wire.message("K", Wire.number(4711) + Wire.number(1)))
        #expect(tracker.backendPID == 4711)
    }
}
