import DatabaseHarness
import Domain
import PostgresClient
import PostgresStore
import PostgresTestSupport
import RecommendationEngine
import Synchronization
import Testing

extension PostgresTests {
    struct PostgresRecommendationStoreTests {
        private func landed(_ address: PostgresAddress, _ sessions: SessionID...) async throws -> [RecommendationRow] {
            try await RowReader(address).rows(of: sessions).map(\.row)
        }

        @Test func `reads the history newest first, of the same moment the later recorded first`() async throws {
            let address = try await freshDatabase()
            let recording = recorded(session(), at: [5, 9, 9, 1, 9])
            try await Seeder(address, seed: 7).insert([recording, recorded(session(2), at: [100])])
            let store = PostgresRecommendationStore(address)
            let history = try await store.sessionInputs(of: session(), historyLimit: 4).history
            #expect(history == recording.history(limit: 4))
            #expect(history.map(\.movie) == ["m5", "m3", "m2", "m1"])
        }

        @Test func `offers the first movies of the catalogue less those of phase 1`() async throws {
            let address = try await freshDatabase()
            let seeder = Seeder(address, seed: 7)
            try await seeder.loadCatalogue(catalogue(30))
            try await seeder.insert([recorded(session(), at: [1], phase1: ["f2", "f11", "other"])])
            let store = PostgresRecommendationStore(address)
            let expected = (1...12).filter { $0 != 2 && $0 != 11 }.map { MovieID("f\($0)") }
            #expect(try await store.candidates(for: session(), limit: 12) == expected)
            #expect(try await store.candidates(for: session(2), limit: 10_000).count == 30)
        }

        @Test func `replaces both sets, and leaves other phases and sessions alone`() async throws {
            let address = try await freshDatabase()
            let store = PostgresRecommendationStore(address)
            let others = [
                rows(.svd, phase: 1, prefix: "phase1-"), rows(.svd, of: session(2), prefix: "other-"),
            ]
            for set in others {
                try await store.replaceRecommendations(session: set[0].session, phase: set[0].phase, svd: set, p5: [])
            }
            let (oldSVD, oldP5) = (rows(.svd, prefix: "old-"), rows(.p5, prefix: "old-"))
            try await store.replaceRecommendations(session: session(), phase: 2, svd: oldSVD, p5: oldP5)
            #expect(try await landed(address, session(), session(2)) == others[0] + oldSVD + oldP5 + others[1])
            let new = rows(.svd, count: 3)
            try await store.replaceRecommendations(session: session(), phase: 2, svd: new, p5: [])
            #expect(try await landed(address, session(), session(2)) == others[0] + new + others[1])
            try await store.replaceRecommendations(session: session(), phase: 2, svd: [], p5: [])
            #expect(try await landed(address, session()) == others[0])
        }

        @Test(arguments: WriteBoundary.passedByStore, [true, false])
        func `a connection that ends at a boundary leaves the old sets or the new`(
            boundary: WriteBoundary,
            hasOldSet: Bool
        ) async throws {
            let address = try await freshDatabase()
            let rowReader = RowReader(address)
            let store = PostgresRecommendationStore(address)
            if hasOldSet {
                try await store.replaceRecommendations(
                    session: session(),
                    phase: 2,
                    svd: rows(.svd, prefix: "old-"),
                    p5: rows(.p5, prefix: "old-")
                )
            }
            let before = try await rowReader.rows(of: [session()])
            #expect(before.count == (hasOldSet ? 20 : 0))
            let terminated = Mutex(0)
            let faulty = store.observing { progress in
                #expect(progress.session == session() && progress.phase == 2)
                guard progress.boundary == boundary else { return }
                let isGone = try await rowReader.terminateBackend(progress.backendPID)
                terminated.withLock { $0 += isGone ? 1 : 0 }
            }
            let (svd, p5) = (rows(.svd), rows(.p5))
            let outcome = await Result {
                try await faulty.replaceRecommendations(session: session(), phase: 2, svd: svd, p5: p5)
            }
            #expect(terminated.withLock { $0 } == 1)
            let after = try await rowReader.rows(of: [session()])
            if boundary == .afterCommit {
                #expect(throws: Never.self) { try outcome.get() }
                #expect(after.map(\.row) == svd + p5)
            } else {
                let error = try #require(throws: PostgresError.self) { try outcome.get() }
                #expect(error.code == .connectionLost)
                #expect(after == before)
            }
            // The next use reconnects.
            try await store.replaceRecommendations(session: session(), phase: 2, svd: svd, p5: p5)
            #expect(try await rowReader.rows(of: [session()]).map(\.row) == svd + p5)
        }

