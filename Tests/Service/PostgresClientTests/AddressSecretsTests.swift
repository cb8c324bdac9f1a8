import ColdstartTestSupport
import Domain
import Testing

@testable import PostgresClient

struct AddressSecretsTests {
    @Test(arguments: [
        "postgresql://app:Zebra7@Quokka9@127.0.0.1:1/movies", "postgresql://app:12/Quokka9@127.0.0.1:1/movies",
        "postgresql://app:Zebra7@12?Quokka9@127.0.0.1/movies", "postgresql://my@server:Quokka9@127.0.0.1/movies",
        "postgres://app:Quokka9@x@127.0.0.1", "postgresql://app:Zebra/Quokka9@h1:1,h2:2/movies",
    ])
    func `an address of which libpq would take a part of the password for the host is refused`(text: String) throws {
        let error = try #require(throws: PostgresError.self) { _ = try PostgresAddress(text) }
        #expect(error.code == .badAddress)
        #expect(error.message.contains("in a password @ as %40"))
        #expect(!error.message.contains("Quokka9") && !error.message.contains("Zebra"))
    }

    @Test(arguments: [
        ("postgresql://app:hunter22@db/movies?nonsense=true&other=1", "nonsense"),
        ("host=db connection_limit=1 password=hunter22", "connection_limit"),
    ])
    func `a setting that libpq does not know is named`(text: String, name: String) throws {
        let error = try #require(throws: PostgresError.self) { _ = try PostgresAddress(text) }
        #expect(error.message.contains("libpq knows no setting \"\(name)\""))
        #expect(!error.message.contains("hunter"))
    }

    @Test(arguments: [
        "password=my hunter22=word host=db", "postgresql+asyncpg://app:hunter22@db/movies?a=b",
        "postgresql://app:12/x?hunter=1@db", "password='it''s hunter22' host=db", "host=db password=a hunter22",
    ])
    func `what may be a part of a password is not`(text: String) throws {
        let error = try #require(throws: PostgresError.self) { _ = try PostgresAddress(text) }
        #expect(!error.description.contains("hunter"), "\(error)")
    }

    @Test(arguments: ["postgresql:///movies?user=me@server", "postgresql://db/movies?application_name=a@b"])
    func `an @ in a parameter is none in a password`(text: String) throws {
        _ = try PostgresAddress(text)
    }

    /// An address is refused, or leads where it was meant to with the password that was meant.
    @Test(arguments: 0..<300)
    func `random passwords in an address`(seed: Int) throws {
        var generator = SplitMix64(seed: UInt64(seed))
        let password = Passwords.random(&generator, length: 2...12)
        let encoded = Passwords.percentEncoded(password)
        for text in [
            "postgresql://app:\(encoded)@127.0.0.1:1/movies",
            "postgresql://127.0.0.1:1/movies?user=app&password=\(encoded)",
            "host=127.0.0.1 port=1 user=app dbname=movies password=\(Passwords.quoted(password))",
        ] {
            let address = try PostgresAddress(text)
            #expect(address.settings["password"].map { Array($0.utf8) } == Array(password.utf8))
            #expect(address.settings["host"] == "127.0.0.1")
            #expect("\(address)" == "dbname=movies host=127.0.0.1 port=1 user=app")
            // What a program gets is read as it was meant.
            #expect(try PostgresAddress(address.withSecrets).settings == address.settings)
        }
        do {
            let address = try PostgresAddress("postgresql://app:\(password)@127.0.0.1:1/movies")
            #expect(address.settings["host"] == "127.0.0.1", "\(password)")
            #expect(address.settings["user"] == "app", "\(password)")
            #expect(address.settings["password"] == AddressTextDecoding.decoded(password), "\(password)")
        } catch {
            for part in Self.parts(of: password) { #expect(!error.description.contains(part), "\(password)") }
        }
    }

    /// Whatever a server says, no part of the password is in the error.
    @Test(.timeLimit(.minutes(10)))
    func `a server that repeats the password`() async throws {
        let server = EchoingServer()
        defer { server.stop() }
        for seed in 0..<60 {
            var generator = SplitMix64(seed: UInt64(seed))
            let password = Passwords.random(&generator, length: 3...14)
            let encoded = Passwords.percentEncoded(password)
            let address = try PostgresAddress("postgresql://app:\(encoded)@127.0.0.1:\(server.port)/movies")
            let error = try await #require(throws: PostgresError.self) { try await PostgresConnection.open(address) }
            #expect(error.message.contains("no: ***"), "\(error)")
            for part in Self.parts(of: password) + [encoded] {
                #expect(!error.description.contains(part), "\(part): \(error)")
            }
        }
    }

    /// The password and what a reader would recognise of it: its parts of five and more bytes.
    private static func parts(of password: String) -> [String] {
        [password]
            + password.utf8.split { "@:/?# ".utf8.contains($0) }.filter { $0.count >= 5 }.map { String($0) ?? password }
    }
}

/// A second reading of percent-encoding, after RFC 3986, section 2.1.
private enum AddressTextDecoding {
    static func decoded(_ text: String) -> String {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let first = rest.popFirst() {
            if first == UInt8(ascii: "%"), let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
            {
                bytes.append(value)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(first)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
