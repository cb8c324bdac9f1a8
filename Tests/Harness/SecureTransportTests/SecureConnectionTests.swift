import ColdstartTestSupport
import NIOCore
import NIOPosix
import SecureTransport
import Synchronization
import Testing

/// Exchanges over TLS with a server on this machine.
@Suite(.timeLimit(.minutes(10)))
struct SecureConnectionTests {
    /// What a server does after its answer.
    private enum End {
        /// Sends `close_notify` and closes.
        case closeNotify
        /// Closes without `close_notify`.
        case cut
        /// Keeps the connection open.
        case silence
    }

    /// Serves a certificate for `localhost` and 127.0.0.1 and answers `pong` to the first bytes of each connection.
    private func withServer(
        plainAnswer: String? = nil,
        then end: End = .closeNotify,
        _ body: (_ port: Int, _ authorities: String) async throws -> Void
    ) async throws {
        let folder = try TemporaryFolder()
        defer { withExtendedLifetime(folder) {} }
        let root = TestCertificate("root", isAuthority: true)
        let authorities = try folder.write(root.pem, to: "authority.pem")
        let certificate = TestCertificate("server", names: "DNS:localhost,IP:127.0.0.1", issuer: root)
        let server = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let pong =
                        if let plainAnswer {
                            Pong(session: nil, plainAnswer: Array(plainAnswer.utf8), end: end)
                        } else {
                            Pong(session: TestServerSession(showing: certificate), plainAnswer: [], end: end)
                        }
                    try channel.pipeline.syncOperations.addHandler(pong)
                }
            }
            .bind(host: "127.0.0.1", port: 0)
            .get()
        let port = try #require(server.localAddress?.port)
        let result: Result<Void, any Error>
        do {
            result = .success(try await body(port, authorities))
        } catch {
            result = .failure(error)
        }
        try await server.close()
        try result.get()
    }

    private final class Pong: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        private let session: TestServerSession?
        private let plainAnswer: [UInt8]
        private let end: End

        init(session: TestServerSession?, plainAnswer: [UInt8], end: End) {
            self.session = session
            self.plainAnswer = plainAnswer
            self.end = end
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            let bytes = Array(unwrapInboundIn(data).readableBytesView)
            let (output, hasAnswered) = session?.advance(with: bytes) ?? (plainAnswer, true)
            if !output.isEmpty { context.writeAndFlush(NIOAny(ByteBuffer(bytes: output)), promise: nil) }
            guard hasAnswered, end != .silence else { return }
            if end == .closeNotify, let notice = session?.close() {
                context.writeAndFlush(NIOAny(ByteBuffer(bytes: notice)), promise: nil)
            }
            context.close(promise: nil)
        }
    }

    private func ask(
        _ host: String,
        _ port: Int,
        trusting authorities: String?,
        wanting count: Int = .max,
        within limit: Duration = .seconds(20)
    ) async throws -> String {
        let received = Mutex<[UInt8]>([])
        try await SecureConnection(trusting: authorities)
            .exchange(host: host, port: port, sending: Array("ping".utf8), within: limit) { bytes in
                received.withLock {
                    $0 += bytes
                    return $0.count < count
                }
            }
        return String(decoding: received.withLock { $0 }, as: UTF8.self)
    }

    private func failure(_ body: () async throws -> Void) async -> SecureConnection.Failure? {
        do {
            try await body()
            return nil
        } catch {
            return error as? SecureConnection.Failure
        }
    }

    /// The words in which a connection was said to be broken.
    private func reason(_ failure: SecureConnection.Failure?) -> String {
        guard case .broken(let reason) = failure else {
            Issue.record("expected a broken connection, found \(String(describing: failure))")
            return ""
        }
        return reason
    }

    @Test("a trusted server is read to its end, by name and by address", arguments: ["localhost", "127.0.0.1"])
    func trusted(host: String) async throws {
        try await withServer { port, authorities in
            let received = try await ask(host, port, trusting: authorities)
            #expect(received == "pong")
        }
    }

    @Test("the caller may have received enough before the peer closes")
    func enough() async throws {
        try await withServer(then: .silence) { port, authorities in
            let received = try await ask("localhost", port, trusting: authorities, wanting: 4)
            #expect(received == "pong")
        }
    }

    @Test("a server that nobody vouches for is not sent anything")
    func untrusted() async throws {
        try await withServer { port, _ in
            let failure = await failure { _ = try await ask("localhost", port, trusting: nil) }
            #expect(
                reason(failure) == """
                    the certificate of localhost is not accepted: nobody trusted here vouches for it; name its \
                    authority's PEM file in SSL_CERT_FILE
                    """
            )
        }
    }

    @Test("a connection that ends without close_notify is no whole answer")
    func truncated() async throws {
        try await withServer(then: .cut) { port, authorities in
            let failure = await failure { _ = try await ask("localhost", port, trusting: authorities) }
            #expect(reason(failure) == "the connection was closed without TLS close_notify, so its end may be missing")
        }
    }

    @Test("a server without TLS, a silent one and none at all are told apart")
    func others() async throws {
        try await withServer(plainAnswer: "HTTP/1.1 400 Bad Request\r\n\r\n") { port, authorities in
            let failure = await failure { _ = try await ask("localhost", port, trusting: authorities) }
            #expect(reason(failure).hasPrefix("localhost does not answer in TLS"))
        }
        try await withServer(plainAnswer: "") { port, authorities in
            let failure = await failure { _ = try await ask("localhost", port, trusting: authorities) }
            #expect(reason(failure).hasPrefix("localhost closed the connection before TLS was agreed on"))
        }
        var freed = 0
        try await withServer(then: .silence) { port, authorities in
            freed = port
            let failure = await failure {
                _ = try await ask("localhost", port, trusting: authorities, within: .milliseconds(300))
            }
            #expect(failure == .outOfTime)
        }
        let refusal = await failure { _ = try await ask("127.0.0.1", freed, trusting: nil) }
        #expect(refusal == .refused)
    }

    @Test("a handshake that never ends is given up in time")
    func endless() async throws {
        let server = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                // The head of a record that announces a kilobyte, then one byte every 20 ms (RFC 8446, section 5.1).
                let head = ByteBuffer(bytes: [0x16, 0x03, 0x03, 0x04, 0x00])
                let task = channel.eventLoop.scheduleRepeatedTask(initialDelay: .zero, delay: .milliseconds(20)) { _ in
                    channel.writeAndFlush(ByteBuffer(bytes: [0x02]), promise: nil)
                }
                channel.closeFuture.whenComplete { _ in task.cancel() }
                return channel.writeAndFlush(head)
            }
            .bind(host: "127.0.0.1", port: 0)
            .get()
        let port = try #require(server.localAddress?.port)
        let failure = await failure {
            _ = try await ask("127.0.0.1", port, trusting: nil, within: .milliseconds(300))
        }
        #expect(failure == .outOfTime)
        try await server.close()
    }

    @Test("a file of authorities that is none is named")
    func noAuthorities() async throws {
        let failure = await failure { _ = try SecureConnection(trusting: "/nowhere.pem") }
        #expect(reason(failure).hasPrefix("the certificates in /nowhere.pem cannot be read"))
    }
}
