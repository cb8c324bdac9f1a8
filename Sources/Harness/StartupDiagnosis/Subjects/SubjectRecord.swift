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
