import ContainerPlatform
import Domain
import NIOCore
import NIOPosix

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// One connection of the service with the proxy's own to the database behind it.
// Sendable: everything is touched on the proxy's event loop alone; all sockets, timers and callbacks run there.
final class ProxiedConnection: @unchecked Sendable {
    private enum State {
        case connecting
        case open
        /// Rules have fired, and their callbacks or what they do is awaited.
        case held
        /// A rule swallows everything.
        case swallowing(ProxyRuleID)
        case closed
    }

    /// The connection's number, from 1 in order of arrival.
    let number: Int

    private let core: ProxyCore
    private let client: any Channel
    private var server: (any Channel)?
    private var state = State.connecting
    private var tracker = WireProtocolTracker()
    private var toDatabase = ConnectionFlow(.toDatabase)
    private var toService = ConnectionFlow(.toService)

    init(number: Int, client: any Channel, core: ProxyCore) {
        self.number = number
        self.client = client
        self.core = core
    }

    /// The session that the connection serves, among those that rules aim at.
    var session: SessionID? { tracker.session }

    /// Begins: the rules for new connections, then the connection to the database.
    func begin() {
        state = .held
        let fired = core.book.fires(on: .newConnection, session: nil, at: core.now)
        hold(for: fired, "at its beginning") { [self] in
            state = .connecting
            client.read()
            core.connectUpstream(self)
                .whenComplete { [self] result in
                    switch result {
                    case .success(let channel): connected(channel)
                    case .failure: close()
                    }
                }
        }
    }

    /// Takes in bytes of a direction.
    func received(_ bytes: [UInt8], _ direction: DatabaseDirection) {
        switch state {
        case .closed: return
        case .swallowing(let rule): core.swallowed(bytes.count, direction, by: rule)
        case .connecting, .open, .held:
            let shape = core.book.shape(at: core.now)
            let delay = self[direction].take(bytes, at: core.now, shape)
            core.delayed(bytes.count, by: delay, shape.rules)
        }
    }

    /// The socket from which a direction's bytes come has closed.
    func ended(_ direction: DatabaseDirection) {
        self[direction].hasEnded = true
        if server == nil { return close() }
        // The database does not learn of a service that has left a black hole, just as it would not.
        if case .swallowing = state, toDatabase.hasEnded, toService.hasEnded { return close() }
        advance()
    }

    /// Forwards what can be forwarded and reads on where there is room.
    func advance() {
        for direction in DatabaseDirection.allCases { forward(direction) }
        for direction in DatabaseDirection.allCases { readOn(direction) }
    }

    /// Does what a rule says at once, as a boundary of its own.
    func strike(_ rule: ProxyRuleID) {
        guard case .open = state else {
            if case .connecting = state { close() }
            return
        }
        hold(for: [rule], "at \(core.now.fixedSecondsText) s") {}
    }

    /// Ends a connection that a rule swallows.
    func release(_ rule: ProxyRuleID) {
        if case .swallowing(rule) = state { close() }
    }

    /// Closes both sides; what is not forwarded is lost.
    func close(withReset: Bool = false) {
        if case .closed = state { return }
        state = .closed
        for channel in [client, server].compactMap({ $0 }) {
            channel.flush()
            if withReset, let socket = channel as? any SocketOptionProvider {
                socket.setSoLinger(linger(l_onoff: 1, l_linger: 0)).whenComplete { _ in channel.close(promise: nil) }
            } else {
                channel.close(promise: nil)
            }
        }
        core.remove(self)
    }

    private subscript(direction: DatabaseDirection) -> ConnectionFlow {
        get { direction == .toDatabase ? toDatabase : toService }
        _modify {
            if direction == .toDatabase { yield &toDatabase } else { yield &toService }
        }
    }

    private func target(of direction: DatabaseDirection) -> (any Channel)? {
        direction == .toDatabase ? server : client
    }

    private func source(of direction: DatabaseDirection) -> (any Channel)? {
        direction == .toDatabase ? client : server
    }

    private func connected(_ channel: any Channel) {
        guard case .connecting = state, client.isActive else {
            channel.close(promise: nil)
            return close()
        }
        server = channel
        state = .open
        advance()
    }

    private func forward(_ direction: DatabaseDirection) {
        do throws(ProxyError) {
            while case .open = state {
                let due = try self[direction].arrive(at: core.now)
                if let piece = self[direction].next() {
                    try pass(piece, direction)
                    continue
                }
                if let due { wake(direction, at: due) }
                break
            }
        } catch {
            core.refused(error, number)
            close()
            return
        }
        guard case .open = state else { return }
        target(of: direction)?.flush()
        if self[direction].hasEnded, self[direction].isEmpty { closeAfterWriting(direction) }
    }

    private func closeAfterWriting(_ direction: DatabaseDirection) {
        guard let target = target(of: direction), target.isActive else { return close() }
        target.writeAndFlush(ByteBuffer()).whenComplete { [self] _ in close() }
    }

