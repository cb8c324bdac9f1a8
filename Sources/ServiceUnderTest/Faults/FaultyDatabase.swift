import DatabaseProxy
import Domain
import PostgresStore
import Scenarios
private import Synchronization

/// The database of a real service behind a proxy that loses the connection where the plan says so.
///
/// Each fault is armed right before its request is sent, aimed at the session that asks, and disarmed once the answer is
/// there, so that it cannot strike another request. Without such faults there is no proxy.
final class FaultyDatabase: Sendable {
    /// The database as the service is to reach it.
    let address: PostgresAddress

    private let proxy: DatabaseProxy?
    private let plan: Plan
    private let onFire: @Sendable (_ fault: Int, _ evidence: String) -> Void
    private let armed = Mutex<[Int: [ProxyRuleID]]>([:])

    /// Lends the database of a plan to the body.
    ///
    /// - Parameters:
    ///   - plan: The plan.
    ///   - upstream: The database itself.
    ///   - onFire: Called when a fault, by its number in the scenario, fires.
    ///   - body: What is done with it.
    /// - Returns: What the body returns.
    /// - Throws: What the proxy and the body throw.
    static func with<Value>(
        _ plan: Plan,
        upstream: PostgresAddress,
        onFire: @escaping @Sendable (_ fault: Int, _ evidence: String) -> Void,
        _ body: (FaultyDatabase) async throws -> Value
    ) async throws -> Value {
        let needsProxy = plan.faults.contains { planned in
            if case .databaseGoesAway = planned.fault { true } else { false }
        }
        guard needsProxy else { return try await body(FaultyDatabase(plan, upstream, proxy: nil, onFire: onFire)) }
        return try await DatabaseProxy.with(upstream: upstream, seed: plan.seed) { proxy in
            try await body(FaultyDatabase(plan, proxy.address, proxy: proxy, onFire: onFire))
        }
    }

    private init(
        _ plan: Plan,
        _ address: PostgresAddress,
        proxy: DatabaseProxy?,
        onFire: @escaping @Sendable (_ fault: Int, _ evidence: String) -> Void
    ) {
        self.plan = plan
        self.address = address
        self.proxy = proxy
        self.onFire = onFire
    }

    /// Arms the faults of a request that is about to be sent.
    func prepare(request number: Int) async {
        guard let proxy, let request = plan.requests.first(where: { $0.number == number }) else { return }
        var rules: [ProxyRuleID] = []
        for planned in plan.faults {
            guard case .databaseGoesAway(let aimed, let moment) = planned.fault, aimed == nil || aimed == number else {
                continue
            }
            let rule = ProxyRule(.cut, .boundary(DatabaseBoundary(moment)), aim: .session(request.session.id))
            rules.append(
                await proxy.arm(rule) { [onFire] receipt in
                    onFire(planned.number, "request \(number): \(receipt.evidence)")
                }
            )
        }
        let all = rules
        if !all.isEmpty { armed.withLock { $0[number] = all } }
    }

    /// Disarms the faults of a request that has its answer.
    func conclude(request number: Int) async {
        guard let proxy, let rules = armed.withLock({ $0.removeValue(forKey: number) }) else { return }
        for rule in rules { await proxy.disarm(rule) }
    }
}

extension DatabaseBoundary {
    /// The boundary that a scenario's moment names.
    init(_ moment: WriteMoment) {
        switch moment {
        case .beforeTransaction: self = .beforeTransaction
        case .betweenSets: self = .betweenSets
        case .beforeCommit: self = .beforeCommit
        case .afterCommit: self = .afterCommit
        }
    }
}