        @Test(arguments: [WriteBoundary.beforeTransaction, .betweenSets, .beforeCommit])
        func `an error at a boundary undoes the write and keeps the connection`(boundary: WriteBoundary)
            async throws
        {
            struct Fault: Error {}
            let address = try await freshDatabase()
            let processes = Mutex<Set<Int>>([])
            let isFaulty = Mutex(true)
            let store = PostgresRecommendationStore(pool: PostgresPool(address, size: 1)) { progress in
                processes.withLock { _ = $0.insert(progress.backendPID) }
                if progress.boundary == boundary, isFaulty.withLock({ $0 }) { throw Fault() }
            }
            await #expect(throws: Fault.self) {
                try await store.replaceRecommendations(session: session(), phase: 2, svd: rows(.svd), p5: rows(.p5))
            }
            #expect(try await landed(address, session()).isEmpty)
            isFaulty.withLock { $0 = false }
            try await store.replaceRecommendations(session: session(), phase: 2, svd: rows(.svd), p5: rows(.p5))
            #expect(try await landed(address, session()).count == 20)
            #expect(processes.withLock { $0.count } == 1)
        }

        @Test func `nobody sees the new sets before the commit`() async throws {
            let address = try await freshDatabase()
            let rowReader = RowReader(address)
            let store = PostgresRecommendationStore(address) { progress in
                let count = try await rowReader.rows(of: [session()]).count
                #expect(count == (progress.boundary == .afterCommit ? 20 : 0), "at \(progress.boundary)")
            }
            try await store.replaceRecommendations(session: session(), phase: 2, svd: rows(.svd), p5: rows(.p5))
        }

