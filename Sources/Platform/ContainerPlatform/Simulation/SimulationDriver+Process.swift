/// What the process does: its stages, what it becomes, and the requests that it takes.
extension SimulationDriver {
    /// Takes the moment at which the stage is due.
    ///
    /// - Returns: Whether the process has changed.
    mutating func stageReached() -> Bool {
        switch stage.reached(at: now) {
        case .goesOn:
            return false
        case .hangs(let work):
            instance.note(.stageHung(work.name), at: now)
            return false
        case .ended(let work, let failed, let elapsed):
            instance.note(
                failed ? .stageFailed(work.name, elapsed: elapsed) : .stageFinished(work.name, elapsed: elapsed),
                at: now
            )
            process.workEnded(failed: failed, at: now)
            observe()
            guard instance.exit == nil else { return true }
            beginStage()
            if instance.isAttempting { attempt.reconsider(process, at: now) }
            admitWaiting()
            return true
        }
    }

    /// Asks the process for its next stage and starts it.
    mutating func beginStage() {
        guard !stage.isBusy, instance.exit == nil, let work = process.currentWork else { return }
        instance.note(.stageStarted(work.name), at: now)
        stage.begin(work, at: now)
    }

    /// Begins an attempt of the probe.
    mutating func beginAttempt() {
        let saw = attempt.begin(listeningPort: instance.exit == nil ? process.listeningPort : nil)
        if let saw { return hand(.attemptEnded(saw)) }
        if instance.exit == nil { attempt.reconsider(process, at: now) }
    }

    /// Tells the instance what the process has become.
    mutating func observe() {
        guard instance.exit == nil else { return }
        if let exit = process.exit { return ended(exit) }
        let port = process.listeningPort
        if port != instance.listeningPort { hand(.listening(port: port)) }
        hand(.healthSeen(process.health))
        if instance.phase == .starting, instance.probeCouldPass == nil, attempt.wouldPass(process) {
            hand(.probeCouldPass)
        }
    }

    /// Hands the process the requests that it is to get.
    mutating func deliver() {
        while let index = actions.nextDelivery() {
            guard instance.requests[index].ended == nil else { continue }
            hand(.requestSent(index))
            if process.listeningPort == plan.profile.containerPort {
                if !admit(index) { waiting.append(index) }
            } else {
                hand(.connectionRefused(index))
            }
        }
    }

    /// Asks again for the requests that the process keeps waiting.
    private mutating func admitWaiting() {
        guard !waiting.isEmpty else { return }
        let asked = waiting
        waiting = []
        for index in asked where instance.requests[index].ended == nil {
            if !admit(index) { waiting.append(index) }
        }
    }

    /// Lets the process take a request.
    ///
    /// - Returns: Whether it has decided about it.
    private mutating func admit(_ index: Int) -> Bool {
        defer {
            observe()
            beginStage()
        }
        switch process.admit(request: index, at: now) {
        case .serve(let cpu, let threads, let state):
            hand(.requestAdmitted(index, state))
            let due = instance.cpu.completion(of: cpu, threads: threads, from: now)
            answers.insert(AnswerQueue.Answer(due: due, request: index, state: state))
        case .refuse(let status, let text):
            hand(.answerCame(index, .refused(status: status, text: text)))
        case .wait:
            return false
        }
        return true
    }

    /// Leaves out answers that nobody waits for.
    mutating func forgetAnswers() {
        while let answer = answers.first, instance.requests[answer.request].ended != nil {
            _ = answers.removeFirst()
        }
    }
}
