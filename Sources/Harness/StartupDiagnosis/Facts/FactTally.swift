/// How often a fact was stated about one subject, with the first and the last statement.
package struct FactTally: Hashable, Sendable {
    /// How many statements there are.
    package private(set) var count = 1
    /// The first by time, or in the order of the input.
    package private(set) var first: Fact
    /// The last, where it is another than the first; most facts are stated once, and take no room for a second.
    private var others: [Fact] = []

    /// The last by time, or in the order of the input.
    package var last: Fact { others.first ?? first }

    /// Begins with one statement.
    init(_ fact: Fact) {
        first = fact
    }

    /// Takes another statement.
    mutating func add(_ fact: Fact) {
        count += 1
        guard let time = fact.time, let earliest = first.time, let latest = last.time else {
            setLast(fact)
            return
        }
        if time >= latest {
            setLast(fact)
        } else if time < earliest {
            setLast(last)
            first = fact
        }
    }

    private mutating func setLast(_ fact: Fact) {
        // In place: this is done for every line that says what an earlier one said.
        if others.isEmpty { others = [fact] } else { others[0] = fact }
    }
}
