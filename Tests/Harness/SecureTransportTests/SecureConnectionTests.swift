import ColdstartTestSupport
import NIOCore
import NIOPosix
import NIOSSL
import SecureTransport
import Synchronization
import Testing

/// Exchanges over TLS with a server on this machine.
@Suite(.timeLimit(.minutes(1)))
struct SecureConnectionTests {
    /// Answers `pong` to the first bytes of each connection, then closes or falls silent.
    private func withServer(
        secure: Bool = true,
        closes: Bool = true,
        _ body: (Int) async throws -> Void
    ) async throws {
        let certificate = try NIOSSLCertificate(bytes: Array(TestAuthority.certificate.utf8), format: .pem)
        let key = try NIOSSLPrivateKey(bytes: Array(TestAuthority.key.utf8), format: .pem)
        let context = try NIOSSLContext(
            configuration: .makeServerConfiguration(
                certificateChain: [.certificate(certificate)],
                privateKey: .privateKey(key)
            )
        )
        let server = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    if secure { try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: context)) }
                    try channel.pipeline.syncOperations.addHandler(Pong(closes: closes))
                }
            }
            .bind(host: "127.0.0.1", port: 0)
            .get()
        let port = try #require(server.localAddress?.port)
        let result: Result<Void, any Error>
        do {
            result = .success(try await body(port))
        } catch {
            result = .failure(error)
        }
        try await server.close()
        try result.get()
    }

    private final class Pong: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        private let closes: Bool

        init(closes: Bool) { self.closes = closes }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            context.writeAndFlush(NIOAny(ByteBuffer(string: "pong")), promise: nil)
            if closes { context.close(promise: nil) }
        }
    }

    private func ask(
        _ host: String,
        _ port: Int,
        trusting authorities: String?,
        wanting count: Int = .max,
        within limit: Duration = .seconds(20)
    ) async throws -> String {
        let heard = Mutex<[UInt8]>([])
        try await SecureConnection(trusting: authorities)
            .exchange(host: host, port: port, sending: Array("ping".utf8), within: limit) { bytes in
                heard.withLock {
                    $0 += bytes
                    return $0.count < count
                }
            }
        return String(decoding: heard.withLock { $0 }, as: UTF8.self)
    }

    private func failure(_ body: () async throws -> Void) async -> SecureConnection.Failure? {
        do {
            try await body()
            return nil
        } catch {
            return error as? SecureConnection.Failure
        }
    }

    @Test("a trusted server is heard to its end, by name and by address", arguments: ["localhost", "127.0.0.1"])
    func trusted(host: String) async throws {
        let folder = try TemporaryFolder()
        let authorities = try folder.write(TestAuthority.certificate, to: "authority.pem")
        try await withServer { port in
            let heard = try await ask(host, port, trusting: authorities)
            #expect(heard == "pong")
        }
    }

    @Test("the caller may have heard enough before the peer closes")
    func enough() async throws {
        let folder = try TemporaryFolder()
        let authorities = try folder.write(TestAuthority.certificate, to: "authority.pem")
        try await withServer(closes: false) { port in
            let heard = try await ask("localhost", port, trusting: authorities, wanting: 4)
            #expect(heard == "pong")
        }
    }

    @Test("a server that nobody vouches for is not talked to")
    func untrusted() async throws {
        try await withServer { port in
            let failure = await failure { _ = try await ask("localhost", port, trusting: nil) }
            guard case .broken(let reason) = failure else {
                Issue.record("expected a broken connection, found \(String(describing: failure))")
                return
            }
            #expect(reason.contains("CERTIFICATE_VERIFY_FAILED"))
        }
    }

    @Test("a server without TLS, a silent one and none at all are told apart")
    func others() async throws {
        let folder = try TemporaryFolder()
        let authorities = try folder.write(TestAuthority.certificate, to: "authority.pem")
        try await withServer(secure: false) { port in
            let failure = await failure { _ = try await ask("localhost", port, trusting: authorities) }
            guard case .broken = failure else {
                Issue.record("expected a broken connection, found \(String(describing: failure))")
                return
            }
        }
        var freed = 0
        try await withServer(closes: false) { port in
            freed = port
            let failure = await failure {
                _ = try await ask("localhost", port, trusting: authorities, within: .milliseconds(300))
            }
            #expect(failure == .outOfTime)
        }
        let refusal = await failure { _ = try await ask("127.0.0.1", freed, trusting: authorities) }
        #expect(refusal == .refused)
    }

    @Test("a file of authorities that is none is named")
    func noAuthorities() async {
        let failure = await failure { _ = try SecureConnection(trusting: "/nowhere.pem") }
        #expect(failure == .broken("the certificates in /nowhere.pem cannot be read"))
    }
}
