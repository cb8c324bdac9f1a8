import ContainerPlatform
import Domain
import Observations
import SafeText
import Scenarios

/// Requests, ratings and rows.
extension ProcessDriver {
    /// Takes the requests and ratings whose moments have come.
    func takeArrivals() {
        while let rating = arrivals.takeRating(at: now) { setup.ask(.rating(rating)) }
        // A request that the harness comes late for has arrived all the same.
        while let index = arrivals.takeRequest(at: now) {
            tell(.requestArrived(index, planned: setup.plan.requests[index].at))
        }
    }

    /// Asks for the rows of requests that are to be sent, and of those that have their outcome.
    func askForRows() {
        let mayDeliver = !arrivals.isRating && instance.takesRequests
        while var question = rows.nextQuestion(
            mayDeliver: mayDeliver,
            isApart: { setup.waitsForRows && sender.requests[$0].body != nil }
        ) {
            if setup.waitsForRows, !question.isBefore { question.promises = promises(of: question.requests) }
            setup.ask(.rows(question))
        }
    }

    /// Takes the rows that were asked for, and sends the requests that waited for them.
    func take(_ rows: [StoredRecommendation], of question: Int) {
        guard let read = self.rows.answered(question) else { return }
        let bySession = Dictionary(grouping: rows, by: \.row.session)
        for index in read.indices {
            let planned = setup.plan.requests[index]
            let own = (bySession[planned.session.id] ?? []).filter { $0.row.phase == planned.phase }
            if read.isBefore {
                sender.keep(rowsBefore: own, of: index)
                if instance.requests[index].ended == nil, instance.exit == nil { send(index) }
            } else {
                sender.keep(rowsAfter: own, of: index)
                // A request that the service never had found what it left.
                if instance.requests[index].delivered == nil { sender.keep(rowsBefore: own, of: index) }
            }
        }
    }

    /// Tells the instance which answers have come.
    func advanceRequests() {
        for (index, end) in sender.advance() {
            refresh()
            switch end {
            case .answered(let answer): tell(.answerCame(index, outcome(of: index, answer)))
            case .refused: tell(.connectionRefused(index))
            case .broken, .malformed: tell(.connectionLost(index))
            case .checked, .connected: break
            }
        }
    }

    private func send(_ index: Int) {
        refresh()
        sender.send(index, state: health.state)
        tell(.requestSent(index))
        faults.requestSent(index + 1, at: now)
    }

    private func outcome(of index: Int, _ answer: HTTPAnswer) -> RequestOutcome {
        let request = sender.requests[index]
        if let body = request.body { return request.outcome(body) }
        return .refused(status: answer.status, text: setup.redaction.removed(from: ServiceAnswer.detail(answer)))
    }

    /// What the answers to requests promise, by the requests' numbers.
    private func promises(of numbers: [Int]) -> [Int: RowPromise] {
        var promises: [Int: RowPromise] = [:]
        for number in numbers {
            let planned = setup.plan.requests[number - 1]
            let request = sender.requests[number - 1]
            guard let body = request.body else { continue }
            promises[number] = RowPromise(
                body.completed(for: planned),
                session: planned.session.id,
                phase: planned.phase,
                before: request.rowsBefore
            )
        }
        return promises
    }

    /// What is reported of a request.
    func answer(_ index: Int) -> ObservedAnswer {
        let planned = setup.plan.requests[index]
        let request = sender.requests[index]
        let seen = instance.requests[index]
        return ObservedAnswer(
            request: planned.number,
            session: planned.session.id,
            arrivedAt: seen.arrived,
            takenAt: seen.delivered,
            finishedAt: seen.ended ?? now,
            status: seen.status,
            state: seen.delivered == nil ? nil : request.state,
            response: request.body?.completed(for: planned, rows: request.rowsAfter),
            bodyFaults: request.body?.faults ?? [],
            error: seen.refusal,
            rowsBefore: request.rowsBefore,
            rowsAfter: request.rowsAfter,
            notes: (request.answer.map(ServiceAnswer.notes) ?? []).map { setup.redaction.removed(from: $0) }
                + request.notes
        )
    }
}
