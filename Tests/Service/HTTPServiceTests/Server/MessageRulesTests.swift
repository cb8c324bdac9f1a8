import HTTPService
import Testing

/// HTTP/1 as RFC 9110 and RFC 9112 have it, byte by byte over a real connection.
@Suite(.timeLimit(.minutes(10)))
struct MessageRulesTests {
    private static let length = "Content-Length: \(recommendBody.utf8.count)\r\n"

    @Test("who holds the body back is told to continue, and then answered on a connection that goes on")
    func continues() async throws {
        try await withService { service in
            try await service.wait(for: "ready_basic")
            let head = "POST /recommend HTTP/1.1\r\nHost: test\r\nExpect: 100-Continue\r\n\(Self.length)\r\n"
            let answers = try await service.client.answers(
                3,
                to: [head, recommendBody, "GET /health HTTP/1.1\r\nHost: test\r\n\r\n"],
                pause: .milliseconds(300)
            )
            #expect(answers.map(\.status) == [100, 200, 200])
        }
    }

    @Test("a body that is not wanted is not asked for: the final answer comes at once and ends the connection")
    func refusesBeforeTheBody() async throws {
        var configuration = shippedConfiguration()
        configuration.secret = WebhookSecret("planted-secret")
        try await withService(configuration) { service in
            try await service.wait(for: "ready_basic")
            let head = "POST /recommend HTTP/1.1\r\nHost: test\r\nExpect: 100-continue\r\n\(Self.length)\r\n"
            let start = ContinuousClock.now
            let received = try await service.client.everything(after: [head])
            #expect(received.hasPrefix("HTTP/1.1 401 "))
            #expect(received.lowercased().contains("\r\nconnection: close\r\n"))
            #expect(start.duration(to: .now) < .seconds(10))
        }
    }

    @Test("an expectation of HTTP/1.0 does not count, and its connection ends with the answer")
    func oldExpectation() async throws {
        try await withService { service in
            try await service.wait(for: "ready_basic")
            let received = try await service.client.everything(
                after: ["POST /recommend HTTP/1.0\r\nExpect: 100-continue\r\n\(Self.length)\r\n\(recommendBody)"]
            )
            #expect(received.hasPrefix("HTTP/1.1 200 "))
            #expect(received.lowercased().contains("\r\nconnection: close\r\n"))
        }
    }

    @Test(
        "a connection ends where the request says so, and after HTTP/1.0 without keep-alive",
        arguments: [
            "GET /health HTTP/1.0\r\n\r\n", "GET /health HTTP/1.1\r\nHost: test\r\nConnection: Close\r\n\r\n",
            "GET /health HTTP/1.1\r\nHost: test\r\nConnection: TE, close\r\n\r\n",
            "GET /nothing HTTP/1.0\r\n\r\n", "POST /recommend HTTP/1.0\r\nContent-Length: 2\r\n\r\n{}",
            "HEAD /health HTTP/1.0\r\n\r\n",
        ]
    )
    func ends(request: String) async throws {
        try await withService { service in
            try await service.wait(for: "ready_basic")
            let received = try await service.client.everything(after: [request])
            #expect(received.hasPrefix("HTTP/1.1 "))
            #expect(received.lowercased().contains("\r\nconnection: close\r\n"))
        }
    }

    @Test("HTTP/1.0 with keep-alive goes on, and is told so")
    func keepsAlive() async throws {
        try await withService { service in
            let request = "GET /health HTTP/1.0\r\nConnection: keep-alive\r\n\r\n"
            let answers = try await service.client.answers(2, to: [request, request], pause: .milliseconds(100))
            #expect(answers.map(\.status) == [200, 200])
            #expect(answers.allSatisfy { $0["Connection"] == "keep-alive" })
        }
    }

    @Test(
        "no byte of a body follows HEAD, whatever the status, and the connection stays in step",
        arguments: [("/health", 200), ("/metrics", 200), ("/recommend", 405), ("/nothing", 404)]
    )
    func head(path: String, status: Int) async throws {
        try await withService { service in
            try await service.wait(for: "ready_basic")
            let head = "HEAD \(path) HTTP/1.1\r\nHost: test\r\n\r\n"
            let get = "GET /health HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\r\n"
            let received = try await service.client.everything(after: [head + get])
            let parts = received.split(separator: "\r\n\r\n", maxSplits: 1)
            #expect(parts.count == 2)
            #expect(parts[0].hasPrefix("HTTP/1.1 \(status) "))
            #expect(parts[1].hasPrefix("HTTP/1.1 200 "))
            // The length is that of the body that GET would get.
            #expect(parts[0].lowercased().contains("content-length: ") && !parts[0].contains("ength: 0"))
        }
    }
}
