import NIOCore
import NIOPosix

/// Connections over TLS that carry one exchange of bytes each; what the bytes mean is the caller's matter.
///
/// TLS is OpenSSL's, which libpq brings along; ``TLSSession`` wraps it, and this adds the socket.
package struct SecureConnection: Sendable {
    /// Why an exchange came to nothing.
    package enum Failure: Error, Hashable, Sendable {
        /// Nothing listens.
        case refused
        /// The limit passed before the caller had received enough.
        case outOfTime
        /// The connection could not be made or broke: says which, in words without any secret.
        case broken(String)
    }

    private let context: TLSContext

    /// Creates connections that trust the system's authorities.
    ///
    /// - Parameter authorities: A PEM file of further authorities to trust, `nil` for none.
    /// - Throws: ``Failure`` where the file cannot be read.
    package init(trusting authorities: String? = nil) throws(Failure) {
        do {
            context = try TLSContext(trusting: authorities)
        } catch {
            throw .broken(error.description)
        }
    }

    /// Connects, sends bytes, and passes on what comes until the caller has enough or the peer closes.
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
                group.addTask { try await exchangeBytes(host, port, bytes, limit, receive) }
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

    private func exchangeBytes(
        _ host: String,
        _ port: Int,
        _ bytes: [UInt8],
        _ limit: Duration,
        _ receive: @escaping @Sendable ([UInt8]) throws -> Bool
    ) async throws {
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connectTimeout(TimeAmount(limit))
            .connect(host: host, port: port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
                }
            }
        try await channel.executeThenClose { inbound, outbound in
            let session = try TLSSession(context: context, host: host)
            session.send(bytes)
            var writeError: (any Error)?
            /// Sends what the session has to say. Where that fails, what was wrong comes by the other direction.
            func flush() async {
                let output = session.takeOutput()
                guard !output.isEmpty else { return }
                do {
                    try await outbound.write(ByteBuffer(bytes: output))
                } catch {
                    writeError = writeError ?? error
                }
            }
            var parts = inbound.makeAsyncIterator()
            var next: [UInt8]? = []
            while let part = next {
                let received = Result { try session.advance(with: part) }
                await flush()
                guard try Self.hand(received.get(), to: receive) else {
                    session.close()
                    await flush()
                    return
                }
                if session.isClosed { return }
                next = try await parts.next().map { Array($0.readableBytesView) }
            }
            throw writeError ?? TLSFailure(reason: session.isOpen ? .truncated : .closedEarly, host: host)
        }
    }

    /// Passes on what was received, if anything was.
    ///
    /// - Returns: Whether more is wanted.
    private static func hand(
        _ received: [UInt8],
        to receive: @Sendable ([UInt8]) throws -> Bool
    ) throws -> Bool {
        guard !received.isEmpty else { return true }
        do {
            return try receive(received)
        } catch {
            throw CallerError(error: error)
        }
    }

    private static func failure(for error: any Error) -> any Error {
        switch error {
        case let error as NIOConnectionError:
            if let first = error.connectionErrors.first { return failure(for: first.error) }
            return Failure.broken("the host \(error.host) is not known")
        case let error as IOError: return error.isRefusal ? Failure.refused : Failure.broken("\(error)")
        case let error as TLSFailure: return Failure.broken(error.description)
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
