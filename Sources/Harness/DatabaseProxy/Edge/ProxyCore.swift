import ContainerPlatform
import Domain
import NIOCore
import NIOPosix
import PostgresClient

/// Everything that a running proxy holds: its port, its connections, its rules and what they did.
// Sendable: everything but the constants is touched on `loop` alone; `DatabaseProxy` enters through it.
final class ProxyCore: @unchecked Sendable {
    /// The loop on which everything happens.
    let loop: any EventLoop
    /// The rules.
    var book: RuleBook

    private let upstream: PostgresAddress.Endpoint
    private let start = NIODeadline.now()
    private let port: ReservedPort
    private var listener: (any Channel)?
    private var connections: [Int: ProxiedConnection] = [:]
    private var accepted = 0
    private var refusals = 0
    private var fired: [ProxyReceipt] = []
    private var totals: [ProxyRuleID: (since: Duration, RuleTotals)] = [:]
    private var callbacks: [ProxyRuleID: DatabaseProxy.OnFire] = [:]
    private var closings: [ProxyRuleID: [Scheduled<Void>]] = [:]
    private(set) var errors: [String] = []

    init(loop: any EventLoop, upstream: PostgresAddress.Endpoint, seed: UInt64) throws(ProxyError) {
        self.loop = loop
        self.upstream = upstream
        self.port = try ReservedPort()
        self.book = RuleBook(seed: seed)
    }

    /// The time since the proxy was made.
    var now: Duration { Duration(NIODeadline.now() - start) }

    /// The TCP port on 127.0.0.1.
    var portNumber: Int { port.number }

    /// What the rules did, in the order in which they did it.
    var receipts: [ProxyReceipt] {
        let lasting = totals.compactMap { id, entry in
            entry.1.text.map { ProxyReceipt(rule: id, at: entry.since, evidence: $0) }
        }
        return (fired + lasting).sorted { ($0.at, $0.rule) < ($1.at, $1.rule) }
    }

