import COpenSSL
import ColdstartTestSupport
import Testing

@testable import SecureTransport

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// A client's session against a server's, both in memory: which certificates are accepted, and how a connection ends.
@Suite(.timeLimit(.minutes(10)))
struct TLSSessionTests {
    private let root = TestCertificate("root", isAuthority: true, serial: 1)

    private func context(trusting pem: String) throws -> TLSContext {
        let folder = try TemporaryFolder()
        defer { withExtendedLifetime(folder) {} }
        return try TLSContext(trusting: folder.write(pem, to: "authorities.pem"))
    }

    /// Passes bytes between both until neither sends more.
    ///
    /// - Returns: What the client received.
    private func converse(_ client: TLSSession, _ server: TestServerSession) throws -> String {
        client.send(Array("ping".utf8))
        var received = try client.advance(with: [])
        while case let output = client.takeOutput(), !output.isEmpty {
            received += try client.advance(with: server.advance(with: output).output)
        }
        return String(decoding: received, as: UTF8.self)
    }

    /// Why the client refuses a server.
    private func refusal(of host: String, trusting pem: String, _ server: TestServerSession) throws
        -> TLSFailure.Reason?
    {
        let client = try TLSSession(context: context(trusting: pem), host: host)
        return #expect(throws: TLSFailure.self) { try converse(client, server) }?.reason
    }

    @Test("a chain that ends at a trusted authority is accepted; the name and HTTP/1.1 are asked for")
    func chain() throws {
        let middle = TestCertificate("middle", issuer: root, isAuthority: true)
        let leaf = TestCertificate("leaf", names: "DNS:shop.example", issuer: middle)
        let server = TestServerSession(showing: leaf, chain: [middle])
        let client = try TLSSession(context: context(trusting: root.pem), host: "shop.example")
        #expect(try converse(client, server) == "pong")
        #expect(server.received == Array("ping".utf8))
        #expect(server.indicatedName == "shop.example")
        #expect(server.chosenProtocol == "http/1.1")
        #expect(!client.isClosed)
        #expect(try client.advance(with: server.close()).isEmpty)
        #expect(client.isClosed)
    }

    @Test("a chain with a link missing is refused")
    func gap() throws {
        let middle = TestCertificate("middle", issuer: root, isAuthority: true)
        let leaf = TestCertificate("leaf", names: "DNS:shop.example", issuer: middle)
        let reason = try refusal(of: "shop.example", trusting: root.pem, TestServerSession(showing: leaf))
        #expect(reason == .certificate(X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY))
    }

    @Test("a certificate that is no authority's vouches for nobody")
    func noAuthority() throws {
        let middle = TestCertificate("middle", issuer: root)
        let leaf = TestCertificate("leaf", names: "DNS:shop.example", issuer: middle)
        let server = TestServerSession(showing: leaf, chain: [middle])
        let reason = try refusal(of: "shop.example", trusting: root.pem, server)
        #expect(reason == .certificate(X509_V_ERR_INVALID_CA))
    }

    @Test(
        "names and addresses that the certificate holds are accepted",
        arguments: [
            ("DNS:shop.example", "shop.example"), ("DNS:shop.example", "SHOP.example"),
            ("DNS:shop.example", "shop.example."), ("DNS:*.shop.example", "a.shop.example"),
            ("DNS:xn--bcher-kva.example", "xn--bcher-kva.example"), ("IP:127.0.0.1", "127.0.0.1"),
            ("IP:0:0:0:0:0:0:0:1", "::1"), ("IP:fe80:0:0:0:0:0:0:1", "fe80::1%eth0"),
        ]
    )
    func held(names: String, host: String) throws {
        let server = TestServerSession(showing: TestCertificate("leaf", names: names, issuer: root))
        let client = try TLSSession(context: context(trusting: root.pem), host: host)
        #expect(try converse(client, server) == "pong")
        #expect((server.indicatedName == nil) == names.hasPrefix("IP:"))
    }

    @Test(
        "a name that the certificate does not hold is refused",
        arguments: [
            ("DNS:shop.example", "shop.example.net"), ("DNS:*.shop.example", "shop.example"),
            ("DNS:*.shop.example", "a.b.shop.example"), ("DNS:s*.example", "shop.example"),
            ("DNS:xn--bcher-kva.example", "bucher.example"), ("DNS:shop.example", "leaf"),
        ]
    )
    func wrongName(names: String, host: String) throws {
        let server = TestServerSession(showing: TestCertificate("leaf", names: names, issuer: root))
        let reason = try refusal(of: host, trusting: root.pem, server)
        #expect(reason == .certificate(X509_V_ERR_HOSTNAME_MISMATCH))
    }

    @Test(
        "an address that the certificate does not hold is refused, even where a name looks like it",
        arguments: [("IP:127.0.0.1", "127.0.0.2"), ("DNS:127.0.0.1", "127.0.0.1"), ("IP:127.0.0.1", "::1")]
    )
    func wrongAddress(names: String, host: String) throws {
        let server = TestServerSession(showing: TestCertificate("leaf", names: names, issuer: root))
        let reason = try refusal(of: host, trusting: root.pem, server)
        #expect(reason == .certificate(X509_V_ERR_IP_ADDRESS_MISMATCH))
    }

