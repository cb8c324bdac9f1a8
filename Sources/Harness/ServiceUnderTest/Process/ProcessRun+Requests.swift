import ContainerPlatform
import Domain
import Observations
import SafeText
import Scenarios

/// Requests: the queue before the instance has started, and what each gets.
extension ProcessRun {
    /// Takes the requests whose moments have come.
    func reachArrivals() {
        while nextArrival < requests.count, setup.plan.requests[nextArrival].at <= now {
            let index = nextArrival
            nextArrival += 1
            // A request that the harness comes late for has arrived all the same.
            requests[index].arrived = setup.plan.requests[index].at
            record(.requestArrived(index))
            if startFailed {
                refuse(index, status: 500, PlatformLog.couldNotStart)
            } else if phase == .stopping || phase == .ended || (phase == .serving && exited != nil) {
                end(index, .elsewhere, refusal: (nil, "the instance no longer got requests when this one came"))
            } else {
                requests[index].stage = .queued
            }
        }
    }

    /// Gives the ratings whose moments have come; a request waits until they are in the database.
    func reachRatings() {
        while nextRating < setup.plan.ratings.count, setup.plan.ratings[nextRating].at <= now {
            setup.ask(.rating(setup.plan.ratings[nextRating]))
            nextRating += 1
            openRatings += 1
        }
    }

    /// Hands queued requests on, as many as the concurrency allows; first their sessions' rows are read.
    func deliverQueued() {
        guard phase == .serving, exited == nil, openRatings == 0 else { return }
        var chosen: [Int] = []
        for index in requests.indices where requests[index].stage == .queued {
            guard inFlight < profile.concurrency else { break }
            // What an earlier answer left must be read before the next one changes it.
            guard !isBeingRead(setup.plan.requests[index].session.id) else { continue }
            requests[index].stage = .reading
            chosen.append(index)
        }
        if !chosen.isEmpty { ask(chosen, isBefore: true) }
    }

    /// How many requests the instance works on.
    var inFlight: Int { requests.count { $0.stage == .reading || $0.stage == .sent } }

    private func isBeingRead(_ session: SessionID) -> Bool {
        requests.indices.contains { requests[$0].stage == .answered && setup.plan.requests[$0].session.id == session }
    }

    /// Takes the rows that were asked for.
    func take(_ rows: [StoredRecommendation], of question: Int) {
        guard let asked = questions.removeValue(forKey: question) else { return }
        for index in asked.requests {
            let planned = setup.plan.requests[index]
            let own = rows.filter { $0.row.session == planned.session.id && $0.row.phase == planned.phase }
            if asked.isBefore {
                requests[index].rowsBefore = own
                if requests[index].stage == .reading { send(index) }
            } else {
                requests[index].rowsAfter = own
                // A request that the service never had found what it left.
                if requests[index].sent == nil { requests[index].rowsBefore = own }
                requests[index].stage = .closed
            }
        }
    }

    private func ask(_ indices: [Int], isBefore: Bool) {
        questionCount += 1
        questions[questionCount] = OpenQuestion(requests: indices, isBefore: isBefore)
        let sessions = Set(indices.map { setup.plan.requests[$0].session.id })
        setup.ask(
            .rows(
                RowsQuestion(
                    number: questionCount,
                    sessions: sessions.sorted { $0.text < $1.text },
                    requests: indices.map { setup.plan.requests[$0].number },
                    isBefore: isBefore,
                    promises: isBefore ? [:] : promises(of: indices)
                )
            )
        )
    }

    /// What the answers to requests promise, by the requests' numbers.
    private func promises(of indices: [Int]) -> [Int: RowPromise] {
        var promises: [Int: RowPromise] = [:]
        for index in indices {
            guard let body = requests[index].body else { continue }
            let planned = setup.plan.requests[index]
            promises[planned.number] = RowPromise(
                body.completed(for: planned),
                session: planned.session.id,
                phase: planned.phase,
                before: requests[index].rowsBefore
            )
        }
        return promises
    }

    private func send(_ index: Int) {
        guard exited == nil else { return }
        requests[index].stage = .sent
        allocateCPU()
        now = max(now, clock.now)
        requests[index].sent = now
        requests[index].stateWhenSent = watcher.state
        record(.requestDelivered(index))
        requests[index].exchange = Exchange(to: serviceAddress, request: body(of: index), bodyLimit: 1 << 20)
        faults.requestSent(index + 1, at: now)
        advance(index)
    }

