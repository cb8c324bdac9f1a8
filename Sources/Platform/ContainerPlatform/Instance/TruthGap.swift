/// How long a probe had said yes while a request for recommendations would have got no rows.
struct TruthGap: Hashable, Sendable {
    /// The length of all closed gaps, and after ``finish(at:)`` of an open one too.
    private(set) var length = Duration.zero
    /// Whether a gap was still open at the end.
    private(set) var isOpenAtEnd = false
    private var since: Duration?

    /// A gap begins, unless one is open.
    mutating func open(at moment: Duration) {
        if since == nil { since = moment }
    }

    /// The gap ends, if one is open.
    mutating func close(at moment: Duration) {
        if let since { length += moment - since }
        since = nil
    }

    /// Nothing more is to come.
    mutating func finish(at moment: Duration) {
        isOpenAtEnd = since != nil
        close(at: moment)
    }
}
