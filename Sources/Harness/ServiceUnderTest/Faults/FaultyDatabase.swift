import ContainerPlatform
import DatabaseHarness
import DatabaseProxy
import Domain
import PostgresClient
import Scenarios
private import Synchronization

/// The database of a service under test behind a proxy, which goes wrong where the plan says so.
///
/// The faults of a request are armed right before it is sent and disarmed once its answer is there, so that they cannot
/// strike another. Those of a span of time run on the proxy's own clock where the service runs on a real one; under a
/// simulated clock they strike the requests that are served in the span. Without such faults there is no proxy.
final class FaultyDatabase: Sendable {
    /// What the moments of the plan mean.
    enum Time: Hashable, Sendable {
        /// A real clock, so many times as fast as the scenario's.
        case real(speed: Double)
        /// A simulated one, under which requests are served one after the other.
        case simulated
    }

    private struct Armed {
        let fault: Int
        let rule: ProxyRuleID
        let prefix: String
    }

    private struct State {
        var armed: [Int: [Armed]] = [:]
        var struck: Set<Int> = []
        /// What has to be over before the database is looked at: a server that is down, a black hole.
        var disturbances: [Task<Void, Never>] = []
        /// What waits for its moment.
        var waiting: [Task<Void, Never>] = []
        var swallowed: Set<Int> = []
    }

    /// The database as the service is to reach it.
    let address: PostgresAddress

    private let plan: Plan
    private let time: Time
    private let proxy: DatabaseProxy?
    private let server: ThrowAwayCluster?
    private let ledger: FaultLedger
    private let state = Mutex(State())

    /// Lends the database of a plan to the body.
    ///
    /// - Parameters:
    ///   - plan: The plan.
    ///   - upstream: The database itself.
    ///   - server: The server, where it is the run's own and nobody else's; without it no server is killed.
    ///   - time: What the moments of the plan mean.
    ///   - ledger: Where the proofs go.
    ///   - body: What is done with it.
    /// - Returns: What the body returns; the server runs then.
    /// - Throws: What the proxy and the body throw.
    static func with<Value>(
        _ plan: Plan,
        upstream: PostgresAddress,
        server: ThrowAwayCluster?,
        time: Time,
        ledger: FaultLedger,
        _ body: (FaultyDatabase) async throws -> Value
    ) async throws -> Value {
        let needsProxy = plan.faults.contains { planned in
            switch planned.fault {
            case .database: true
            case .databaseGoesAway: time != .simulated
            case .stage, .scoring, .process: false
            }
        }
        guard needsProxy else {
            // A process of its own knows nothing of what libpq finds out here.
            let address = time == .simulated ? upstream : try await upstream.resolved()
            return try await body(FaultyDatabase(plan, address, time, proxy: nil, server: nil, ledger))
        }
        let reachable = try await upstream.resolvedWithoutEncryption()
        return try await DatabaseProxy.with(upstream: reachable, seed: plan.seed) { proxy in
            let database = FaultyDatabase(plan, proxy.address, time, proxy: proxy, server: server, ledger)
            await database.begin()
            do {
                let value = try await body(database)
                await database.end()
                return value
            } catch {
                await database.end()
                throw error
            }
        }
    }

    private init(
        _ plan: Plan,
        _ address: PostgresAddress,
        _ time: Time,
        proxy: DatabaseProxy?,
        server: ThrowAwayCluster?,
        _ ledger: FaultLedger
    ) {
        self.plan = plan
        self.address = address
        self.time = time
        self.proxy = proxy
        self.server = server
        self.ledger = ledger
    }

