/// Something that happens at a moment of its own accord, and its place among the events of that moment.
struct Due: Hashable, Sendable {
    /// When it is due, ``Swift/Duration/never`` where nothing is.
    private(set) var moment: Duration
    /// Its place among the events of the moment.
    private(set) var order: Instance.Order

    /// Creates something that is due.
    init(_ moment: Duration, _ order: Instance.Order) {
        self.moment = moment
        self.order = order
    }

    /// Becomes the earlier of itself and another; at one moment the order decides.
    @inline(__always)
    mutating func consider(_ other: Duration, _ otherOrder: Instance.Order) {
        let isFirst = other < moment || (other == moment && otherOrder < order)
        guard isFirst else { return }
        moment = other
        order = otherOrder
    }
}
