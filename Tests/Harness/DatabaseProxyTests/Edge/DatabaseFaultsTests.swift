import DatabaseHarness
import DatabaseProxy
import Domain
import Foundation
import PostgresClient
import PostgresStore
import RecommendationEngine
import Testing

extension ProxySuite {
    struct DatabaseFaultsTests {
        @Test func `without rules everything passes as it is`() async throws {
            try await ProxyHarness.with { harness in
                try await harness.write(10)
                #expect(try await harness.rowCount() == 20)
                #expect(try await harness.store.sessionInputs(of: harness.session, historyLimit: 50).history.count == 1)
                #expect(await harness.proxy.receipts == [])
                #expect(await harness.proxy.errors == [])
            }
        }

        @Test(arguments: [
            (WriteBoundary.beforeTransaction, 10), (.beforeFirstSet, 10), (.betweenSets, 10), (.beforeCommit, 10),
            (.afterCommit, 14),
        ])
        func `a cut at a boundary of the write leaves the earlier set or the whole new one`(
            boundary: WriteBoundary,
            rows: Int
        ) async throws {
            try await ProxyHarness.with { harness in
                try await harness.write(5)
                let rule = await harness.proxy.arm(ProxyRule(.cut, .boundary(boundary), aim: .session(harness.session)))
                await #expect(throws: PostgresError.self) { try await harness.write(7) }
                #expect(try await harness.rowCount() == rows)
                let receipts = await harness.proxy.receipts(of: rule)
                #expect(receipts.count == 1 && receipts.first?.evidence.contains(boundary.phrase) == true)
                #expect(receipts.first?.backendPID != nil)
                try await harness.write(9)
                #expect(try await harness.rowCount() == 18)
            }
        }

        @Test func `a cut after the reading lets the ratings through and nothing after them`() async throws {
            try await ProxyHarness.with { harness in
                let rule = await harness.proxy.arm(ProxyRule(.cut, .boundary(.afterReading)))
                _ = try? await harness.store.sessionInputs(of: harness.session, historyLimit: 50).history
                #expect(await harness.proxy.receipts(of: rule).count == 1)
            }
        }

        @Test func `a rule for another session lets this one through`() async throws {
            try await ProxyHarness.with { harness in
                let other = try #require(SessionID("00000000-0000-4000-8000-000000000001"))
                let rule = await harness.proxy.arm(ProxyRule(.cut, .boundary(.beforeCommit), aim: .session(other)))
                try await harness.write(5)
                #expect(await harness.proxy.receipts == [])
                await #expect(throws: PostgresError.self) { try await harness.write(5, of: other) }
                #expect(await harness.proxy.receipts(of: rule).count == 1)
            }
        }

        @Test func `bytes are held while the callback runs`() async throws {
            try await ProxyHarness.with { harness in
                let rowReader = harness.rowReader
                let session = harness.session
                let seen = Seen()
                await harness.proxy.arm(ProxyRule(.pause, .boundary(.beforeCommit))) { receipt in
                    try? await Task.sleep(for: .milliseconds(50))
                    let rows = (try? await rowReader.rows(of: [session]).count) ?? -1
                    await seen.note("\(rows) rows, \(receipt.backendPID == nil ? "no" : "a") server process")
                }
                try await harness.write(5)
                #expect(await seen.texts == ["0 rows, a server process"])
                #expect(try await harness.rowCount() == 10)
            }
        }

        @Test(arguments: DatabaseDirection.allCases)
        func `a cut after a number of bytes is exact`(direction: DatabaseDirection) async throws {
            try await ProxyHarness.with { harness in
                let rule = await harness.proxy.arm(ProxyRule(.cut, .bytes(123, direction)))
                await #expect(throws: PostgresError.self) { try await harness.write(7) }
                let evidence = try #require(await harness.proxy.receipts(of: rule).first?.evidence)
                let figure = direction == .toDatabase ? ": 123 bytes had passed to the database" : " 123 to the service"
                #expect(evidence.contains(figure), "\(evidence)")
            }
        }

        @Test(arguments: [(ProxyRule.Action.reset, ECONNRESET), (.cut, 0)])
        func `a reset is a reset and a cut is an end`(action: ProxyRule.Action, error: Int32) async throws {
            try await ProxyHarness.with { harness in
                let socket = try RawSocket(harness.proxy.address)
                socket.send(Wire.startup(196_608, Wire.text("user") + Wire.text("postgres") + [0]))
                _ = await socket.receive(1, within: 5)
                await harness.proxy.arm(ProxyRule(action))
                #expect(await socket.end(within: 5) == error)
            }
        }

        @Test func `a closed port refuses, says so itself, and opens again at the same number`() async throws {
            try await ProxyHarness.with { harness in
                let address = harness.proxy.address
                let rule = await harness.proxy.arm(ProxyRule(.refuse))
                let error = await #expect(throws: PostgresError.self) { _ = try await PostgresConnection.open(address) }
                #expect(error?.code == .unreachable && error?.message.contains("refused") == true)
                #expect(await harness.proxy.receipts(of: rule).first?.evidence.contains("refused") == true)
                await harness.proxy.disarm(rule)
                _ = try await PostgresConnection.open(address)
            }
        }

        @Test func `a black hole swallows without a word until it is disarmed`() async throws {
            try await ProxyHarness.with { harness in
                let rule = await harness.proxy.arm(ProxyRule(.blackHole, .boundary(.beforeCommit)))
                let write = Task { try await harness.write(7) }
                for _ in 0..<500 where await harness.proxy.receipts(of: rule).count < 2 {
                    try await Task.sleep(for: .milliseconds(10))
                }
                let receipts = await harness.proxy.receipts(of: rule)
                #expect(receipts.last?.evidence.contains("were swallowed") == true)
                #expect(try await harness.rowCount() == 0)
                await harness.proxy.disarm(rule)
                await #expect(throws: PostgresError.self) { try await write.value }
                #expect(try await harness.rowCount() == 0)
            }
        }

        @Test func `latency delays both ways and bandwidth narrows, with figures`() async throws {
            try await ProxyHarness.with { harness in
                let connection = try await PostgresConnection.open(harness.proxy.address)
                let latency = ProxyRule(.latency(.milliseconds(30), jitter: .milliseconds(5)))
                let slow = await harness.proxy.arm(latency)
                let clock = ContinuousClock()
                let delayed = try await clock.measure { try await connection.query("SELECT 1") }
                #expect(delayed >= .milliseconds(60))
                await harness.proxy.disarm(slow)
                #expect(await harness.proxy.receipts(of: slow).first?.evidence.contains("delayed by 0.03") == true)

                await harness.proxy.arm(ProxyRule(.bandwidth(20_000)))
                let narrow = try await clock.measure { try await connection.query("SELECT repeat('x', 4000)") }
                #expect(narrow >= .milliseconds(195))
            }
        }

        @Test func `striking at once hits connections that are open and those that come`() async throws {
            try await ProxyHarness.with { harness in
                let connection = try await PostgresConnection.open(harness.proxy.address)
                let rule = await harness.proxy.arm(ProxyRule(.cut))
                await #expect(throws: PostgresError.self) { try await connection.query("SELECT 1") }
                let address = harness.proxy.address
                await #expect(throws: PostgresError.self) { _ = try await PostgresConnection.open(address) }
                #expect(await harness.proxy.receipts(of: rule).count == 2)
            }
        }
    }
}

/// What a callback saw.
private actor Seen {
    private(set) var texts: [String] = []

    func note(_ text: String) { texts.append(text) }
}
