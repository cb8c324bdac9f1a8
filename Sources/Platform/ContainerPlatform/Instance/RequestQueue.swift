/// The requests of an instance: those that wait for it, those that it works on, and what became of the others.
///
/// Requests are delivered and run out of time in the order of their arrival, so that two places in that order are all
/// that has to be remembered: the first request that is still open, and the next one to deliver.
struct RequestQueue: Sendable {
    /// The most requests that are in flight.
    let concurrency: Int
    /// The longest that a request may take, the wait for a starting instance included.
    let timeout: Duration
    /// The requests that have arrived.
    private(set) var requests: [InstanceRequest] = []
    /// How many are in flight: chosen for delivery and without outcome.
    private(set) var inFlight = 0
    /// The first request that got rows.
    private(set) var firstWithRows: StartupSummary.Served?
    /// The first request that got the rows of all models.
    private(set) var firstFull: StartupSummary.Served?
    /// The place of the first request without outcome.
    private var firstOpen = 0
    /// The place of the first request that was not chosen for delivery.
    private var next = 0

    /// Creates an empty queue.
    init(concurrency: Int, timeout: Duration) {
        self.concurrency = concurrency
        self.timeout = timeout
    }

    /// The moment at which a request runs out of time.
    var timeoutDue: Duration { firstOpen < requests.count ? requests[firstOpen].arrived + timeout : .never }

    /// Whether a request has no outcome yet.
    func isOpen(_ index: Int) -> Bool { requests[index].ended == nil }

    /// Keeps room for so many requests.
    mutating func reserve(_ count: Int) { requests.reserveCapacity(count) }

    /// Takes the next request, which waits from its planned moment on.
    ///
    /// - Precondition: Requests arrive in the order of their places.
    mutating func arrived(_ index: Int, planned: Duration, at moment: Duration, _ log: inout TimelineRecorder) {
        precondition(index == requests.count, "request \(index) arrives as number \(requests.count)")
        requests.append(InstanceRequest(arrived: planned))
        log.record(.requestArrived(index), at: moment)
    }

    /// Chooses waiting requests for delivery, as many as the concurrency allows.
    mutating func deliver(_ actions: inout some InstanceActions) {
        while inFlight < concurrency, next < requests.count {
            if isOpen(next) {
                inFlight += 1
                actions.take(.deliver(next))
            }
            next += 1
        }
    }

    /// Notes that a request is on its way to the process.
    mutating func sent(_ index: Int, at moment: Duration, _ log: inout TimelineRecorder) {
        guard isOpen(index), requests[index].delivered == nil else { return }
        requests[index].delivered = moment
        log.record(.requestDelivered(index), at: moment)
    }

    /// Notes that the service took a request.
    mutating func admitted(_ index: Int, _ state: RequestState, at moment: Duration, _ log: inout TimelineRecorder) {
        guard isOpen(index) else { return }
        requests[index].admitted = moment
        log.record(.requestAdmitted(index, state), at: moment)
    }

    /// Gives a request its outcome; it keeps the first that it gets.
    mutating func end(
        _ index: Int,
        _ outcome: RequestOutcome,
        at moment: Duration,
        _ log: inout TimelineRecorder,
        _ actions: inout some InstanceActions
    ) {
        guard isOpen(index) else { return }
        if index < next { inFlight -= 1 }
        requests[index].ended = moment
        requests[index].outcome = outcome
        if case .served(let state) = outcome, state.quality > .none {
            let served = StartupSummary.Served(request: index, moment: moment)
            if firstWithRows == nil { firstWithRows = served }
            if state.quality == .full, firstFull == nil { firstFull = served }
        }
        log.record(.requestEnded(index, outcome, latency: moment - requests[index].arrived), at: moment)
        actions.take(.ended(index))
        while firstOpen < requests.count, !isOpen(firstOpen) { firstOpen += 1 }
    }

    /// Ends the requests that have waited for the request timeout.
    mutating func endTimedOut(
        at moment: Duration,
        _ log: inout TimelineRecorder,
        _ actions: inout some InstanceActions
    ) {
        while timeoutDue <= moment {
            end(
                firstOpen,
                .refusedByPlatform(status: 504, text: PlatformLog.requestTimedOut),
                at: moment,
                &log,
                &actions
            )
        }
    }

    /// Ends the requests that wait for the instance.
    mutating func endQueued(
        _ outcome: RequestOutcome,
        at moment: Duration,
        _ log: inout TimelineRecorder,
        _ actions: inout some InstanceActions
    ) {
        for index in next..<requests.count { end(index, outcome, at: moment, &log, &actions) }
    }

    /// Ends the requests that were chosen for delivery, as their container has ended; those that wait go on waiting.
    mutating func endDelivered(
        at moment: Duration,
        _ log: inout TimelineRecorder,
        _ actions: inout some InstanceActions
    ) {
        for index in firstOpen..<max(firstOpen, next) {
            let outcome: RequestOutcome =
                requests[index].delivered == nil
                ? .refusedByPlatform(status: 503, text: PlatformLog.connectionError)
                : .cut(status: 503, text: PlatformLog.connectionError)
            end(index, outcome, at: moment, &log, &actions)
        }
    }

    /// Ends all requests, as the process has ended: those it had are cut, the others go elsewhere.
    mutating func endOpen(
        at moment: Duration,
        _ log: inout TimelineRecorder,
        _ actions: inout some InstanceActions
    ) {
        let cut = RequestOutcome.cut(status: 503, text: PlatformLog.connectionError)
        for index in firstOpen..<requests.count {
            end(index, requests[index].delivered == nil ? .elsewhere : cut, at: moment, &log, &actions)
        }
    }
}
