/// Requests: the queue before the instance has started, and what each gets.
extension InstanceRun {
    /// Takes the next request of the plan.
    mutating func arrivalReached() {
        let index = requests.count
        requests.append(SimulatedRequest(arrived: now))
        answersDue.append(.never)
        arrivalDue = index + 1 < plan.requests.count ? plan.requests[index + 1] : .never
        record(.requestArrived(index))
        if startFailed {
            refuse(index, status: 500, text: PlatformLog.couldNotStart)
        } else if phase == .stopping || phase == .ended || (phase == .serving && exited != nil) {
            end(index, .elsewhere)
        } else {
            queued += 1
            if phase == .serving {
                deliverQueued()
                allocateCPU()
            }
            scheduleRequests()
        }
    }

    /// Hands queued requests to the process, as many as the concurrency allows.
    mutating func deliverQueued() {
        guard queued > 0, phase == .serving, exited == nil else { return }
        for index in firstOpen..<requests.count where requests[index].ended == nil && requests[index].delivered == nil {
            guard inFlight < plan.profile.concurrency, exited == nil else { break }
            queued -= 1
            requests[index].delivered = now
            record(.requestDelivered(index))
            if process.listeningPort == plan.profile.containerPort {
                inFlight += 1
                waiting += 1
                admit(index)
            } else {
                refuse(index, status: 503, text: PlatformLog.connectionError)
            }
        }
        scheduleRequests()
    }

    /// Asks again for the requests that the process keeps waiting.
    mutating func admitWaiting() {
        guard waiting > 0 else { return }
        for index in firstOpen..<requests.count
        where requests[index].ended == nil && requests[index].delivered != nil && requests[index].admitted == nil {
            guard exited == nil else { break }
            admit(index)
        }
        scheduleRequests()
    }

    private mutating func admit(_ index: Int) {
        switch process.admit(request: index, at: now) {
        case .serve(let cpu, let threads, let state):
            waiting -= 1
            requests[index].admitted = now
            requests[index].fate = .served(state)
            record(.requestAdmitted(index, state))
            answersDue[index] = completion(of: cpu, threads: threads)
        case .refuse(let status, let text):
            waiting -= 1
            inFlight -= 1
            end(index, .refused(status: status, text: text))
        case .wait:
            break
        }
        observeProcess()
        beginStage()
    }

    /// The end of CPU work that begins now; requests in flight keep the CPU allocated, so that only the boost matters.
    private func completion(of cpu: Duration, threads: Int) -> Duration {
        let work = min(max(cpu.nanosecondCount, 0), 1_000_000_000_000_000) * 1000
        let cap = Int64(max(threads, 1) * 1000)
        let after = min(cap, Int64(plan.cpu.limitMillicores))
        guard now < boostEnds else { return now + .nanoseconds((work + after - 1) / after) }
        let during = min(cap, Int64(plan.cpu.startupMillicores))
        let left = (boostEnds - now).nanosecondCount
        if work / during <= left { return now + .nanoseconds((work + during - 1) / during) }
        return boostEnds + .nanoseconds((work - left * during + after - 1) / after)
    }

    /// Ends the requests whose answers are there.
    mutating func answerReached() {
        for index in firstOpen..<requests.count where answersDue[index] <= now && requests[index].ended == nil {
            guard case .served(let state) = requests[index].fate else { continue }
            inFlight -= 1
            note(index, state)
            end(index, .served(state))
        }
        requestsChanged()
    }

    private mutating func note(_ index: Int, _ state: RequestState) {
        guard state.quality > .none else { return }
        let served = StartupSummary.Served(request: index, moment: now)
        if summary.firstWithRows == nil { summary.firstWithRows = served }
        if state.quality == .full, summary.firstFull == nil { summary.firstFull = served }
    }

    /// Ends the requests that have waited for the request timeout, start-up included.
    mutating func timeoutReached() {
        for index in firstOpen..<requests.count where requests[index].ended == nil {
            guard requests[index].arrived + plan.profile.requestTimeout <= now else { break }
            if requests[index].delivered == nil {
                queued -= 1
            } else {
                inFlight -= 1
                if requests[index].admitted == nil { waiting -= 1 }
            }
            refuse(index, status: 504, text: PlatformLog.requestTimedOut)
        }
        requestsChanged()
    }

    private mutating func requestsChanged() {
        scheduleRequests()
        deliverQueued()
        allocateCPU()
    }

    /// Refuses every request that waits for the instance.
    mutating func refuseQueued(status: Int, text: String) {
        for index in firstOpen..<requests.count where requests[index].ended == nil && requests[index].delivered == nil {
            queued -= 1
            refuse(index, status: status, text: text)
        }
        scheduleRequests()
    }

    /// Ends every open request, as the process has ended: those it had are cut, the others go elsewhere.
    mutating func cutOpen() {
        for index in firstOpen..<requests.count where requests[index].ended == nil {
            if requests[index].delivered == nil {
                end(index, .elsewhere)
            } else {
                end(index, .cut(status: 503, text: PlatformLog.connectionError))
            }
        }
        inFlight = 0
        waiting = 0
        queued = 0
        scheduleRequests()
    }

    /// Sends every request that waits for the instance to another.
    mutating func sendQueuedElsewhere() {
        for index in firstOpen..<requests.count where requests[index].ended == nil && requests[index].delivered == nil {
            queued -= 1
            end(index, .elsewhere)
        }
        scheduleRequests()
    }

    private mutating func refuse(_ index: Int, status: Int, text: String) {
        end(index, .refusedByPlatform(status: status, text: text))
    }

    private mutating func end(_ index: Int, _ fate: SimulatedRequest.Fate) {
        requests[index].ended = now
        requests[index].fate = fate
        answersDue[index] = .never
        record(.requestEnded(index, fate, latency: now - requests[index].arrived))
    }

    /// Computes when an answer and a timeout are next due.
    private mutating func scheduleRequests() {
        while firstOpen < requests.count, requests[firstOpen].ended != nil { firstOpen += 1 }
        answerDue = .never
        for index in firstOpen..<requests.count where answersDue[index] < answerDue { answerDue = answersDue[index] }
        timeoutDue = firstOpen < requests.count ? requests[firstOpen].arrived + plan.profile.requestTimeout : .never
    }
}
