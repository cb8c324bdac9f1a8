import NIOCore
import NIOPosix
import NIOSSL

/// Connections over TLS that carry one exchange of bytes each; what the bytes mean is the caller's matter.
///
/// TLS brings a large library with it, which is why it has a module to itself.
package struct SecureConnection: Sendable {
    /// Why an exchange came to nothing.
    package enum Failure: Error, Hashable, Sendable {
        /// Nothing listens.
        case refused
        /// The limit passed before the caller had heard enough.
        case outOfTime
        /// The connection could not be made or broke: says which, in words without any secret.
        case broken(String)
    }

    private let context: NIOSSLContext

    /// Creates connections that trust the system's authorities.
    ///
    /// - Parameter authorities: A PEM file of further authorities to trust, `nil` for none.
    /// - Throws: ``Failure`` where the file cannot be read.
    package init(trusting authorities: String? = nil) throws(Failure) {
        do {
            var tls = TLSConfiguration.makeClientConfiguration()
            if let authorities {
                tls.additionalTrustRoots = [.certificates(try NIOSSLCertificate.fromPEMFile(authorities))]
            }
            context = try NIOSSLContext(configuration: tls)
        } catch {
            throw .broken("the certificates in \(authorities ?? "the system's store") cannot be read")
        }
    }

    /// Connects, sends bytes, and hands on what comes until the caller has heard enough or the peer closes.
    ///
    /// - Parameters:
    ///   - host: The host, whose name the peer's certificate must bear.
    ///   - port: The port.
    ///   - bytes: What to send.
    ///   - limit: How long it may take, from looking the host up to the last byte.
    ///   - receive: Takes what comes; returns whether more is wanted.
    /// - Throws: ``Failure``, `CancellationError`, and what `receive` throws.
    package func exchange(
        host: String,
        port: Int,
        sending bytes: [UInt8],
        within limit: Duration,
        receive: @escaping @Sendable ([UInt8]) throws -> Bool
    ) async throws {
        do {
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await talk(host, port, bytes, limit, receive) }
                group.addTask {
                    try await Task.sleep(for: limit)
                    throw Failure.outOfTime
                }
                defer { group.cancelAll() }
                try await group.next()
            }
        } catch {
            try Task.checkCancellation()
            throw Self.failure(for: error)
        }
    }

    private func talk(
        _ host: String,
        _ port: Int,
        _ bytes: [UInt8],
        _ limit: Duration,
        _ receive: @escaping @Sendable ([UInt8]) throws -> Bool
    ) async throws {
        // An address has no name to indicate (RFC 6066, section 3).
        let isAddress = (try? NIOCore.SocketAddress(ipAddress: host, port: port)) != nil
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connectTimeout(TimeAmount(limit))
            .connect(host: host, port: port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    let handler = try NIOSSLClientHandler(context: context, serverHostname: isAddress ? nil : host)
                    try channel.pipeline.syncOperations.addHandler(handler)
                    return try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
                }
            }
        try await channel.executeThenClose { inbound, outbound in
            // Where the handshake failed the write fails with it; what was wrong comes by the other direction.
            var writeError: (any Error)?
            do {
                try await outbound.write(ByteBuffer(bytes: bytes))
            } catch {
                writeError = error
            }
            for try await part in inbound {
                do {
                    guard try receive(Array(part.readableBytesView)) else { return }
                } catch {
                    throw CallerError(error: error)
                }
            }
            if let writeError { throw writeError }
        }
    }

    private static func failure(for error: any Error) -> any Error {
        switch error {
        case let error as NIOConnectionError:
            if let first = error.connectionErrors.first { return failure(for: first.error) }
            return Failure.broken("the host \(error.host) is not known")
        case let error as IOError: return error.isRefusal ? Failure.refused : Failure.broken("\(error)")
        case let error as NIOSSLError: return Failure.broken("TLS failed: \(error)")
        case let error as NIOSSLExtraError: return Failure.broken("TLS failed: \(error)")
        case NIOSSLError.uncleanShutdown: return Failure.broken("the connection was closed without a farewell")
        case let error as CallerError: return error.error
        case let error as Failure: return error
        default: return Failure.broken("\(error)")
        }
    }

    /// What the caller's own closure threw.
    private struct CallerError: Error {
        let error: any Error
    }
}
