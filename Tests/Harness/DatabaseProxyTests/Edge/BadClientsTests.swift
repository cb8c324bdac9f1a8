import DatabaseHarness
import DatabaseProxy
import Domain
import Foundation
import PostgresClient
import Testing

extension ProxySuite {
    struct BadClientsTests {
        @Test func `a client of another protocol is ended, and that is noted`() async throws {
            try await ProxyHarness.with { harness in
                let socket = try RawSocket(harness.proxy.address)
                socket.send(Array("GET / HTTP/1.1\r\n\r\n".utf8))
                #expect(await socket.isClosed(within: 5))
                #expect(await harness.proxy.errors.count == 1)
            }
        }

        @Test func `the question for encryption is answered with no`() async throws {
            try await ProxyHarness.with { harness in
                let socket = try RawSocket(harness.proxy.address)
                socket.send(Wire.startup(80_877_103, []))
                #expect(await socket.receive(1, within: 5) == [UInt8(ascii: "N")])
            }
        }

        @Test func `a connection sends at once, and has no option that needs a privilege`() async throws {
            try await ProxyHarness.with { harness in
                let socket = try RawSocket(harness.proxy.address)
                socket.send(Wire.startup(80_877_103, []))
                // The answer comes when the options are set.
                #expect(await socket.receive(1, within: 5) == [UInt8(ascii: "N")])
                let accepted = try #require(socket.otherEnd)
                #expect(accepted.option(Int(IPPROTO_TCP), TCP_NODELAY) == 1)
                #expect(accepted.option(Int(SOL_SOCKET), SO_DEBUG) == 0)
            }
        }

        @Test func `a database that takes nothing stops the client, and memory stays bounded`() async throws {
            let silent = try RawListener()
            try await DatabaseProxy.with(upstream: PostgresAddress("host=127.0.0.1 port=\(silent.port)")) { proxy in
                let socket = try RawSocket(proxy.address)
                socket.send(Wire.startup() + [UInt8(ascii: "d"), 0x3F, 0, 0, 0])
                let taken = await socket.sendUntilBlocked(atMost: 200_000_000)
                #expect(taken < 50_000_000, "\(taken) bytes were taken")
            }
        }

        @Test func `a database that is not there ends the client`() async throws {
            let port = try RawListener().port
            try await DatabaseProxy.with(upstream: PostgresAddress("host=127.0.0.1 port=\(port)")) { proxy in
                let address = proxy.address
                let error = await #expect(throws: PostgresError.self) { _ = try await PostgresConnection.open(address) }
                #expect(error?.code == .unreachable)
            }
        }

        @Test func `an address that insists on encryption is refused`() async throws {
            let address = try PostgresAddress("host=127.0.0.1 sslmode=require")
            await #expect(throws: PostgresError.self) { _ = try await DatabaseProxy.start(upstream: address) }
        }

        @Test func `nothing stays open after the stop`() async throws {
            try await ProxyHarness.with { harness in
                func descriptors() throws -> Int {
                    try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count
                }
                let before = try descriptors()
                for _ in 0..<30 {
                    try await DatabaseProxy.with(upstream: harness.cluster.address) { proxy in
                        await proxy.arm(ProxyRule(.blackHole, .message(UInt8(ascii: "Q"), .toDatabase)))
                        let hanging = try RawSocket(proxy.address)
                        hanging.send(Wire.startup() + Wire.query("SELECT 1"))
                        _ = try await PostgresConnection.open(proxy.address)
                    }
                }
                // Other tests of this process open and close theirs meanwhile; what was left open stays.
                let deadline = ContinuousClock.now + .seconds(20)
                while try descriptors() >= before + 20, .now < deadline {
                    try await Task.sleep(for: .milliseconds(100))
                }
                #expect(try descriptors() < before + 20)
            }
        }
    }
}
