import CSpawn
import SecureTransport
import Synchronization

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// A service that was there before and stays: it is asked, and nothing else.
struct DeployedService: Sendable {
    /// Where it is.
    let url: ServiceURL
    /// How it is reached: directly, or over TLS.
    private let route: Route

    private enum Route: Sendable {
        case plain([SocketAddress])
        case secure(SecureConnection)
    }

    /// Looks the service's host up, or prepares for TLS.
    ///
    /// - Parameters:
    ///   - url: Where the service is.
    ///   - authorities: A PEM file of authorities to trust beside the system's.
    /// - Throws: ``ServiceUnderTestError`` (`unreachable`).
    init(_ url: ServiceURL, trusting authorities: String?) async throws {
        self.url = url
        guard url.isSecure else {
            route = .plain(try await OwnThread.run { try url.resolved() })
            return
        }
        do {
            route = .secure(try SecureConnection(trusting: authorities))
        } catch {
            throw ServiceUnderTestError(.unreachable, "\(url) cannot be asked: \(Self.end(after: error).reason)")
        }
    }

    /// Asks for `/health`.
    func health(within limit: Duration) async throws -> Exchange.End {
        try await exchange("GET", "/health", body: "", headers: [], within: limit)
    }

    /// Sends a request and waits for its answer, on a thread of its own.
    ///
    /// - Returns: How it ended; `nil` where it had not ended within the limit.
    func recommend(body: String, headers: [(name: String, value: String)], within limit: Duration) async throws
        -> Exchange.End?
    {
        let end = try await exchange(
            "POST",
            "/recommend",
            body: body,
            headers: [("Content-Type", "application/json")] + headers,
            within: limit
        )
        return end == Self.outOfTime ? nil : end
    }

    /// What an exchange comes to that takes too long.
    static let outOfTime = Exchange.End.broken("no answer in time")

    private func exchange(
        _ method: String,
        _ path: String,
        body: String,
        headers: [(name: String, value: String)],
        within limit: Duration
    ) async throws -> Exchange.End {
        var head = "\(method) \(url.prefix)\(path) HTTP/1.1\r\nHost: \(url.hostHeader)\r\n"
        head += "User-Agent: coldstart\r\nAccept: */*\r\nConnection: close\r\n"
        if !body.isEmpty { head += "Content-Length: \(body.utf8.count)\r\n" }
        for (name, value) in headers { head += "\(name): \(value)\r\n" }
        let request = Array((head + "\r\n" + body).utf8)
        switch route {
        case .plain(let addresses): return try await Self.exchange(with: addresses, request, within: limit)
        case .secure(let connection): return try await exchange(over: connection, request, within: limit)
        }
    }

    /// Tries the addresses in turn until one accepts a connection; only there is anything sent (RFC 1123, section 2.3).
    private static func exchange(
        with addresses: [SocketAddress],
        _ request: [UInt8],
        within limit: Duration
    ) async throws -> Exchange.End {
        try await OwnThread.run {
            let deadline = ContinuousClock.now + limit
            var end = Exchange.End.refused
            for (index, address) in addresses.enumerated() {
                let others = addresses.count - index - 1
                // An address that swallows packets must leave time for those after it.
                let patience = others > 0 ? (deadline - .now) / (others + 1) : deadline - .now
                let exchange = Exchange(to: address, request: request, bodyLimit: 1 << 20)
                end = wait(for: exchange, connectingBy: .now + patience, until: deadline)
                if exchange.isConnected { return end }
            }
            return end
        }
    }

    private static func wait(
        for exchange: Exchange,
        connectingBy connectDeadline: ContinuousClock.Instant,
        until deadline: ContinuousClock.Instant
    ) -> Exchange.End {
        while exchange.end == nil {
            let left = (exchange.isConnected ? deadline : connectDeadline) - .now
            guard left > .zero else { return outOfTime }
            var file = pollfd(fd: exchange.descriptor, events: exchange.events, revents: 0)
            poll(&file, 1, Int32(min(left / .milliseconds(1), 1000)) + 1)
            exchange.advance()
        }
        return exchange.end ?? outOfTime
    }

    private func exchange(
        over connection: SecureConnection,
        _ request: [UInt8],
        within limit: Duration
    ) async throws -> Exchange.End {
        let reading = Mutex(AnswerReader(bodyLimit: 1 << 20))
        do {
            try await connection.exchange(host: url.host, port: url.port, sending: request, within: limit) { bytes in
                try reading.withLock { reader in
                    try reader.take(bytes)
                    return reader.complete == nil
                }
            }
            return try reading.withLock { reader in
                if reader.complete == nil { try reader.takeEnd() }
                return reader.complete.map(Exchange.End.answered) ?? .broken("the answer has no end")
            }
        } catch let error as AnswerReader.Malformed {
            return .malformed(error.reason)
        } catch let failure as SecureConnection.Failure {
            return Self.end(after: failure)
        }
    }

    private static func end(after failure: SecureConnection.Failure) -> Exchange.End {
        switch failure {
        case .refused: .refused
        case .outOfTime: outOfTime
        case .broken(let reason): .broken(reason)
        }
    }
}