    /// Arms the faults of a request that is about to be sent.
    ///
    /// - Parameters:
    ///   - number: The request's number.
    ///   - span: From its arrival to its answer, where the clock is simulated.
    func prepare(request number: Int, servedIn span: ClosedRange<Duration>? = nil) async {
        guard let proxy, let request = plan.request(numbered: number) else { return }
        for planned in plan.faults {
            switch planned.fault {
            case .databaseGoesAway(let aimed, let boundary):
                guard time != .simulated, aimed == nil || aimed == number else { continue }
                let rule = ProxyRule(.cut, .boundary(boundary), aim: .session(request.session.id))
                await arm([rule], planned, for: number, on: proxy)
            case .database(let fault):
                switch fault.span {
                case .request(let aimed):
                    guard aimed == nil || aimed == number else { continue }
                    await arm(rules(of: fault, for: request), planned, for: number, on: proxy)
                case .window(let from, let to):
                    guard let span, from <= span.upperBound, to.map({ span.lowerBound < $0 }) ?? true else { continue }
                    if fault.kind.strikesOnce, !state.withLock({ $0.struck.insert(planned.number).inserted }) {
                        continue
                    }
                    if case .serverKilled(let delay) = fault.kind {
                        await killServer(planned.number, before: number, isBack: from + delay <= span.lowerBound)
                        continue
                    }
                    await arm(rules(of: fault, for: request), planned, for: number, on: proxy)
                }
            case .stage, .scoring, .process: continue
            }
        }
    }

    /// Disarms the faults of a request that has its answer, and notes what they did.
    ///
    /// - Returns: Whether the request ended in a black hole, from which it has been let out.
    @discardableResult
    func conclude(request number: Int) async -> Bool {
        await disarm(number)
        await isUndisturbed()
        return state.withLock { $0.swallowed.remove(number) != nil }
    }

    /// Waits until a server that was killed answers again.
    func isUndisturbed() async {
        for disturbance in state.withLock({ $0.disturbances }) { await disturbance.value }
    }

    private func begin() async {
        guard case .real(let speed) = time, let proxy else { return }
        for planned in plan.faults {
            guard case .database(let fault) = planned.fault, case .window(let from, let to) = fault.span else {
                continue
            }
            if case .serverKilled(let delay) = fault.kind {
                let killing = Task { [self] in
                    guard (try? await Task.sleep(for: from / speed)) != nil else { return }
                    await killServer(planned.number, "at \(from.fixedSecondsText) s", restartAfter: delay / speed)
                }
                state.withLock { $0.waiting.append(killing) }
                continue
            }
            var rules = rules(of: fault, for: nil)
            for index in rules.indices {
                rules[index].from = from / speed
                rules[index].to = fault.kind.strikesOnce ? from / speed : to.map { $0 / speed }
            }
            await arm(rules, planned, for: 0, on: proxy)
        }
    }

    private func end() async {
        await disarm(0)
        let waiting = state.withLock { $0.waiting }
        for task in waiting {
            task.cancel()
            await task.value
        }
        // A server that is down comes back at once where nobody waits for it any more.
        for disturbance in state.withLock({ $0.disturbances }) { disturbance.cancel() }
        await isUndisturbed()
    }

    /// The rules that a fault amounts to; for no request, those of a span of time.
    private func rules(of fault: DatabaseFault, for request: PlannedRequest?) -> [ProxyRule] {
        let trigger: ProxyRule.Trigger =
            switch fault.point {
            case .boundary(let boundary): .boundary(boundary)
            case .afterBytes(let count, let direction): .bytes(count, direction)
            case nil: .atOnce
            }
        let aim: ProxyRule.Aim =
            fault.point == nil ? .everything : request.map { .session($0.session.id) } ?? .everything
        // What strikes at a moment strikes what is open then, not what is opened afterwards.
        let end: Duration? = fault.point == nil && fault.kind.strikesOnce ? .zero : nil
        switch fault.kind {
        case .latency(let delay, let jitter):
            return [ProxyRule(.latency(delay / speed, jitter: jitter / speed))]
        case .bandwidth(let rate): return [ProxyRule(.bandwidth(max(1, Int(Double(rate) * speed))))]
        case .refuse: return [ProxyRule(.refuse), ProxyRule(.cut)]
        case .reset: return [ProxyRule(.reset, trigger, aim: aim, to: end)]
        case .cut: return [ProxyRule(.cut, trigger, aim: aim, to: end)]
        case .blackHole: return [ProxyRule(.blackHole, trigger, aim: aim)]
        case .serverKilled: return [ProxyRule(.cut, trigger, aim: aim, to: end)]
        }
    }

