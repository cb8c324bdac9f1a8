/// Everything that was seen of one scenario, however it was obtained.
package struct Observation: Sendable {
    /// What ran the scenario.
    package let target: TargetKind
    /// The start of the instance.
    package let startup: StartupObservation
    /// Every request with its answer, in the order of the requests.
    package let answers: [ObservedAnswer]
    /// The database after the replay; `nil` where no instance was started.
    package let rows: ObservedRows?
    /// The proofs of the faults that fired.
    package let receipts: [FaultReceipt]
    /// Whether the harness decided which model begins each display list (`Plan.displayStart`); a service that draws it
    /// on its own is right with either start.
    package let knowsDisplayStart: Bool
    /// The clock of a run in real time; `nil` where time was simulated.
    package let clock: RealClock?
    /// What a real service wrote around its failure, or last, without secrets; empty where there is none.
    package let log: [LoggedLine]

    /// The rows that the service made before their session asked.
    package let precomputed: [PrecomputedSet]
    /// What a process shows beside that, of a simulated one no more than its end; `nil` for a deployed service.
    package let process: ProcessObservation?

    /// Creates an observation.
    package init(
        target: TargetKind,
        startup: StartupObservation,
        answers: [ObservedAnswer],
        rows: ObservedRows?,
        receipts: [FaultReceipt],
        knowsDisplayStart: Bool = false,
        clock: RealClock? = nil,
        log: [LoggedLine] = [],
        precomputed: [PrecomputedSet] = [],
        process: ProcessObservation? = nil
    ) {
        self.target = target
        self.startup = startup
        self.answers = rows.map { answers.sharing(RowsBySession($0.recommendations)) } ?? answers
        self.rows = rows
        self.receipts = receipts
        self.knowsDisplayStart = knowsDisplayStart
        self.clock = clock
        self.log = log
        self.precomputed = precomputed
        self.process = process
    }
}

/// What runs a scenario.
package enum TargetKind: String, Hashable, Sendable, Codable {
    /// The engine in this process under a simulated platform and a virtual clock.
    case simulated
    /// A real process on a real clock.
    case process
    /// A deployed service.
    case remote
}
