import NIOCore
import NIOPosix
package import PostgresClient
private import Synchronization

/// A proxy in front of a PostgreSQL server that makes the connection to it go wrong on purpose.
///
/// It listens on a free TCP port of 127.0.0.1 and forwards to the server's socket or port. Every message is looked at,
/// so that a rule can strike at a boundary of a request. Connections through it are not encrypted: a client that asks
/// for encryption is told no. What libpq has to find out for a database's address, such as a password in a file, is to
/// be found out before, for the proxy's own port is another place. Memory is bounded: where one side takes nothing, the other is not read from.
package final class DatabaseProxy: Sendable {
    /// Called when a rule fires, while the connection's bytes are held; what the rule says happens when it has returned.
    package typealias OnFire = @Sendable (ProxyReceipt) async -> Void

    /// The database as the service is to reach it.
    package let address: PostgresAddress

    private let group: MultiThreadedEventLoopGroup
    private let core: ProxyCore
    private let isStopped = Mutex(false)

    /// Starts a proxy; the caller stops it.
    ///
    /// - Parameters:
    ///   - upstream: The database: what `PostgresAddress.resolvedWithoutEncryption()` returns, or an address that
    ///     leaves nothing to be found out.
    ///   - seed: The seed of what is random, such as jitter.
    /// - Returns: The running proxy.
    /// - Throws: `PostgresError` (`badAddress`) for an address that insists on encryption, ``ProxyError`` (`listen`).
    package static func start(upstream: PostgresAddress, seed: UInt64 = 1) async throws -> DatabaseProxy {
        try upstream.requireNoInsistenceOnEncryption()
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        do {
            let core = try ProxyCore(loop: group.any(), upstream: upstream.endpoint, seed: seed)
            try await core.loop.flatSubmit { core.listen() }.get()
            return DatabaseProxy(upstream: upstream, group: group, core: core)
        } catch {
            try? await group.shutdownGracefully()
            throw error as? ProxyError ?? ProxyError(.listen, "the proxy cannot listen on 127.0.0.1: \(error)")
        }
    }

    /// Lends a proxy to the body and stops it afterwards, also where the task is cancelled.
    ///
    /// - Throws: What ``start(upstream:seed:)`` and the body throw.
    package static func with<Value>(
        upstream: PostgresAddress,
        seed: UInt64 = 1,
        _ body: (DatabaseProxy) async throws -> Value
    ) async throws -> Value {
        let proxy = try await start(upstream: upstream, seed: seed)
        do {
            let value = try await body(proxy)
            await proxy.stop()
            return value
        } catch {
            await proxy.stop()
            throw error
        }
    }

    private init(upstream: PostgresAddress, group: MultiThreadedEventLoopGroup, core: ProxyCore) {
        self.group = group
        self.core = core
        self.address = upstream.reached(atPort: core.portNumber)
    }

    /// The TCP port on 127.0.0.1.
    package var port: Int { core.portNumber }

    /// Puts a rule in force.
    ///
    /// - Parameters:
    ///   - rule: The rule; its times count from now.
    ///   - onFire: Called each time it fires on a connection, with the receipt.
    /// - Returns: The rule's name, when it is in force and what it does at once has begun.
    @discardableResult
    package func arm(_ rule: ProxyRule, onFire: OnFire? = nil) async -> ProxyRuleID {
        await onLoop { core in core.arm(rule, onFire: onFire) }
    }

    /// Takes a rule out of force: bytes flow as before, a closed port opens, black-holed connections end.
    package func disarm(_ rule: ProxyRuleID) async {
        await onLoop { core in core.disarm(rule) }
    }

    /// The proofs of what the rules did, in the order of time; a rule that lasts has one, with what it did so far.
    package var receipts: [ProxyReceipt] {
        get async { await onLoop { core in core.loop.makeSucceededFuture(core.receipts) } }
    }

    /// The proofs of what one rule did.
    package func receipts(of rule: ProxyRuleID) async -> [ProxyReceipt] {
        await receipts.filter { $0.rule == rule }
    }

    /// Why the proxy itself ended connections: messages that are none of PostgreSQL's.
    package var errors: [String] {
        get async { await onLoop { core in core.loop.makeSucceededFuture(core.errors) } }
    }

    /// Closes the port and all connections and ends the proxy's thread; further calls do nothing.
    ///
    /// - Precondition: No callback of ``arm(_:onFire:)`` waits for this call.
    package func stop() async {
        let isFirst = isStopped.withLock { stopped in
            defer { stopped = true }
            return !stopped
        }
        guard isFirst else { return }
        await onLoop { core in core.close() }
        try? await group.shutdownGracefully()
    }

    private func onLoop<Value: Sendable>(
        _ body: @escaping @Sendable (ProxyCore) -> EventLoopFuture<Value>
    ) async -> Value {
        do {
            return try await core.loop.flatSubmit { [core] in body(core) }.get()
        } catch {
            preconditionFailure("the database proxy was used after its stop: \(error)")
        }
    }
}