    private var speed: Double {
        if case .real(let speed) = time { speed } else { 1 }
    }

    private func arm(_ rules: [ProxyRule], _ planned: PlannedFault, for request: Int, on proxy: DatabaseProxy) async {
        if case .database(let fault) = planned.fault, case .serverKilled(let delay) = fault.kind {
            return await armKilling(restartAfter: delay, rules, planned, for: request, on: proxy)
        }
        let prefix = request > 0 ? "request \(request): " : ""
        for rule in rules {
            // Under a simulated clock nothing would ever come of waiting in a black hole.
            let endsBlackHole = rule.action == .blackHole && time == .simulated
            let id = await proxy.arm(rule) { [self] _ in
                if endsBlackHole { endBlackHole(of: request) }
            }
            let armed = Armed(fault: planned.number, rule: id, prefix: prefix)
            state.withLock { $0.armed[request, default: []].append(armed) }
        }
    }

    private func armKilling(
        restartAfter delay: Duration,
        _ rules: [ProxyRule],
        _ planned: PlannedFault,
        for request: Int,
        on proxy: DatabaseProxy
    ) async {
        for rule in rules {
            let id = await proxy.arm(rule) { [self] receipt in
                let place = "during request \(request), when \(receipt.evidence)"
                await killServer(planned.number, place, restartAfter: time == .simulated ? .zero : delay / speed)
            }
            // The cut is the server's end as the service sees it, and no proof of its own.
            let armed = Armed(fault: 0, rule: id, prefix: "")
            state.withLock { $0.armed[request, default: []].append(armed) }
        }
    }

    private func killServer(_ fault: Int, _ place: String, restartAfter delay: Duration) async {
        guard let server else { return }
        let crash = state.withLock { state in
            let crash = Task { try? await server.crash() }
            let restart = Task { [ledger] in
                guard await crash.value != nil else { return }
                try? await Task.sleep(for: delay)
                let clock = ContinuousClock()
                let start = clock.now
                // The task does not inherit a cancellation: the server comes back in any case.
                guard await Task(operation: { (try? await server.restart()) != nil }).value else { return }
                ledger.record(
                    fault,
                    "the server was started again as process \(server.serverPID) and answered after "
                        + "\((clock.now - start).fixedSecondsText) s"
                )
            }
            state.disturbances.append(restart)
            return crash
        }
        guard let proof = await crash.value else { return }
        ledger.record(fault, "\(proof.evidence), \(place)")
    }

    /// Kills the server at a moment of a simulated clock, and has it back before the request or only after it.
    private func killServer(_ fault: Int, before request: Int, isBack: Bool) async {
        await killServer(fault, "before request \(request)", restartAfter: isBack ? .zero : .seconds(1))
        if isBack { await isUndisturbed() }
    }

    /// Ends the black hole that a request is in, a little later.
    private func endBlackHole(of request: Int) {
        guard let proxy else { return }
        state.withLock { state in
            state.swallowed.insert(request)
            let rules = state.armed[request, default: []].map(\.rule)
            state.disturbances.append(
                Task {
                    try? await Task.sleep(for: .milliseconds(50))
                    for rule in rules { await proxy.disarm(rule) }
                }
            )
        }
    }

    private func disarm(_ request: Int) async {
        guard let proxy else { return }
        for armed in state.withLock({ $0.armed.removeValue(forKey: request) }) ?? [] {
            await proxy.disarm(armed.rule)
            guard armed.fault > 0 else { continue }
            for receipt in await proxy.receipts(of: armed.rule) {
                ledger.record(armed.fault, armed.prefix + receipt.evidence)
            }
        }
    }
}

extension DatabaseFault.Kind {
    /// Whether the fault strikes at a moment, rather than for a span of time.
    fileprivate var strikesOnce: Bool {
        switch self {
        case .reset, .cut, .serverKilled: true
        case .latency, .bandwidth, .refuse, .blackHole: false
        }
    }
}
