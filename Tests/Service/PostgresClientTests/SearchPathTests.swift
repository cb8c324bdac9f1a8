import DatabaseHarness
import Foundation
import PostgresStore
import PostgresTestSupport
import RecommendationEngine
import Testing

@testable import PostgresClient

struct SearchPathTests {
    @Test(arguments: [
        ("", nil), ("-c search_path=movies", "movies"), ("-csearch_path=movies", "movies"),
        ("--search_path=movies", "movies"),
        ("--search-path=movies", "movies"), ("-c work_mem=1MB", nil), ("-c search_path=a -c SEARCH_PATH=b", "b"),
        ("-c search_path=a,\\ \"B\\ c\"", "a, \"B c\""), ("search_path=movies", nil), ("-c", nil),
    ])
    func `the path that options state is read as the server reads it`(options: String, path: String?) {
        #expect(SearchPath.stated(in: options) == path)
    }

    private static let own = SearchPath.Table(name: "recommendations", schema: "public", isVisible: true)
    private static let hidden = SearchPath.Table(name: "recommendations", schema: "public", isVisible: false)
    private static let role = SearchPath.Table(name: "recommendations", schema: "staging", isVisible: true)

    @Test(arguments: [
        ("movies", "x", [hidden, role], "pg_catalog, movies, pg_temp"),
        (nil, "\"$user\", public", [own], "pg_catalog, public, \"$user\", public, pg_temp"),
        (nil, "", [hidden], "pg_catalog, public, pg_temp"),
        (nil, "staging", [role], "pg_catalog, public, staging, pg_temp"),
        (nil, " ", [], "pg_catalog, public, pg_temp"), (nil, "\"\"", [], "pg_catalog, public, pg_temp"),
    ])
    func `what the address states comes first, then public, then what is the default`(
        stated: String?,
        sessionDefault: String,
        tables: [SearchPath.Table],
        path: String
    ) throws {
        let found = try SearchPath(stated: stated, sessionDefault: sessionDefault, tables: tables, place: "here")
        #expect(found.text == path)
    }

    @Test func `two tables of one name are not chosen from`() throws {
        let error = try #require(throws: PostgresError.self) {
            try SearchPath(stated: nil, sessionDefault: "staging", tables: [Self.role, Self.hidden], place: "here")
        }
        #expect(error.code == .wrongSchema)
        #expect(error.description.contains("options='-c search_path=staging'"))
    }

    @Test(arguments: [
        (7, "coldstart", 0.1, true), (8, "coldstart", 0.1, false), (7, "", 0.1, false), (7, "coldstart", 0.3, false),
        (7, "coldstart", nil, false),
    ])
    func `a session that is another's is told by its process, its name or its age`(
        process: Int,
        application: String,
        age: Double?,
        isOwn: Bool
    ) {
        let found = ServerSession.isOwn(
            named: 7,
            process: process,
            calledItself: "coldstart",
            application: application,
            connected: 0.2,
            age: age
        )
        #expect(found == isOwn)
    }
}

extension PostgresTests {
    struct TablesSchemaTests {
        @Test func `tables are found in public, in the role's schema, or where the address says`() async throws {
            let sandbox = try Sandbox()
            try await ThrowAwayCluster.with(sandbox.options()) { cluster in
                let plain = try await PostgresConnection.open(cluster.address)
                #expect(plain.isOwnSession)
                _ = try await cluster.createSchema("staging", tables: schema)
                try await plain.execute(script: "ALTER ROLE postgres SET search_path = staging")
                // Only the role's schema has them.
                try await Seeder(cluster.address, seed: 1).insert([recorded(session(), at: [1])])
                try await plain.execute(script: schema)
                // Now public has them too, and the role is still led to the others.
                let error = try await #require(throws: PostgresError.self) {
                    try await PostgresConnection.open(cluster.address)
                }
                #expect(error.code == .wrongSchema && error.description.contains("staging"))
                let stated = try PostgresAddress("\(cluster.connectionString) options='-c search_path=staging'")
                let known = try await PostgresRecommendationStore(stated).sessionInputs(of: session(), historyLimit: 9)
                #expect(known.history.count == 1)
                try await plain.execute(script: "ALTER ROLE postgres SET search_path = ''")
                let store = PostgresRecommendationStore(cluster.address)
                #expect(try await store.sessionInputs(of: session(), historyLimit: 9).history.isEmpty)
            }
        }

        @Test func `a temporary table of the same name hides none of the service's`() async throws {
            let address = try await freshDatabase()
            try await Seeder(address, seed: 1).insert([recorded(session(), at: [1])])
            let connection = try await PostgresConnection.open(address)
            try await connection.execute(script: "CREATE TEMP TABLE movie_ratings (n int)")
            let count: Int = try await connection.withTransaction(.read) {
                try await connection.query("SELECT count(*) FROM movie_ratings WHERE movie_id = 'm1'").single()
            }
            #expect(count == 1)
        }
    }
}