        @Test func `writers of one session wait for each other, and one whole set remains`() async throws {
            let address = try await freshDatabase()
            let store = PostgresRecommendationStore(address) { progress in
                if progress.boundary == .betweenSets { try await Task.sleep(for: .milliseconds(5)) }
            }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for writer in 1...8 {
                    group.addTask {
                        let id = session(writer % 2)
                        try await store.replaceRecommendations(
                            session: id,
                            phase: 2,
                            svd: rows(.svd, of: id, prefix: "w\(writer)-"),
                            p5: rows(.p5, of: id, prefix: "w\(writer)-")
                        )
                    }
                }
                try await group.waitForAll()
            }
            for id in [session(0), session(1)] {
                let remaining = try await landed(address, id)
                #expect(remaining.count == 20)
                #expect(Set(remaining.map { $0.movie.text.split(separator: "-")[0] }).count == 1)
            }
        }

        @Test func `awkward ids and scores land as they are`() async throws {
            let address = try await freshDatabase()
            let ids = ["0318", "318.0", "it's", "\"", "\\", "千 🎬", "\u{1}\t\n", "{1,2}", "", "NULL"]
            let scores: [Double] = [
                .nan, .infinity, -.infinity, -0.0, .leastNonzeroMagnitude, 1e308, 0.1, -1, 7.31, 1 / 3,
            ]
            let set = zip(ids, scores).enumerated()
                .map { index, pair in
                    RecommendationRow(
                        session: session(),
                        movie: MovieID(pair.0),
                        score: pair.1,
                        model: .p5,
                        phase: 2,
                        rank: index + 1,
                        displayOrder: nil
                    )
                }
            let store = PostgresRecommendationStore(address)
            try await store.replaceRecommendations(session: session(), phase: 2, svd: [], p5: set)
            let back = try await landed(address, session())
            #expect(back.map(\.movie.text) == ids)
            #expect(back.map(\.score.description) == scores.map(\.description))
        }

        @Test func `big sets land in the same few statements`() async throws {
            let address = try await freshDatabase()
            let store = PostgresRecommendationStore(address)
            let set = rows(.svd, count: 10_000)
            try await store.replaceRecommendations(session: session(), phase: 2, svd: set, p5: rows(.p5, count: 10_000))
            let back = try await landed(address, session())
            #expect(back.count == 20_000)
            #expect(Array(back.prefix(10_000)) == set)
        }

        @Test func `a movie id that the database cannot hold undoes the write`() async throws {
            let address = try await freshDatabase()
            let store = PostgresRecommendationStore(address)
            try await store.replaceRecommendations(session: session(), phase: 2, svd: rows(.svd), p5: [])
            let error = try await #require(throws: PostgresError.self) {
                try await store.replaceRecommendations(
                    session: session(),
                    phase: 2,
                    svd: rows(.svd, prefix: "new-"),
                    p5: rows(.p5, prefix: "a\0b")
                )
            }
            #expect(error.code == .statementFailed)
            #expect(try await landed(address, session()) == rows(.svd))
        }

        @Test func `what belongs to a session and what all share is read apart`() async throws {
            let address = try await freshDatabase()
            let seeder = Seeder(address, seed: 7)
            try await seeder.loadCatalogue(catalogue(30))
            let recording = recorded(session(), at: [5, 9, 1], phase1: ["f2", "f11", "other"])
            try await seeder.insert([recording, recorded(session(2), at: [1])])
            let store = PostgresRecommendationStore(address)
            let inputs = try await store.sessionInputs(of: session(), historyLimit: 2)
            #expect(inputs.history == recording.history(limit: 2))
            #expect(Set(inputs.phase1Movies) == ["f2", "f11", "other"])
            let movies = try await store.catalogue(limit: 12)
            #expect(movies.movies == (1...12).map { MovieID("f\($0)") })
            #expect(try await store.catalogueFingerprint(limit: 12) == movies.fingerprint)
        }

        @Test(
            arguments: [
                ("INSERT INTO phase2_movies (id, created_at) VALUES ('new', '2001-01-01')", true),
                ("DELETE FROM phase2_movies WHERE id = 'f3'", true),
                ("UPDATE phase2_movies SET id = 'f3b' WHERE id = 'f3'", true),
                ("UPDATE phase2_movies SET created_at = created_at + interval '10 days' WHERE id = 'f3'", true),
                ("UPDATE phase2_movies SET id = ',f3' WHERE id = 'f3'", true),
                ("UPDATE phase2_movies SET title = 'Another'", false),
                ("INSERT INTO phase2_movies (id, created_at) VALUES ('late', '2100-01-01')", false),
            ]
        )
        func `the fingerprint tells every change of the first movies`(change: String, matters: Bool) async throws {
            let address = try await freshDatabase()
            try await Seeder(address, seed: 7).loadCatalogue(catalogue(8))
            let store = PostgresRecommendationStore(address)
            let before = try await store.catalogueFingerprint(limit: 8)
            try await PostgresConnection.open(address).execute(script: change)
            #expect((try await store.catalogueFingerprint(limit: 8) != before) == matters)
        }

        @Test func `an empty catalogue has a fingerprint too`() async throws {
            let store = PostgresRecommendationStore(try await freshDatabase())
            let movies = try await store.catalogue(limit: 8)
            #expect(movies.movies.isEmpty)
            #expect(movies.fingerprint.count == 64)
        }

        @Test(arguments: [true, false])
        func `a write that ends while it waits for another leaves the earlier sets`(isCancelled: Bool) async throws {
            let address = try await freshDatabase()
            let store = PostgresRecommendationStore(pool: PostgresPool(address, size: 1))
            let old = rows(.svd, prefix: "old-")
            try await store.replaceRecommendations(session: session(), phase: 2, svd: old, p5: rows(.p5))
            let other = PostgresRecommendationStore(address) { progress in
                guard progress.boundary == .beforeCommit else { return }
                // The other writer holds the lock here.
                let task = Task {
                    try await store.replaceRecommendations(session: session(), phase: 2, svd: rows(.svd), p5: [])
                }
                let waiting = try await waitingBackend(address)
                if isCancelled {
                    task.cancel()
                } else {
                    #expect(try await RowReader(address).terminateBackend(waiting))
                }
                let result = await task.result
                let error = try #require(throws: PostgresError.self) { try result.get() }
                #expect(error.code == (isCancelled ? .statementCancelled : .connectionLost))
                throw error
            }
            await #expect(throws: PostgresError.self) {
                try await other.replaceRecommendations(session: session(), phase: 2, svd: rows(.svd), p5: [])
            }
            #expect(try await landed(address, session()) == old + rows(.p5))
            // The pool's next connection is a sound one.
            try await store.replaceRecommendations(session: session(), phase: 2, svd: rows(.svd), p5: [])
            #expect(try await landed(address, session()) == rows(.svd))
        }

        /// The server process that waits for its turn to write the sets of the session.
        private func waitingBackend(_ address: PostgresAddress) async throws -> Int {
            let connection = try await PostgresConnection.open(address)
            while true {
                let rows = try await connection.query(
                    """
                    SELECT pid::bigint FROM pg_locks
                    WHERE locktype = 'advisory' AND NOT granted AND (classid::bigint << 32 | objid::bigint)
                        = hashtextextended('recommendations'::regclass::oid::text || $1, 2)
                    """,
                    [.session(session())]
                )
                if let row = rows.first { return try row.value(0) }
                try await Task.sleep(for: .milliseconds(5))
            }
        }

        @Test func `a phase that the column cannot hold is the database's error`() async throws {
            let address = try await freshDatabase()
            let phase = Int(Int32.max) + 1
            let error = try await #require(throws: PostgresError.self) {
                try await PostgresRecommendationStore(address)
                    .replaceRecommendations(
                        session: session(),
                        phase: phase,
                        svd: rows(.svd, phase: phase),
                        p5: []
                    )
            }
            #expect(error.sqlState == "22003")
        }
    }
}

extension Result where Failure == any Error {
    fileprivate init(_ body: () async throws -> Success) async {
        do {
            self = .success(try await body())
        } catch {
            self = .failure(error)
        }
    }
}
