package import Domain

/// The requests of one instance: how many, and when it was busy with them.
package struct RequestSpans: Sendable, Hashable {
    /// The most spans that are kept; beyond them it is not known when the instance was busy.
    private static let limit = 4096

    /// A span of time.
    struct Span: Sendable, Hashable {
        let start: Int64
        let end: Int64
        let status: Int16
    }

    /// How many requests there were.
    package private(set) var count = 0
    /// When a request was last answered with a status below 500, but for those that the platform gives without an instance.
    package private(set) var lastAnswered: Timestamp?
    private var spans: [Span] = []

    /// Creates a list without requests.
    init() {}

    /// Takes a request, whose entry is written at its end.
    mutating func add(_ request: LogEntry.Request, at time: Timestamp?) {
        count += 1
        guard let time else { return }
        let isOfInstance = (100..<500).contains(request.status) && ![401, 403, 429].contains(request.status)
        if isOfInstance, lastAnswered.map({ $0 < time }) ?? true { lastAnswered = time }
        guard spans.count < Self.limit else { return }
        let status = Int16(clamping: request.status)
        spans.append(Span(start: time.microseconds - request.latency, end: time.microseconds, status: status))
    }

    /// Takes over the requests of another list.
    mutating func merge(_ other: RequestSpans) {
        count += other.count
        lastAnswered = [lastAnswered, other.lastAnswered].compactMap(\.self).max()
        spans = Array((spans + other.spans).prefix(Self.limit))
    }

    /// The requests that came since a moment, in seconds from it, the earliest first.
    ///
    /// - Complexity: O(*n* log *n*) in the requests.
    func all(since start: Timestamp) -> [RecordedStart.Request] {
        spans.filter { $0.start >= start.microseconds }
            .map { span in
                RecordedStart.Request(
                    arrived: Double(span.start - start.microseconds) / 1e6,
                    finished: Double(span.end - start.microseconds) / 1e6,
                    status: Int(span.status)
                )
            }
            .sorted { $0.arrived < $1.arrived }
    }

    /// How many seconds of a span of time the instance had a request; `nil` where too many came for that to be known.
    ///
    /// - Complexity: O(*n* log *n*) in the requests.
    package func busySeconds(from start: Timestamp, to end: Timestamp) -> Double? {
        guard count <= Self.limit else { return nil }
        var busy: Int64 = 0
        var covered = start.microseconds
        for span in spans.sorted(by: { $0.start < $1.start }) {
            let from = max(span.start, covered)
            let to = min(span.end, end.microseconds)
            guard to > from else { continue }
            busy += to - from
            covered = to
        }
        return Double(busy) / 1e6
    }
}