    private func body(of index: Int) -> [UInt8] {
        let planned = setup.plan.requests[index]
        let body =
            "{\"session_id\":\"\(planned.session.id)\",\"topk_per_model\":\(planned.topK),\"phase\":\(planned.phase)}"
        let start = setup.plan.displayStart(ofRequest: planned.number)
        var head = "POST /recommend HTTP/1.1\r\nHost: 127.0.0.2:\(port)\r\nUser-Agent: coldstart\r\n"
        head += "Content-Type: application/json\r\nContent-Length: \(body.utf8.count)\r\nConnection: close\r\n"
        head += "Coldstart-Request: \(planned.number)\r\nColdstart-Display-Start: \(start.rawValue)\r\n"
        for (name, value) in setup.headers { head += "\(name): \(value)\r\n" }
        return Array((head + "\r\n" + body).utf8)
    }

    /// Takes notice of the answers.
    func advanceRequests() {
        for index in requests.indices where requests[index].stage == .sent { advance(index) }
    }

    private func advance(_ index: Int) {
        guard let exchange = requests[index].exchange else { return }
        exchange.advance()
        guard let end = exchange.end else { return }
        now = max(now, clock.now)
        switch end {
        case .answered(let answer):
            take(answer, of: index)
        case .refused:
            refuse(index, status: 503, PlatformLog.connectionError)
        case .broken(let reason), .malformed(let reason):
            requests[index].notes.append(reason)
            cut(index)
        case .connected:
            break
        }
    }

    private func take(_ answer: HTTPAnswer, of index: Int) {
        requests[index].answer = answer
        if let body = requests[index].body {
            note(body, of: index)
            let state = state(of: requests[index]) ?? .nothing
            end(index, .served(RequestState(state)))
        } else {
            let text = setup.redaction.removed(from: ServiceAnswer.detail(answer))
            end(index, .refused(status: answer.status, text: text))
        }
    }

    private func note(_ body: AnswerBody, of index: Int) {
        let served = StartupSummary.Served(request: index, moment: now)
        guard body.svdTopSaved ?? 0 > 0 || body.p5TopSaved ?? 0 > 0 else { return }
        if summary.firstWithRows == nil { summary.firstWithRows = served }
        if body.p5TopSaved ?? 0 > 0, summary.firstFull == nil { summary.firstFull = served }
    }

    /// What the service could rank with when it took the request, as far as it can be known.
    func state(of request: ReplayedRequest) -> ServingState? {
        guard request.sent != nil else { return nil }
        guard let answer = request.answer else { return request.stateWhenSent }
        // A service that refuses because it does not serve has not taken the request.
        guard answer.status != 503 else { return nil }
        if let stated = ServiceAnswer.state(answer) { return stated }
        guard let body = request.body else { return request.stateWhenSent }
        if body.p5TopSaved ?? 0 > 0 { return .full }
        guard body.p5TopSaved != nil, let svd = body.svdTopSaved else { return request.stateWhenSent }
        return svd > 0 ? .svdOnly : .nothing
    }

    /// Ends the requests that have waited for the request timeout, the start included.
    func reachTimeouts() {
        for index in requests.indices where requests[index].isOpen {
            guard requests[index].arrived + profile.requestTimeout <= now else { continue }
            refuse(index, status: 504, PlatformLog.requestTimedOut)
        }
    }

    /// Refuses every request that waits for the instance, as its start has failed.
    func refuseQueued() {
        for index in requests.indices where requests[index].stage == .queued {
            refuse(index, status: 503, PlatformLog.readinessCheckFailed)
        }
    }

    /// Ends every open request, as the process has ended: those it had are cut, the others go elsewhere.
    func cutOpen() {
        for index in requests.indices where requests[index].isOpen {
            if requests[index].stage == .queued {
                end(index, .elsewhere, refusal: (nil, "the instance no longer got requests when this one came"))
            } else {
                cut(index)
            }
        }
    }

    private func refuse(_ index: Int, status: Int, _ text: String) {
        end(index, .refusedByPlatform(status: status, text: text), refusal: (status, text))
    }

    private func cut(_ index: Int) {
        let text = PlatformLog.connectionError
        end(index, .cut(status: 503, text: text), refusal: (503, text))
    }

    private func end(_ index: Int, _ outcome: RequestOutcome, refusal: (Int?, String)? = nil) {
        requests[index].exchange?.abandon()
        requests[index].exchange = nil
        requests[index].ended = now
        requests[index].refusal = refusal.map { (status: $0.0, text: $0.1) }
        requests[index].stage = .answered
        record(.requestEnded(index, outcome, latency: now - requests[index].arrived))
        ask([index], isBefore: false)
    }
}