    private func wake(_ direction: DatabaseDirection, at due: Duration) {
        guard !self[direction].awaitsTimer else { return }
        self[direction].awaitsTimer = true
        core.loop.scheduleTask(in: .init(due - core.now)) { [self] in
            self[direction].awaitsTimer = false
            advance()
        }
    }

    private func readOn(_ direction: DatabaseDirection) {
        let hasRoom: Bool
        switch state {
        case .closed: return
        case .swallowing: hasRoom = true
        case .connecting, .open, .held:
            hasRoom = self[direction].kept < ConnectionFlow.limit && target(of: direction)?.isWritable ?? true
        }
        if hasRoom { source(of: direction)?.read() }
    }

    private func pass(_ piece: ProtocolPiece, _ direction: DatabaseDirection) throws(ProxyError) {
        if piece.kind == .encryptionRequest {
            // The proxy has to read the messages: it refuses encryption, and the client goes on without.
            client.writeAndFlush(ByteBuffer(string: "N"), promise: nil)
            return
        }
        let crossings =
            direction == .toDatabase
            ? try tracker.clientSends(piece, lookingFor: core.book.sessions) : tracker.serverSends(piece)
        var fired: [ProxyRuleID] = []
        var place = ""
        if case .message(let type) = piece.kind {
            fired = core.book.fires(on: .message(type, direction), session: session, at: core.now)
            place = "before a message \(Character(Unicode.Scalar(type))) \(direction.phrase)"
        }
        for crossing in crossings where !crossing.isBehind {
            let more = core.book.fires(on: .boundary(crossing), session: crossing.session, at: core.now)
            if !more.isEmpty { place = crossing.phrase }
            fired += more
        }
        hold(for: fired, place, keeping: piece.bytes.count, direction) { [self] in
            write(piece.bytes, direction) { [self] in
                for crossing in crossings where crossing.isBehind {
                    let behind = core.book.fires(on: .boundary(crossing), session: crossing.session, at: core.now)
                    hold(for: behind, crossing.phrase) {}
                }
            }
        }
    }

    private func write(_ bytes: [UInt8], _ direction: DatabaseDirection, then: @escaping @Sendable () -> Void) {
        guard
            let (rule, allowed) = core.book.fires(
                afterForwarding: bytes.count,
                direction,
                session: session,
                at: core.now
            )
        else {
            write(bytes[...], direction)
            return then()
        }
        write(bytes.prefix(allowed), direction)
        let rest = Array(bytes.dropFirst(allowed))
        hold(for: [rule], "in the middle of a message", keeping: rest.count, direction) { [self] in
            write(rest, direction, then: then)
        }
    }

    private func write(_ bytes: ArraySlice<UInt8>, _ direction: DatabaseDirection) {
        guard !bytes.isEmpty else { return }
        self[direction].forwarded += bytes.count
        target(of: direction)?.write(ByteBuffer(bytes: bytes), promise: nil)
    }

    /// Does what rules that have fired say, one after the other, each after its callback, and then goes on.
    private func hold(
        for rules: [ProxyRuleID],
        _ place: String,
        keeping held: Int = 0,
        _ direction: DatabaseDirection = .toDatabase,
        then: @escaping @Sendable () -> Void
    ) {
        guard let id = rules.first, let rule = core.book.rule(id) else {
            return rules.isEmpty
                ? then() : hold(for: Array(rules.dropFirst()), place, keeping: held, direction, then: then)
        }
        state = .held
        for channel in [client, server] { channel?.flush() }
        let kept = held + self[direction].kept
        let receipt = ProxyReceipt(
            rule: id,
            at: core.now,
            connection: number,
            backendPID: tracker.backendPID,
            evidence: "connection \(number)"
                + (tracker.backendPID.map { ", served by the server process \($0), " } ?? " ")
                + "was \(rule.action.participle) \(place): \(toDatabase.forwarded) bytes had passed to the database and "
                + "\(toService.forwarded) to the service, \(kept) \(direction.phrase) held back"
        )
        core.fired(receipt) { [self] in
            guard case .held = state else { return }
            switch rule.action {
            case .cut: close()
            case .reset: close(withReset: true)
            case .blackHole: swallow(id, held, direction)
            case .pause, .latency, .bandwidth, .refuse:
                state = .open
                hold(for: Array(rules.dropFirst()), place, keeping: held, direction, then: then)
                advance()
            }
        }
    }

    private func swallow(_ rule: ProxyRuleID, _ held: Int, _ direction: DatabaseDirection) {
        state = .swallowing(rule)
        core.swallowed(held, direction, by: rule)
        for direction in DatabaseDirection.allCases { core.swallowed(self[direction].drop(), direction, by: rule) }
        advance()
    }
}

extension ProxyRule.Action {
    /// What a connection was, for receipts.
    fileprivate var participle: String {
        switch self {
        case .pause: "held"
        case .cut: "cut"
        case .reset: "reset"
        case .blackHole: "black-holed"
        case .latency, .bandwidth: "delayed"
        case .refuse: "refused"
        }
    }
}
