import CSpawn

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
    private let address: SocketAddress

    /// Looks the service's host up.
    ///
    /// - Throws: ``ServiceUnderTestError`` (`unreachable`).
    init(_ url: ServiceURL) async throws {
        self.url = url
        address = try await OwnThread.run { try url.resolved() }
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
        return try await OwnThread.run { [address] in
            let exchange = Exchange(to: address, request: request, bodyLimit: 1 << 20)
            let deadline = ContinuousClock.now + limit
            while exchange.end == nil {
                let left = deadline - .now
                guard left > .zero else { return Self.outOfTime }
                var file = pollfd(fd: exchange.descriptor, events: exchange.events, revents: 0)
                poll(&file, 1, Int32(min(left / .milliseconds(1), 1000)) + 1)
                exchange.advance()
            }
            return exchange.end ?? Self.outOfTime
        }
    }
}
