/// What an instance wants of its simulation, kept until the event is over.
///
/// A fixed buffer: of each kind of action at most one can be open at a time, but for deliveries, which come in the order
/// of the requests.
struct SimulationActions: InstanceActions {
    /// Whether there is anything to do.
    private(set) var isEmpty = true
    /// The probes of which an attempt begins.
    var startsAttempts = ProbeKinds()
    /// The probes whose attempt under way is dropped.
    var abandonsAttempts = ProbeKinds()
    /// The number of the life that the container begins.
    var life: Int?
    /// Whether requests have their outcome.
    var endsRequests = false
    /// The CPU from now on.
    var millicores: Int?
    /// The signal that the process gets.
    var signal: Int32?
    /// The first request to deliver.
    private var firstDelivery = 0
    /// The place after the last request to deliver.
    private var deliveriesEnd = 0

    mutating func take(_ action: Instance.Action) {
        isEmpty = false
        switch action {
        case .startAttempt(let kind, _, _): startsAttempts.formUnion(ProbeKinds(kind))
        case .abandonAttempt(let kind): abandonsAttempts.formUnion(ProbeKinds(kind))
        case .deliver(let index):
            if firstDelivery == deliveriesEnd { firstDelivery = index }
            deliveriesEnd = index + 1
        case .ended: endsRequests = true
        case .setCPU(let millicores): self.millicores = millicores
        case .signal(let number): signal = number
        case .instanceEnded: break
        case .startContainer(let number): life = number
        }
    }

    /// Takes the next request to deliver; those between the chosen ones have their outcome.
    mutating func nextDelivery() -> Int? {
        guard firstDelivery < deliveriesEnd else { return nil }
        defer { firstDelivery += 1 }
        return firstDelivery
    }

    /// Forgets everything but the requests to deliver.
    mutating func clear() {
        isEmpty = true
        startsAttempts = []
        abandonsAttempts = []
        life = nil
        endsRequests = false
        millicores = nil
        signal = nil
    }
}

/// Some of a container's probes.
struct ProbeKinds: OptionSet, Sendable {
    let rawValue: UInt8

    init(rawValue: UInt8) { self.rawValue = rawValue }

    /// One probe.
    init(_ kind: ProbeKind) {
        switch kind {
        case .startup: rawValue = 1
        case .liveness: rawValue = 2
        case .readiness: rawValue = 4
        }
    }
}
