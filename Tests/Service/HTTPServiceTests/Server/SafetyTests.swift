import HTTPService
import Testing

/// What the service does with clients that are mistaken, slow or hostile.
@Suite(.timeLimit(.minutes(10)))
struct SafetyTests {
    @Test(
        "the secret opens, anything else is 401, and no answer or log line shows it",
        arguments: ServiceLogHandler.Format.allCases
    )
    func secret(format: ServiceLogHandler.Format) async throws {
        var configuration = shippedConfiguration()
        configuration.secret = WebhookSecret("planted-secret")
        try await withService(configuration, format: format) { service in
            try await service.wait(for: "ready_basic")
            for headers in [[:], ["X-Webhook-Secret": "wrong"], ["X-Webhook-Secret": "planted-secretx"]] {
                let answer = try await service.recommend(headers: headers)
                #expect(answer.status == 401)
                #expect(answer.body == #"{"detail":"the header X-Webhook-Secret is missing or wrong"}"#)
            }
            let right = ["x-webhook-secret": "planted-secret"]
            #expect(try await service.recommend(headers: right).status == 200)
            service.store.change { $0.error = StageFailure(description: "header was planted-secret") }
            let failed = try await service.recommend(headers: right)
            let lost = try await service.client.request("GET", "/planted-secret?planted-secret", headers: right)
            let metrics = try await service.client.request("GET", "/metrics")
            #expect([failed.status, lost.status, metrics.status] == [500, 404, 200])
            for text in service.log.all + [failed.body, lost.body, metrics.body] {
                #expect(!text.contains("planted-secret"))
            }
            #expect(service.log.all.contains { $0.contains("header was ***") })
        }
    }

    @Test("any page may ask, preflights included")
    func crossOrigin() async throws {
        try await withService { service in
            let preflight = try await service.client.request(
                "OPTIONS",
                "/recommend",
                headers: [
                    "Origin": "https://movies.example", "Access-Control-Request-Method": "POST",
                    "Access-Control-Request-Headers": "content-type, x-webhook-secret",
                ]
            )
            #expect(preflight.status == 204)
            #expect(preflight["Access-Control-Allow-Origin"] == "*")
            #expect(preflight["Access-Control-Allow-Headers"] == "content-type, x-webhook-secret")
            #expect(preflight["Access-Control-Allow-Methods"] == "GET, HEAD, POST, OPTIONS")
            for path in ["/health", "/recommend", "/nothing"] {
                let answer = try await service.client.request(
                    "GET",
                    path,
                    headers: ["Origin": "https://movies.example"]
                )
                #expect(answer["Access-Control-Allow-Origin"] == "*")
            }
        }
    }

    @Test(
        "other paths and methods are refused as JSON",
        arguments: [
            ("GET", "/", 404), ("GET", "/health/", 404), ("GET", "/%2e%2e/etc/passwd", 404), ("GET", "/recommend", 405),
            ("POST", "/health", 405), ("DELETE", "/recommend", 405), ("PUT", "/metrics", 405),
        ]
    )
    func refusesRoutes(method: String, path: String, status: Int) async throws {
        try await withService { service in
            let answer = try await service.client.request(method, path)
            #expect(answer.status == status)
            #expect(answer.body.hasPrefix(#"{"detail":""#))
            if status == 405 { #expect(answer["Allow"] == (path == "/recommend" ? "POST" : "GET, HEAD") + ", OPTIONS") }
        }
    }

    @Test("a malformed body is 422, and the connection goes on")
    func malformedBody() async throws {
        try await withService { service in
            try await service.wait(for: "ready_basic")
            let bad = "POST /recommend HTTP/1.1\r\nHost: test\r\nContent-Length: 3\r\n\r\n{\"\u{1}"
            let good =
                "POST /recommend HTTP/1.1\r\nHost: test\r\nContent-Length: \(recommendBody.utf8.count)\r\n\r\n"
                + recommendBody
            let answers = try await service.client.answers(3, to: [bad + good, good])
            #expect(answers.map(\.status) == [422, 200, 200])
        }
    }

    @Test("a body that is too long is 413, whether it says so or not")
    func longBody() async throws {
        var configuration = shippedConfiguration()
        configuration.limits.bodyBytes = 1_000
        try await withService(configuration) { service in
            try await service.wait(for: "ready_basic")
            let declared = try await service.client.exchange([
                "POST /recommend HTTP/1.1\r\nHost: test\r\nContent-Length: 99999999999\r\n\r\n{"
            ])
            let chunk = "400\r\n" + String(repeating: "x", count: 1_024) + "\r\n"
            let chunked = try await service.client.exchange(
                ["POST /recommend HTTP/1.1\r\nHost: test\r\nTransfer-Encoding: chunked\r\n\r\n"]
                    + Array(repeating: chunk, count: 100)
            )
            for answer in [declared, chunked] {
                #expect(answer.status == 413)
                #expect(answer.body == #"{"detail":"the body is longer than 1000 bytes"}"#)
                #expect(answer["Connection"] == "close")
            }
            #expect(service.store.writes == 0)
        }
    }

    @Test("a client that does not finish its request is 408, and one that sends nothing is let go")
    func slowClients() async throws {
        var configuration = shippedConfiguration()
        // Long enough for honest requests on a machine that runs other tests meanwhile, so that the three wait side by side.
        configuration.limits.receiveTime = .seconds(30)
        try await withService(configuration) { service in
            try await service.wait(for: "ready_basic")
            let head = "POST /recommend HTTP/1.1\r\nHost: test\r\nContent-Length: 100\r\n\r\n"
            async let slow = service.client.exchange(
                [head] + Array(repeating: " ", count: 90),
                pause: .milliseconds(400)
            )
            async let unfinished = isLetGo(after: ["GET /hea"], service.client)
            async let silent = isLetGo(after: [], service.client)
            let drip = try await slow
            #expect(drip.status == 408)
            #expect(drip.body == #"{"detail":"the request did not arrive in time"}"#)
            let areLetGo = await (unfinished, silent)
            #expect(areLetGo == (true, true))
            #expect(try await service.client.request("GET", "/health").status == 200)
        }
    }

    /// Whether the service ends a connection on which these bytes came, without an answer.
    private func isLetGo(after bytes: [String], _ client: RawClient) async -> Bool {
        do {
            _ = try await client.exchange(bytes)
            return false
        } catch {
            return error is RawClient.Ended
        }
    }

    @Test(
        "what is no HTTP is refused without harm",
        arguments: [
            "\u{0}\u{1}\u{2}\r\n\r\n", "GET /health HTTP/9.9\r\n\r\n", "GET /health\r\n\r\n",
            "POST /recommend HTTP/1.1\r\nHost: test\r\nContent-Length: -5\r\n\r\n",
            "POST /recommend HTTP/1.1\r\nHost: test\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n",
            "POST /recommend HTTP/1.1\r\nHost: test\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
            "GET /health HTTP/1.1\r\nHost: test\r\nX: " + String(repeating: "y", count: 200_000) + "\r\n\r\n",
        ]
    )
    func notHTTP(bytes: String) async throws {
        var configuration = shippedConfiguration()
        configuration.limits.receiveTime = .seconds(30)
        try await withService(configuration) { service in
            try await service.wait(for: "ready_basic")
            // Closing without an answer is refusing too.
            let answer = try? await service.client.exchange([bytes])
            #expect(answer?.status ?? 400 == 400)
            #expect(answer?.body.hasPrefix(#"{"detail":""#) ?? true)
            let health = try await service.client.request("GET", "/health")
            #expect(health.status == 200)
        }
    }
}
