/// What the process does: its stages, what it becomes, the attempts on it and the requests that it takes.
extension SimulationDriver {
    /// Takes the moment at which the stage is due.
    ///
    /// - Parameter process: The process.
    /// - Returns: Whether the process has changed.
    mutating func stageReached(_ process: inout some SimulatedProcess) -> Bool {
        let step = stage.reached(at: now)
        switch step {
        case .goesOn:
            return false
        case .hangs:
            instance.note(.stageHung(stage.name), at: now)
            return false
        case .finishes:
            instance.note(.stageFinished(stage.name, elapsed: now - stage.began, cpu: stage.ownCPU), at: now)
        case .fails:
            instance.note(.stageFailed(stage.name, elapsed: now - stage.began), at: now)
        }
        process.workEnded(failed: step == .fails, at: now)
        observe(&process)
        guard instance.exit == nil else { return true }
        beginStage(process)
        if instance.isAttempting { attempts.startup.reconsider(process, at: now) }
        if !attempts.others.isEmpty { reconsiderOthers(process) }
        if !waiting.isEmpty { admitWaiting(&process) }
        return true
    }

    /// Asks the process for its next stage and starts it.
    mutating func beginStage(_ process: some SimulatedProcess) {
        guard !stage.isBusy, instance.exit == nil, let work = process.currentWork else { return }
        instance.note(.stageStarted(work.name), at: now)
        stage.begin(work, at: now)
    }

    /// Tells the instance what the process has become.
    mutating func observe(_ process: inout some SimulatedProcess) {
        guard instance.exit == nil else { return }
        if let exit = process.exit { return ended(exit, &process) }
        let port = process.listeningPort
        if port != instance.listeningPort { hand(.listening(port: port), &process) }
        let health = process.health
        if health != instance.health { hand(.healthSeen(health), &process) }
        if instance.probeCouldPass == nil, instance.awaitsDecision, attempts.wouldPass(process) {
            hand(.probeCouldPass, &process)
        }
    }

    /// Hands the process the requests that it is to get.
    mutating func deliver(_ process: inout some SimulatedProcess) {
        while let index = actions.nextDelivery() {
            guard instance.queue.isOpen(index) else { continue }
            hand(.requestSent(index), &process)
            if process.listeningPort == port {
                admit(index, &process)
            } else {
                hand(.connectionRefused(index), &process)
            }
        }
    }

    /// Asks again for the requests that the process keeps waiting.
    private mutating func admitWaiting(_ process: inout some SimulatedProcess) {
        let asked = waiting
        waiting = []
        for index in asked where instance.queue.isOpen(index) { admit(index, &process) }
    }

    /// Lets the process take a request, or keep it waiting.
    private mutating func admit(_ index: Int, _ process: inout some SimulatedProcess) {
        switch process.admit(request: index, at: now) {
        case .serve(let cpu, let threads, let state):
            hand(.requestAdmitted(index, state), &process)
            let due = instance.cpu.completion(of: cpu, threads: threads, from: now)
            answers.insert(AnswerQueue.Answer(due: due, request: index, state: state))
        case .refuse(let status, let text):
            hand(.answerCame(index, .refused(status: status, text: text)), &process)
        case .wait:
            waiting.append(index)
        }
        observe(&process)
        beginStage(process)
    }

    /// Leaves out answers that nobody waits for.
    mutating func forgetAnswers(_ process: inout some SimulatedProcess) {
        while let answer = answers.first, !instance.queue.isOpen(answer.request) {
            _ = answers.removeFirst()
            process.answered(request: answer.request)
        }
    }

    /// Starts the process again.
    mutating func restart(_ life: Int, _ process: inout some SimulatedProcess) {
        process.restart(life: life)
        observe(&process)
        beginStage(process)
    }
}
