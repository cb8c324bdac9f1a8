import GRPCHealth

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// One connection to a server and at most one request on it, which never blocks; owned by one thread.
///
/// The owner polls ``descriptor`` for ``events`` and calls ``advance()``. There is exactly one try, no connection is
/// used twice, and no redirect is followed. Deadlines are the owner's: dropping the exchange closes the connection.
final class Exchange {
    /// How an exchange ended.
    enum End: Hashable, Sendable {
        /// The connection was made, and nothing was to be asked.
        case connected
        /// The server answered.
        case answered(HTTPAnswer)
        /// A health check of gRPC has come to its end.
        case checked(HealthCheckResult)
        /// Nothing listens.
        case refused
        /// The connection broke, before or in the middle of the answer.
        case broken(String)
        /// What came is no answer of HTTP/1.
        case malformed(String)
    }

    private enum Stage {
        case connecting
        case sending(ArraySlice<UInt8>)
        case receiving
        case ended
    }

    /// The socket, -1 once the exchange has ended.
    private(set) var descriptor: Int32
    /// How it ended, `nil` while it is under way.
    private(set) var end: End?
    /// Whether the connection has been made.
    private(set) var isConnected = false
    private var stage = Stage.connecting
    private let request: [UInt8]
    private var reader: AnswerReader
    /// The health check that is made in place of a request.
    private var call: HealthCheckCall?

    /// Begins an exchange.
    ///
    /// - Parameters:
    ///   - address: The server.
    ///   - request: The bytes to send; none for a mere connection.
    ///   - bodyLimit: How many bytes of the answer's body are kept.
    init(to address: SocketAddress, request: [UInt8] = [], bodyLimit: Int = 0) {
        self.request = request
        reader = AnswerReader(bodyLimit: bodyLimit)
        descriptor = -1
        connect(to: address)
    }

    /// Begins a health check of gRPC.
    ///
    /// - Parameters:
    ///   - address: The server.
    ///   - call: The call, of which nothing has been sent.
    init(to address: SocketAddress, checking call: HealthCheckCall) {
        var call = call
        request = call.takeOutput()
        reader = AnswerReader(bodyLimit: 0)
        self.call = call
        descriptor = -1
        connect(to: address)
    }

    private func connect(to address: SocketAddress) {
        descriptor = address.openStream()
        let code = descriptor >= 0 ? address.connect(descriptor) : errno
        if descriptor < 0 {
            finish(.broken("no socket: \(Self.reason(code))"))
        } else if code == 0 {
            connected()
        } else if code != EINPROGRESS {
            finish(code == ECONNREFUSED ? .refused : .broken(Self.reason(code)))
        }
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }

    /// What to poll the socket for.
    var events: Int16 {
        switch stage {
        case .connecting, .sending: Int16(POLLOUT)
        case .receiving, .ended: Int16(POLLIN)
        }
    }

    /// Goes on as far as it can without blocking.
    func advance() {
        while end == nil {
            switch stage {
            case .connecting:
                var code: Int32 = 0
                var size = socklen_t(MemoryLayout<Int32>.size)
                getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &code, &size)
                guard code == 0 else { return finish(code == ECONNREFUSED ? .refused : .broken(Self.reason(code))) }
                guard isWritable else { return }
                connected()
            case .sending(let rest):
                let count = rest.withUnsafeBytes { send(descriptor, $0.baseAddress, $0.count, Self.noSignal) }
                if count >= 0 {
                    stage = count == rest.count ? .receiving : .sending(rest.dropFirst(count))
                } else if errno == EAGAIN {
                    return
                } else if errno != EINTR {
                    // A server may answer and close without reading everything: what it said is still there.
                    stage = .receiving
                }
            case .receiving:
                guard receive() else { return }
            case .ended:
                return
            }
        }
    }

    /// Gives the exchange up.
    func abandon() {
        if end == nil { finish(.broken("given up")) }
    }

    private func connected() {
        isConnected = true
        if request.isEmpty { finish(.connected) } else { stage = .sending(request[...]) }
    }

    /// Receives once; returns whether to go on.
    private func receive() -> Bool {
        var buffer = [UInt8](repeating: 0, count: 16_384)
        let count = buffer.withUnsafeMutableBytes { recv(descriptor, $0.baseAddress, $0.count, 0) }
        guard call == nil else { return receive(buffer, count: count, error: errno) }
        do throws(AnswerReader.Malformed) {
            if count > 0 {
                try reader.take(buffer[..<count])
            } else if count == 0 {
                try reader.takeEnd()
            } else if errno == EAGAIN {
                return false
            } else if errno != EINTR {
                finish(.broken(Self.reason(errno)))
            }
        } catch {
            finish(count == 0 ? .broken(error.reason) : .malformed(error.reason))
        }
        if end == nil, let answer = reader.complete { finish(.answered(answer)) }
        return end == nil
    }

    /// Hands what was received to the health check; returns whether to go on.
    private func receive(_ buffer: [UInt8], count: Int, error: Int32) -> Bool {
        if count > 0 {
            call?.take(buffer[..<count])
        } else if count < 0, error == EAGAIN {
            return false
        } else if count == 0 || error != EINTR {
            call?.takeEnd()
        }
        if let result = call?.result { finish(.checked(result)) }
        let output = call?.takeOutput() ?? []
        if end == nil, !output.isEmpty { stage = .sending(output[...]) }
        return end == nil
    }

    private var isWritable: Bool {
        var poll = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        return systemPoll(&poll) > 0 && poll.revents & Int16(POLLOUT) != 0
    }

    private func finish(_ end: End) {
        self.end = end
        stage = .ended
        if descriptor >= 0 { close(descriptor) }
        descriptor = -1
    }

    private static func reason(_ code: Int32) -> String { String(cString: strerror(code)) }

    #if os(Linux)
    private static let noSignal = Int32(MSG_NOSIGNAL)
    #else
    private static let noSignal: Int32 = 0
    #endif
}

private func systemPoll(_ poll: inout pollfd) -> Int32 {
    withUnsafeMutablePointer(to: &poll) { pointer in
        #if canImport(Glibc)
        Glibc.poll(pointer, 1, 0)
        #elseif canImport(Musl)
        Musl.poll(pointer, 1, 0)
        #else
        Darwin.poll(pointer, 1, 0)
        #endif
    }
}