    /// Opens the port.
    func listen() -> EventLoopFuture<Void> {
        ServerBootstrap(group: loop)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.autoRead, value: false)
            .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
            .childChannelInitializer { [self] channel in
                channel.eventLoop.makeCompletedFuture {
                    accepted += 1
                    let connection = ProxiedConnection(number: accepted, client: channel, core: self)
                    connections[accepted] = connection
                    try channel.pipeline.syncOperations.addHandler(FlowHandler(connection, .toDatabase))
                }
            }
            .bind(host: "127.0.0.1", port: port.number)
            .map { [self] in listener = $0 }
    }

    /// Connects to the database for a connection.
    func connectUpstream(_ connection: ProxiedConnection) -> EventLoopFuture<any Channel> {
        let bootstrap = ClientBootstrap(group: loop)
            .connectTimeout(.seconds(10))
            .channelOption(.autoRead, value: false)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(FlowHandler(connection, .toService))
                }
            }
        switch upstream {
        case .socket(let path): return bootstrap.connect(unixDomainSocketPath: path)
        case .tcp(let host, let port):
            return bootstrap.channelOption(.tcpOption(.tcp_nodelay), value: 1).connect(host: host, port: port)
        }
    }

    /// Arms a rule and does at once what it says to do at once.
    func arm(_ rule: ProxyRule, onFire: DatabaseProxy.OnFire?) -> EventLoopFuture<ProxyRuleID> {
        let id = book.arm(rule, at: now)
        callbacks[id] = onFire
        guard rule.trigger == .atOnce else { return loop.makeSucceededFuture(id) }
        if rule.action == .refuse {
            let closed = after(rule.from, id) { [self] in closePort(id) }
            if let to = rule.to { _ = after(to, id) { [self] in openPort(id) } }
            return closed.map { id }
        }
        guard !rule.action.lasts else { return loop.makeSucceededFuture(id) }
        if rule.action == .blackHole, let to = rule.to {
            _ = after(to, id) { [self] in
                for connection in connections.values { connection.release(id) }
                return loop.makeSucceededVoidFuture()
            }
        }
        return after(rule.from, id) { [self] in
            for connection in connections.values.sorted(by: { $0.number < $1.number }) {
                if case .session(let aimed) = rule.aim, aimed != connection.session { continue }
                connection.strike(id)
            }
            return loop.makeSucceededVoidFuture()
        }
        .map { id }
    }

    /// Takes a rule out of force and ends what lasts of it.
    func disarm(_ id: ProxyRuleID) -> EventLoopFuture<Void> {
        callbacks[id] = nil
        for closing in closings.removeValue(forKey: id) ?? [] { closing.cancel() }
        guard let rule = book.disarm(id) else { return loop.makeSucceededVoidFuture() }
        for connection in connections.values { connection.release(id) }
        return rule.action == .refuse ? openPort(id) : loop.makeSucceededVoidFuture()
    }

    /// Notes that a rule fires, and goes on once its callback has returned, never before this call has.
    func fired(_ receipt: ProxyReceipt, then: @escaping @Sendable () -> Void) {
        fired.append(receipt)
        let promise = loop.makePromise(of: Void.self)
        promise.futureResult.whenComplete { [self] _ in
            // Callers may be deep in a loop over messages.
            loop.execute { then() }
        }
        guard let callback = callbacks[receipt.rule] else { return promise.succeed() }
        promise.completeWithTask { await callback(receipt) }
    }

    /// Counts bytes that rules delayed.
    func delayed(_ bytes: Int, by delay: Duration, _ rules: [ProxyRuleID]) {
        for rule in rules { totals[rule, default: (now, RuleTotals())].1.delayed(bytes, by: delay) }
    }

    /// Counts bytes that a rule swallowed.
    func swallowed(_ bytes: Int, _ direction: DatabaseDirection, by rule: ProxyRuleID) {
        totals[rule, default: (now, RuleTotals())].1.swallowed(bytes, direction)
    }

    /// Notes why a connection was ended by the proxy itself.
    func refused(_ error: ProxyError, _ connection: Int) {
        if errors.count < 100 { errors.append("connection \(connection) was ended: \(error)") }
    }

    /// Forgets a connection that is closed.
    func remove(_ connection: ProxiedConnection) {
        connections[connection.number] = nil
    }

    /// Closes everything.
    func close() -> EventLoopFuture<Void> {
        for closing in closings.values.joined() { closing.cancel() }
        for connection in connections.values { connection.close() }
        let closed = listener?.close() ?? loop.makeSucceededVoidFuture()
        return closed.recover { _ in }.map { [self] in port.release() }
    }

    private func after(
        _ delay: Duration,
        _ id: ProxyRuleID,
        _ body: @escaping @Sendable () -> EventLoopFuture<Void>
    ) -> EventLoopFuture<Void> {
        if delay == .zero { return body() }
        closings[id, default: []].append(loop.scheduleTask(in: .init(delay)) { _ = body() })
        return loop.makeSucceededVoidFuture()
    }

    private func closePort(_ id: ProxyRuleID) -> EventLoopFuture<Void> {
        refusals += 1
        guard refusals == 1, let listener else { return loop.makeSucceededVoidFuture() }
        self.listener = nil
        return listener.close()
            .flatMap { [self] in
                ClientBootstrap(group: loop).connectTimeout(.seconds(5)).connect(host: "127.0.0.1", port: port.number)
            }
            .map { $0.close(promise: nil) }
            .recover { [self] error in
                let said = (error as? NIOConnectionError)?.connectionErrors.first.map { "\($0.error)" } ?? "\(error)"
                fired.append(
                    ProxyReceipt(
                        rule: id,
                        at: now,
                        evidence: "the port was closed, and a connection of the harness's own was refused (\(said))"
                    )
                )
            }
    }

    private func openPort(_ id: ProxyRuleID) -> EventLoopFuture<Void> {
        guard refusals > 0 else { return loop.makeSucceededVoidFuture() }
        refusals -= 1
        return refusals == 0 ? listen() : loop.makeSucceededVoidFuture()
    }
}
