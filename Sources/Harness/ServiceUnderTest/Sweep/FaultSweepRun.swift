package import DatabaseHarness
package import DatabaseProxy
import Domain
package import FaultSweep
package import PostgresClient
private import Synchronization

/// Lets faults strike at every boundary of a service's start and of a request to it, one after the other.
///
/// Each cell first has the service write an earlier set, of fewer rows than the request that then meets the fault, so
/// that what is left tells itself apart. The proxy between the service and its database says when a boundary is reached,
/// and holds everything while the fault strikes.
package struct FaultSweepRun: Sendable {
    /// The service.
    package let service: any SweptService
    /// The proxy that the service reaches its database through.
    package let proxy: DatabaseProxy
    /// The database itself.
    package let rowReader: RowReader
    /// The request that meets the faults.
    package let request: SweptRequest
    /// How long a caller waits for an answer that nothing keeps from coming.
    package let limit: Duration
    /// How much longer it waits once a black hole has opened.
    package let patience: Duration
    /// Whether P5 is loaded by the first request that wants it, so that the earlier set is asked for until it has a part.
    package let loadsP5OnRequest: Bool

    /// Creates a sweep.
    ///
    /// - Precondition: The request asks for at least two rows, so that the earlier set can have fewer.
    package init(
        service: any SweptService,
        proxy: DatabaseProxy,
        database: PostgresAddress,
        request: SweptRequest,
        limit: Duration = .seconds(60),
        patience: Duration = .milliseconds(500),
        loadsP5OnRequest: Bool = false
    ) {
        precondition(request.topK > 1, "a sweep with \(request.topK) rows")
        self.service = service
        self.proxy = proxy
        self.rowReader = RowReader(database)
        self.request = request
        self.limit = limit
        self.patience = patience
        self.loadsP5OnRequest = loadsP5OnRequest
    }

    private struct Obstacle: Error, CustomStringConvertible {
        let description: String
    }

    /// What the callbacks of a cell leave.
    private final class FaultEvidence: Sendable {
        private let proofs = Mutex<[String]>([])
        private let followUps = Mutex<[Task<Void, Never>]>([])

        func note(_ proof: String?) {
            if let proof { proofs.withLock { $0.append(proof) } }
        }

        /// Does something once the callback has returned and the bytes flow again.
        func follow(_ body: @escaping @Sendable () async -> Void) {
            let task = Task {
                try? await Task.sleep(for: .milliseconds(30))
                await body()
            }
            followUps.withLock { $0.append(task) }
        }

        /// The proofs, once everything has been done.
        func ended() async -> [String] {
            for task in followUps.withLock({ $0 }) { await task.value }
            return proofs.withLock { $0 }
        }
    }

    /// Runs one cell.
    ///
    /// - Returns: What was seen; where the cell could not be run, with the obstacle.
    /// - Throws: `CancellationError` alone.
    package func cell(_ boundary: SweepBoundary, _ fault: SweepFault) async throws -> CellObservation {
        var cell = CellObservation(boundary, fault)
        do {
            try await writeEarlierSet(&cell)
            if boundary.isOfStart {
                try await strikeStart(&cell)
            } else {
                try await strikeRequest(&cell)
            }
            if cell.setAside == nil { try await recover(&cell) }
        } catch {
            try Task.checkCancellation()
            cell.obstacle = "\(error)"
            // The next cell begins with a service that nothing is known against.
            _ = await service.kill()
        }
        return cell
    }

    private func writeEarlierSet(_ cell: inout CellObservation) async throws {
        let count = max(1, request.topK - 3)
        for attempt in 1...2 {
            if await !service.isReady(within: .milliseconds(attempt == 1 ? 200 : 0)) {
                _ = await service.kill()
                try await service.start(heldAt: nil)
                guard await service.isReady(within: limit) else {
                    throw Obstacle(description: "the service did not get ready")
                }
            }
            let first = SweptRequest(session: request.session, topK: count, phase: request.phase)
            var answer = await service.ask(first, until: Patience(limit))
            let end = ContinuousClock.now + limit
            while loadsP5OnRequest, answer.saved?.p5 == 0, ContinuousClock.now < end {
                try await Task.sleep(for: .milliseconds(200))
                answer = await service.ask(first, until: Patience(limit))
            }
            guard answer.status == 200, let saved = answer.saved, saved.svd == count else {
                if attempt == 1 { continue }
                let said = answer.status.map(String.init) ?? "no answer"
                throw Obstacle(
                    description: "the request for the earlier set got \(said): \(answer.detail ?? "no rows were saved")"
                )
            }
            cell.earlier = try await rows()
            cell.expected = .init(svd: request.topK, p5: saved.p5 > 0 ? request.topK : 0)
            return
        }
    }

    private func strikeRequest(_ cell: inout CellObservation) async throws {
        let evidenceOfFault = FaultEvidence()
        let patience = Patience(limit)
        let (service, rest) = (service, self.patience)
        let fault = cell.fault
        let isAnswer = cell.boundary == .beforeAnswer
        let rule = await proxy.arm(self.rule(cell.boundary, fault)) { _ in
            switch (fault, isAnswer) {
            case (.kill, false):
                evidenceOfFault.note(await service.kill())
            case (.timeout, false):
                patience.shorten(to: rest)
            case (.cut, false):
                break
            case (.kill, true):
                // Stopped, it is sent the server's confirmation of the commit, and cannot act on it any more.
                evidenceOfFault.note(await service.freeze())
                evidenceOfFault.follow { evidenceOfFault.note(await service.kill()) }
            case (.timeout, true):
                evidenceOfFault.note(await service.freeze())
                patience.shorten(to: rest)
            case (.cut, true):
                evidenceOfFault.note("the caller ended its connection to the service")
                patience.shorten(to: .zero)
                // The server's confirmation of the commit is held back until the caller has closed its connection.
                try? await Task.sleep(for: .milliseconds(30))
            }
        }
        // Tells a service that has no transaction from one whose boundary was not reached.
        let commits = await proxy.arm(
            ProxyRule(.pause, .ownCommit, aim: .session(request.session), occurrence: nil)
        )
        cell.answer = await service.ask(request, until: patience)
        let proofs = await evidenceOfFault.ended()
        if isAnswer, fault == .timeout { await service.thaw() }
        let receipts = await proxy.receipts(of: rule).map(\.evidence)
        // A pause alone is no fault: what happened during it is.
        cell.receipts = isAnswer ? (proofs.isEmpty ? [] : receipts + proofs) : receipts + proofs
        cell.ownCommits = await proxy.receipts(of: commits).count
        for rule in [rule, commits] { await proxy.disarm(rule) }
        cell.after = try await settledRows()
    }

    private func rule(_ boundary: SweepBoundary, _ fault: SweepFault) -> ProxyRule {
        let aim = ProxyRule.Aim.session(request.session)
        guard case .write(let place) = boundary else { return ProxyRule(.pause, .boundary(.afterCommit), aim: aim) }
        return ProxyRule(fault == .timeout ? .blackHole : .cut, .boundary(place), aim: aim)
    }

    private func strikeStart(_ cell: inout CellObservation) async throws {
        _ = await service.kill()
        try await service.start(heldAt: cell.boundary)
        let evidence: String
        switch await service.arrival(within: .seconds(20)) {
        case .reached(let sign): evidence = sign
        case .notAnnounced:
            let stage = cell.boundary.name.replacing("stage_", with: "")
            cell.setAside =
                "the service serves and has not said when the stage \(stage) begins; "
                + "--stage-sign \(stage)=TEXT names a text in the line of its log that says so"
            return
        case .never: throw Obstacle(description: "the service did not come to \(cell.boundary.name)")
        }
        var rules: [ProxyRuleID] = []
        switch cell.fault {
        case .kill:
            cell.receipts = [evidence] + [await service.kill()].compactMap(\.self)
            if cell.receipts.count < 2 { cell.receipts = [] }
        case .timeout:
            rules.append(await proxy.arm(ProxyRule(.blackHole)))
            await connectThroughProxy()
        case .cut:
            rules = [await proxy.arm(ProxyRule(.refuse)), await proxy.arm(ProxyRule(.cut))]
        }
        if !rules.isEmpty {
            let patience = Patience(patience)
            // A service that listens from this stage on may take a moment to do so.
            repeat {
                cell.answer = await service.ask(request, until: patience)
                if cell.answer?.status != nil { break }
                try await Task.sleep(for: .milliseconds(20))
            } while !patience.isOver
            for rule in rules {
                cell.receipts += await proxy.receipts(of: rule).map(\.evidence)
                await proxy.disarm(rule)
            }
            if !cell.receipts.isEmpty { cell.receipts.insert(evidence, at: 0) }
        }
        cell.after = try await settledRows()
    }

    /// Connects through the proxy as the service would, so that a black hole has something to swallow.
    private func connectThroughProxy() async {
        let port = proxy.port
        // A first packet of version 3 with an empty list of parameters.
        let packet: [UInt8] = [0, 0, 0, 9, 0, 3, 0, 0, 0]
        await withCheckedContinuation { continuation in
            OwnThread.start {
                let exchange = Exchange(to: .ipv4(127, 0, 0, 1, port: port), request: packet)
                for _ in 0..<50 where exchange.end == nil {
                    exchange.advance()
                    sleepMilliseconds(2)
                }
                continuation.resume()
            }
        }
    }

    private func recover(_ cell: inout CellObservation) async throws {
        if await !service.isReady(within: cell.fault == .kill ? .milliseconds(100) : limit) {
            _ = await service.kill()
            try await service.start(heldAt: nil)
            guard await service.isReady(within: limit) else {
                throw Obstacle(description: "the service did not get ready again")
            }
        }
        // A pooled connection that the fault has ended may cost one request, and no more.
        for _ in 1...2 {
            cell.recovery = await service.ask(request, until: Patience(limit))
            if cell.recovery?.status == 200 { break }
        }
        cell.recovered = try await settledRows()
    }

    private func rows() async throws -> [StoredRecommendation] {
        try await rowReader.rows(of: [request.session]).filter { $0.row.phase == request.phase }
    }

    /// Reads until nothing changes any more: a server process may still be undoing or doing what it was told.
    private func settledRows() async throws -> [StoredRecommendation] {
        var latest = try await rows()
        for _ in 0..<20 {
            try await Task.sleep(for: .milliseconds(40))
            let next = try await rows()
            if next == latest { return next }
            latest = next
        }
        return latest
    }
}
