import DatabaseHarness
import Domain
import PostgresClient
import PostgresStore
import PostgresTestSupport
import Testing

extension PostgresTests {
    struct RowReaderTests {
        @Test func `sums up rows and sessions by model and phase`() async throws {
            let address = try await freshDatabase()
            let store = PostgresRecommendationStore(address)
            for number in 1...3 {
                let id = session(number)
                try await store.replaceRecommendations(
                    session: id,
                    phase: 2,
                    svd: rows(.svd, of: id),
                    p5: number == 1 ? rows(.p5, of: id, count: 4) : []
                )
            }
            let rowReader = RowReader(address)
            #expect(
                try await rowReader.summary() == [
                    LandingSummaryLine(model: "svd", phase: 2, rows: 30, sessions: 3),
                    LandingSummaryLine(model: "p5", phase: 2, rows: 4, sessions: 1),
                ]
            )
            #expect(
                try await rowReader.summary(of: [session(2)]) == [
                    LandingSummaryLine(model: "svd", phase: 2, rows: 10, sessions: 1)
                ]
            )
        }

        @Test func `tells rows of known sessions from phantoms`() async throws {
            let address = try await freshDatabase()
            let store = PostgresRecommendationStore(address)
            for number in 1...2 {
                let id = session(number)
                try await store.replaceRecommendations(session: id, phase: 2, svd: rows(.svd, of: id), p5: [])
            }
            let rowReader = RowReader(address)
            #expect(try await rowReader.rows(of: [session(1)]).allSatisfy { $0.row.session == session(1) })
            #expect(
                try await rowReader.reading(ofOthersThan: [session(1)]).rows.map(\.row) == rows(.svd, of: session(2))
            )
            #expect(try await rowReader.reading(ofOthersThan: []).rows.count == 20)
            #expect(try await rowReader.rows(of: []).isEmpty)
        }

        @Test func `a set that is written again has a later time of creation`() async throws {
            let address = try await freshDatabase()
            let (store, rowReader) = (PostgresRecommendationStore(address), RowReader(address))
            var moments: [Timestamp] = []
            for _ in 0..<2 {
                try await store.replaceRecommendations(session: session(), phase: 2, svd: rows(.svd), p5: rows(.p5))
                let created = Set(try await rowReader.rows(of: [session()]).map(\.createdAt))
                #expect(created.count == 1)
                moments += created
            }
            #expect(moments[0] < moments[1])
        }

        @Test func `a visitor sees the display order, or silently the first movies of the catalogue`() async throws {
            let address = try await freshDatabase()
            let rowReader = RowReader(address)
            try await Seeder(address, seed: 1).loadCatalogue(catalogue(30))
            let first = (1...10).map { MovieID("f\($0)") }
            #expect(
                try await rowReader.visitorView(of: session())
                    == VisitorView(session: session(), movies: first, isFallback: true)
            )
            let shown = [(3, "c"), (1, "a"), (2, "b")]
                .map { order, movie in
                    RecommendationRow(
                        session: session(),
                        movie: MovieID(movie),
                        score: 1,
                        model: .svd,
                        phase: 2,
                        rank: 4 - order,
                        displayOrder: order
                    )
                }
            let store = PostgresRecommendationStore(address)
            try await store.replaceRecommendations(session: session(), phase: 2, svd: shown, p5: rows(.p5))
            #expect(
                try await rowReader.visitorView(of: session())
                    == VisitorView(session: session(), movies: ["a", "b", "c"], isFallback: false)
            )
            #expect(try await rowReader.visitorView(of: session(), phase: 1).isFallback)
        }

        @Test func `a process that is not there is not terminated`() async throws {
            let address = try await freshDatabase()
            #expect(try await RowReader(address).terminateBackend(Int(Int32.max)) == false)
        }

        @Test func `rows that are not the service's are left out and said`() async throws {
            let address = try await freshDatabase()
            let connection = try await PostgresConnection.open(address)
            try await connection.execute(
                script: """
                    ALTER TABLE recommendations DROP CONSTRAINT recommendations_model_check, ALTER rank DROP NOT NULL;
                    INSERT INTO recommendations (session_id, movie_id, score, model, phase, rank) VALUES
                    ('\(session())', 'x', 1, 'als', 2, 1), ('\(session())', 'y', 1, 'svd', 2, NULL),
                    ('\(session())', 'z', 1, 'svd', 2, 1);
                    """
            )
            let reading = try await RowReader(address).reading(of: [session()])
            #expect(reading.rows.map(\.row.movie) == ["z"])
            #expect(
                reading.strange == [
                    "session \(session()), movie y: rank is NULL",
                    "session \(session()), movie x: the model \"als\" is neither svd nor p5",
                ]
            )
            #expect(try await RowReader(address).rows(of: [session()]) == reading.rows)
        }

        @Test func `a role sees what row security and its rights allow`() async throws {
            let address = try await freshDatabase()
            let connection = try await PostgresConnection.open(address)
            let rowReader = RowReader(address)
            let store = PostgresRecommendationStore(address)
            try await store.replaceRecommendations(session: session(), phase: 2, svd: rows(.svd), p5: [])
            let schema: String = try await connection.query("SELECT current_schema()::text").single()
            let role = "visitor_\(schema)"
            try await connection.execute(script: "CREATE ROLE \(role); GRANT USAGE ON SCHEMA \(schema) TO \(role)")
            #expect(try await rowReader.reading(of: [session()], as: role).rows.isEmpty)
            #expect(try await rowReader.visitorView(of: session(), as: role).isFallback)

            try await connection.execute(script: "GRANT SELECT ON recommendations TO \(role)")
            #expect(try await rowReader.reading(of: [session()], as: role).rows.count == 10)
            #expect(try await rowReader.visitorView(of: session(), as: role).movies.count == 10)

            try await connection.execute(script: "ALTER TABLE recommendations ENABLE ROW LEVEL SECURITY")
            #expect(try await rowReader.reading(of: [session()], as: role).rows.isEmpty)
            #expect(try await rowReader.rows(of: [session()]).count == 10)
            await #expect { try await rowReader.reading(of: [session()], as: "nobody at all") } throws: { error in
                "\(error)".contains("the role \"nobody at all\" does not exist")
            }
        }
    }
}
