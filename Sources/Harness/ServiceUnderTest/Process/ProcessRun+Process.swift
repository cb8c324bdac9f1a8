import ContainerPlatform
import Domain
import Observations
import SafeText
import Scenarios

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// The process itself: its log, its end, and what other tasks say.
extension ProcessRun {
    /// Takes what other tasks have said.
    func takeMessages() {
        for message in setup.mailbox.take() {
            switch message {
            case .rows(let question, let rows): take(rows, of: question)
            case .rated: openRatings -= 1
            case .boundaryReached(let fault, let evidence): strike(fault, because: evidence)
            case .failed(let error): failure = failure ?? error
            case .cancelled: failure = failure ?? CancellationError()
            }
        }
    }

    /// Reads what the service has written.
    func readLog() {
        if isOutputOpen {
            let (lines, isAtEnd) = log.read(process.output, from: .output, at: now)
            isOutputOpen = !isAtEnd
            lines.forEach(take)
        }
        if isErrorsOpen {
            let (lines, isAtEnd) = log.read(process.errors, from: .errors, at: now)
            isErrorsOpen = !isAtEnd
            lines.forEach(take)
        }
    }

    /// Takes notice of the end of the process.
    func noticeExit() {
        guard exited == nil, let exit = process.exit else { return }
        now = max(now, clock.now)
        readLog()
        watcher.exchange = nil
        watcher.due = .never
        if phase == .starting {
            leave(exit)
            exitNoticeDue = now + setup.delays.exitNotice
        } else {
            end(exit)
        }
    }

    /// Gives up the instance: SIGTERM, and SIGKILL after the grace.
    func beginStop() {
        closeGap()
        guard exited == nil else {
            endGroup()
            phase = .ended
            return allocateCPU()
        }
        phase = .stopping
        allocateCPU()
        lookForSockets()
        record(.signal(15))
        process.signal(SIGTERM)
        termination.sent(at: now)
        killDue = now + profile.terminationGrace
    }

    /// Kills what has outlived its grace.
    func reachKill() {
        guard killDue <= now else { return }
        killDue = .never
        record(.signal(9))
        process.signal(SIGKILL)
        termination.killed(at: now)
    }

    private func end(_ exit: ProcessExit) {
        leave(exit)
        phase = .ended
        cutOpen()
        endGroup()
        allocateCPU()
        killDue = .never
        boostDue = .never
        throttleDue = .never
    }

    private func leave(_ exit: ProcessExit) {
        exited = exit
        termination.exited(exit, at: now)
        record(.exited(exit))
        closeGap()
        attempt?.abandon()
        attempt = nil
        attemptRetryDue = .never
    }

    /// An instance is gone with its first process: the others of its group do not outlive it.
    private func endGroup() {
        process.signal(SIGKILL)
        readLog()
    }

    /// What came of the run.
    func result() -> Result {
        Result(
            summary: summary,
            timeline: timeline,
            answers: requests.indices.map(answer),
            finalHealth: watcher.health?.text,
            log: log.excerpt(around: summary.troubleMoment),
            process: ProcessObservation(
                lateness: lateness.finish(),
                termination: termination.seen,
                misplaced: misplaced,
                errorLines: errorLines.lines
            )
        )
    }

    private func answer(_ index: Int) -> ObservedAnswer {
        let planned = setup.plan.requests[index]
        let request = requests[index]
        let body = request.body
        var error = request.refusal?.text
        if let answer = request.answer, body == nil {
            error = setup.redaction.removed(from: ServiceAnswer.detail(answer))
        }
        return ObservedAnswer(
            request: planned.number,
            session: planned.session.id,
            arrivedAt: request.arrived,
            takenAt: request.sent,
            finishedAt: request.ended,
            status: request.refusal.map(\.status) ?? request.answer?.status,
            state: state(of: request),
            response: body?.completed(for: planned, rows: request.rowsAfter),
            bodyFaults: body?.faults ?? [],
            error: error,
            rowsBefore: request.rowsBefore,
            rowsAfter: request.rowsAfter,
            notes: (request.answer.map(ServiceAnswer.notes) ?? []).map { setup.redaction.removed(from: $0) }
                + request.notes
        )
    }
}

extension StartupSummary {
    /// The moment around which a log is worth quoting: that of a failed start, or the end.
    var troubleMoment: Duration {
        switch outcome {
        case .killed(let at, _), .exited(let at, _), .stopped(let at): at
        case .ready, .undecided: ended
        }
    }
}

extension LogCapture {
    /// How many lines a report quotes.
    static let excerptLimit = 40

    /// The last lines before a moment, and some after it.
    func excerpt(around moment: Duration) -> [LoggedLine] {
        let after = lines.firstIndex { $0.moment > moment } ?? lines.endIndex
        let end = min(after + Self.excerptLimit / 4, lines.endIndex)
        return Array(lines[max(end - Self.excerptLimit, 0)..<end])
    }
}
