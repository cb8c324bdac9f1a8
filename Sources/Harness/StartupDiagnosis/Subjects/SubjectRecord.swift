package import Domain

/// Everything that the input states about one subject, in bounded memory whatever the length of the input.
package struct SubjectRecord: Sendable {
    /// The level of its key.
    let level: SubjectKey.Level
    /// The names.
    package var subject: Subject
    /// What was stated, each kind once.
    package private(set) var tallies: [FactTally] = []
    /// The kinds of the tallies, in the same order.
    private var kinds: [FactKind] = []
    /// The requests that were answered.
    package var requests = RequestSpans()
    /// The program's own lines.
    package var program = ProgramLines()
    /// Where the resource type is stated.
    var typeSource: KeptText?

    /// Creates the record of a subject of which nothing is known yet.
    init(_ subject: Subject, level: SubjectKey.Level) {
        self.subject = subject
        self.level = level
    }

    /// How often a kind of fact was stated, with the first and last statement; `nil` for never.
    package subscript(kind: FactKind) -> FactTally? { kinds.firstIndex(of: kind).map { tallies[$0] } }

    /// Whether a kind of fact was stated.
    func has(_ kind: FactKind) -> Bool { kinds.contains(kind) }

    /// The number of the entry that last stated a kind of fact, `nil` for never.
    func lastOrder(of kind: FactKind) -> Int? {
        kinds.firstIndex(of: kind).map { tallies[$0].lastOrder }
    }

    /// Takes a fact.
    mutating func add(_ fact: Fact) {
        if let index = kinds.firstIndex(of: fact.kind) {
            tallies[index].add(fact)
        } else {
            kinds.append(fact.kind)
            tallies.append(FactTally(fact))
        }
    }

    /// Takes over what another record knows of the same subject.
    mutating func merge(_ other: SubjectRecord) {
        for tally in other.tallies {
            add(tally.first)
            for _ in 1..<max(1, tally.count) { add(tally.last) }
        }
        requests.merge(other.requests)
        program.merge(other.program)
        typeSource = typeSource ?? other.typeSource
    }
}

/// The requests of one instance: how many, and when it was busy with them.
package struct RequestSpans: Sendable, Hashable {
    /// The most spans that are kept; beyond them it is not known when the instance was busy.
    private static let limit = 4096

    /// A span of time.
    struct Span: Sendable, Hashable {
        let start: Int64
        let end: Int64
    }

    /// How many requests there were.
    package private(set) var count = 0
    /// When a request was last answered with a status below 500.
    package private(set) var lastAnswered: Timestamp?
    private var spans: [Span] = []

    /// Creates a list without requests.
    init() {}

    /// Takes a request, whose entry is written at its end.
    mutating func add(_ request: LogEntry.Request, at time: Timestamp?) {
        count += 1
        guard let time else { return }
        if (100..<500).contains(request.status), lastAnswered.map({ $0 < time }) ?? true { lastAnswered = time }
        guard spans.count < Self.limit else { return }
        spans.append(Span(start: time.microseconds - request.latency, end: time.microseconds))
    }

    /// Takes over the requests of another list.
    mutating func merge(_ other: RequestSpans) {
        count += other.count
        lastAnswered = [lastAnswered, other.lastAnswered].compactMap(\.self).max()
        spans = Array((spans + other.spans).prefix(Self.limit))
    }

    /// When requests arrived, in seconds since a moment, the earliest first.
    ///
    /// - Complexity: O(*n* log *n*) in the requests.
    func arrivals(since start: Timestamp) -> [Double] {
        spans.map { Double($0.start - start.microseconds) / 1e6 }.filter { $0 >= 0 }.sorted()
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
