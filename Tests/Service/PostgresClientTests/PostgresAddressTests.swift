import PostgresClient
import Testing

struct PostgresAddressTests {
    @Test(arguments: [
        ("postgresql://ada:hunter2@db.example:6543/movies", "dbname=movies host=db.example port=6543 user=ada"),
        ("host=/tmp/x dbname='two words' password=hunter2", "dbname='two words' host=/tmp/x"),
        ("postgres:///movies?host=/run/pg&password=hunter2", "dbname=movies host=/run/pg"),
    ])
    func `describes an address without its password`(text: String, description: String) throws {
        let address = try PostgresAddress(text)
        #expect(address.description == description)
        #expect("\([address])".contains("hunter2") == false)
    }

    @Test(arguments: [
        "", "hunter2", "host", "postgresql://ada:hunter%zz@db/movies", "host=db pass=hunter2", "host='db hunter2",
        "postgresql://db:hunter2/movies", "host=a\0b",
    ])
    func `refuses what is no address without repeating it`(text: String) throws {
        let error = try #require(throws: PostgresError.self) {
            let address = try PostgresAddress(text)
            Issue.record("accepted as \(address)")
        }
        #expect(error.code == .badAddress)
        #expect(!error.description.contains("hunter"))
        #expect(!error.description.contains("\n"))
        #expect(error.description.contains("postgresql://user@host"))
    }

    @Test(arguments: ["\n", "\r\n", " ", "\t\n", "\u{A0}"])
    func `white space around an address is no part of it`(space: String) throws {
        let url = "postgresql://ada@db.example/movies"
        #expect(try PostgresAddress(space + url + space) == PostgresAddress(url))
        let pairs = "host=db.example dbname=movies user=ada"
        #expect(try PostgresAddress(pairs + space) == PostgresAddress(pairs))
        #expect(try PostgresAddress("host=a dbname=two\\ ").description == "dbname='two ' host=a")
    }

    @Test(arguments: [
        ("\"postgresql://ada:hunter2@db/movies\"", "quotation mark"),
        ("'postgresql://ada:hunter2@db/movies'", "quotation mark"),
        ("postgresql+asyncpg://ada:hunter2@db/movies", "its scheme is postgresql+asyncpg://"),
        ("jdbc:postgresql://db/movies?password=hunter2", "its scheme is not postgresql://"),
        ("mysql://ada:hunter2@db/movies", "its scheme is mysql://"),
        (
            "postgresql://ada:hunter2@db/movies?pgbouncer=true&connection_limit=1",
            "\"pgbouncer\" is a setting of Prisma"
        ),
        ("postgresql://ada:hunter2@db/movies?schema=movies", "options=-csearch_path%3D"),
    ])
    func `what other programs do to an address is told by its cause`(text: String, cause: String) throws {
        let error = try #require(throws: PostgresError.self) { try PostgresAddress(text) }
        #expect(error.code == .badAddress)
        #expect(error.description.contains(cause), "\(error)")
        #expect(!error.description.contains("hunter"))
    }

    @Test(arguments: [
        ("host=127.0.0.1 port=1 user=ada password=hunter2 dbname=x", ["127.0.0.1:1", "onnection refused"]),
        ("host=/nonexistent/folder user=ada dbname=x", ["/nonexistent/folder/.s.PGSQL.5432", "No such file"]),
        ("host=no-such-host.invalid user=ada dbname=x", ["no-such-host.invalid"]),
    ])
    func `an unreachable server is named with what to do`(text: String, parts: [String]) async throws {
        let address = try PostgresAddress(text)
        let error = try await #require(throws: PostgresError.self) { try await PostgresConnection.open(address) }
        #expect(error.code == .unreachable)
        for part in parts + ["start that server or give another address"] {
            #expect(error.description.contains(part), "\(error)")
        }
        #expect(!error.description.contains("\n"))
        #expect(!error.description.contains("hunter2"))
    }
}
