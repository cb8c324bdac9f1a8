/// What an instance wants of its simulation, kept until the event is over.
///
/// A fixed buffer: of each kind of action at most one can be open at a time, but for deliveries, which come in the order
/// of the requests.
struct SimulationActions: InstanceActions {
    /// Whether there is anything to do.
    private(set) var isEmpty = true
    /// Whether an attempt begins.
    var startsAttempt = false
    /// Whether the attempt under way is dropped.
    var abandonsAttempt = false
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
        case .startAttempt: startsAttempt = true
        case .abandonAttempt: abandonsAttempt = true
        case .deliver(let index):
            if firstDelivery == deliveriesEnd { firstDelivery = index }
            deliveriesEnd = index + 1
        case .ended: endsRequests = true
        case .setCPU(let millicores): self.millicores = millicores
        case .signal(let number): signal = number
        case .instanceEnded: break
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
        startsAttempt = false
        abandonsAttempt = false
        endsRequests = false
        millicores = nil
        signal = nil
    }
}