    @Test(
        "a certificate is refused before and after its time",
        arguments: [(-7_200 ... -3_600, X509_V_ERR_CERT_HAS_EXPIRED), (3_600...7_200, X509_V_ERR_CERT_NOT_YET_VALID)]
    )
    func time(validity: ClosedRange<Int>, expected: Int32) throws {
        let leaf = TestCertificate("leaf", names: "DNS:shop.example", issuer: root, validity: validity)
        let reason = try refusal(of: "shop.example", trusting: root.pem, TestServerSession(showing: leaf))
        #expect(reason == .certificate(expected))
    }

    @Test("an authority that has expired vouches for nobody")
    func expiredAuthority() throws {
        let old = TestCertificate("old", isAuthority: true, validity: -7_200 ... -3_600)
        let leaf = TestCertificate("leaf", names: "DNS:shop.example", issuer: old)
        let reason = try refusal(of: "shop.example", trusting: old.pem, TestServerSession(showing: leaf))
        #expect(reason == .certificate(X509_V_ERR_CERT_HAS_EXPIRED))
    }

    @Test("an authority that is trusted no longer vouches for nobody: taken out, marked, or in its own revocation list")
    func revokedAuthority() throws {
        let leaf = TestCertificate("leaf", names: "DNS:shop.example", issuer: root, serial: 2)
        let other = TestCertificate("other", isAuthority: true)
        let absent = try refusal(of: "shop.example", trusting: other.pem, TestServerSession(showing: leaf))
        #expect(absent == .certificate(X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY))

        let listed = root.pem + root.revocationList(of: 1)
        let revoked = try refusal(of: "shop.example", trusting: listed, TestServerSession(showing: leaf))
        #expect(revoked == .certificate(X509_V_ERR_CERT_REVOKED))

        root.reject()
        let marked = try refusal(of: "shop.example", trusting: root.pem, TestServerSession(showing: leaf))
        #expect(marked == .certificate(X509_V_ERR_CERT_REJECTED))
    }

    @Test("a revocation list counts for what it names, and lists of others are not asked for")
    func revocationList() throws {
        let middle = TestCertificate("middle", issuer: root, isAuthority: true, serial: 2)
        let leaf = TestCertificate("leaf", names: "DNS:shop.example", issuer: middle, serial: 3)
        let server = { TestServerSession(showing: leaf, chain: [middle]) }
        let revoked = try refusal(of: "shop.example", trusting: root.pem + root.revocationList(of: 2), server())
        #expect(revoked == .certificate(X509_V_ERR_CERT_REVOKED))
        let client = try TLSSession(
            context: context(trusting: root.pem + root.revocationList(of: 9)),
            host: "shop.example"
        )
        #expect(try converse(client, server()) == "pong")
    }

    @Test("what is no TLS is told from what is")
    func garbage() throws {
        for text in ["HTTP/1.1 400 Bad Request\r\n\r\n", "pong, and no TLS at all"] {
            let client = try TLSSession(context: context(trusting: root.pem), host: "shop.example")
            _ = try client.advance(with: [])
            let failure = #expect(throws: TLSFailure.self) { try client.advance(with: Array(text.utf8)) }
            #expect(failure?.reason == .notTLS)
        }
    }

    @Test("an alert of the peer is named by its number")
    func alert() throws {
        let client = try TLSSession(context: context(trusting: root.pem), host: "shop.example")
        _ = try client.advance(with: [])
        // A record of type alert, TLS 1.2, two bytes: fatal, handshake_failure (RFC 8446, sections 5.1 and 6).
        let failure = #expect(throws: TLSFailure.self) {
            try client.advance(with: [0x15, 0x03, 0x03, 0x00, 0x02, 0x02, 0x28])
        }
        #expect(failure?.reason == .alert(40))
        #expect(failure?.description.contains("alert 40, handshake failure") == true)
    }

    @Test("bytes may come one by one")
    func slowly() throws {
        let server = TestServerSession(showing: TestCertificate("leaf", names: "DNS:shop.example", issuer: root))
        let client = try TLSSession(context: context(trusting: root.pem), host: "shop.example")
        client.send(Array("ping".utf8))
        var received = try client.advance(with: [])
        while case let output = client.takeOutput(), !output.isEmpty {
            for byte in server.advance(with: output).output { received += try client.advance(with: [byte]) }
        }
        #expect(received == Array("pong".utf8))
    }

    @Test("the system's authorities are those that SSL_CERT_FILE names")
    func systemFile() async throws {
        await #expect(processExitsWith: .success) {
            let root = TestCertificate("root", isAuthority: true)
            let folder = try TemporaryFolder()
            defer { withExtendedLifetime(folder) {} }
            setenv("SSL_CERT_FILE", try folder.write(root.pem, to: "system.pem"), 1)
            let server = TestServerSession(showing: TestCertificate("leaf", names: "DNS:shop.example", issuer: root))
            let client = try TLSSession(context: TLSContext(trusting: nil), host: "shop.example")
            var received = try client.advance(with: [])
            client.send(Array("ping".utf8))
            while case let output = client.takeOutput(), !output.isEmpty {
                received += try client.advance(with: server.advance(with: output).output)
            }
            #expect(received == Array("pong".utf8))
        }
    }
}
