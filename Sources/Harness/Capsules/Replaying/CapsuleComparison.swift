import Domain
import Observations
import Reports

/// Compares what a capsule says with what came of playing it.
struct CapsuleComparison {
    /// The most differences of a part that are told.
    private static let limit = 5

    /// The capsule.
    let capsule: Capsule

    /// The start, as exactly as a run recorded it.
    func start(_ found: StartupReport, expected: StartupReport) -> ReplayPart {
        func words(_ start: StartupReport) -> String {
            start.outcome + (start.at.map { " at \(Figures.virtual($0))" } ?? "")
                + ", \(Figures.count(start.attempts, "attempt"))"
        }
        guard found != expected else { return ReplayPart(part: .start, outcome: .same, text: words(found)) }
        let isAlike = words(found) == words(expected)
        return ReplayPart(
            part: .start,
            outcome: .differs,
            text: isAlike ? "\(words(found)), with other figures" : words(found),
            differences: ["the capsule says \(isAlike ? "other figures of the same outcome" : words(expected))"]
        )
    }

    /// The start of a real process, in what a simulation of it can tell: its clock is its own.
    func startOfProcess(_ found: StartupReport, expected: StartupReport) -> ReplayPart {
        func words(_ start: StartupReport) -> String { start.outcome + ", \(Figures.count(start.attempts, "attempt"))" }
        func moment(_ start: StartupReport) -> String { start.at.map { Figures.virtual($0) } ?? "no moment" }
        let isSame = words(found) == words(expected)
        return ReplayPart(
            part: .start,
            outcome: isSame ? .same : .differs,
            text: "\(words(found)); \(moment(found)) simulated, \(moment(expected)) in the process",
            differences: isSame ? [] : ["the process: \(words(expected))"]
        )
    }

    /// The events of a run, in their order.
    func trace(_ found: [String]) -> ReplayPart {
        let expected = capsule.trace.map(\.text)
        guard found != expected else {
            return ReplayPart(part: .trace, outcome: .same, text: Figures.count(found.count, "event"))
        }
        let index = zip(found, expected).enumerated().first { $0.element.0 != $0.element.1 }?.offset
        let place = index ?? min(found.count, expected.count)
        return ReplayPart(
            part: .trace,
            outcome: .differs,
            text: "\(Figures.count(found.count, "event")), the capsule has \(expected.count)",
            differences: [
                "event \(place + 1) is \(found.indices.contains(place) ? Self.plain(found[place]) : "missing"), "
                    + "the capsule says \(expected.indices.contains(place) ? Self.plain(expected[place]) : "nothing")"
            ]
        )
    }

    /// The answers, by the numbers of their requests.
    func answers(_ found: [CapsuleAnswer]) -> ReplayPart {
        let known = Dictionary(capsule.answers.map { ($0.request, $0) }) { first, _ in first }
        var differences = found.compactMap { answer -> String? in
            guard let expected = known[answer.request] else { return "request \(answer.request) is not in the capsule" }
            return answer == expected ? nil : difference(answer, expected)
        }
        let played = Set(found.map(\.request))
        differences += capsule.answers.filter { !played.contains($0.request) }
            .map { "request \($0.request) of the capsule is no request of its scenario" }
        if capsule.answers.count != known.count { differences.append("the capsule answers a request twice") }
        return part(.answers, Figures.count(found.count, "answer"), differences)
    }

    /// The rows, whatever their order.
    func rows(_ found: [CapsuleRow], expected: [CapsuleRow]) -> ReplayPart {
        var missing = Dictionary(expected.map { ($0, 1) }, uniquingKeysWith: +)
        var differences: [String] = []
        for row in found {
            if let count = missing[row] {
                missing[row] = count == 1 ? nil : count - 1
            } else {
                differences.append("written, and not in the capsule: \(row.words)")
            }
        }
        differences += expected.filter { missing.removeValue(forKey: $0) != nil }
            .map { "in the capsule, and not written: \($0.words)" }
        return part(.rows, Figures.count(found.count, "row"), differences)
    }

    private func part(_ name: ReplayPart.Name, _ count: String, _ differences: [String]) -> ReplayPart {
        guard !differences.isEmpty else { return ReplayPart(part: name, outcome: .same, text: count) }
        let more = differences.count - Self.limit
        return ReplayPart(
            part: name,
            outcome: .differs,
            text: "\(count), \(Figures.count(differences.count, "difference"))",
            differences: differences.prefix(Self.limit) + (more > 0 ? ["and \(more) more"] : [])
        )
    }

    private func difference(_ found: CapsuleAnswer, _ expected: CapsuleAnswer) -> String {
        func words(_ answer: CapsuleAnswer) -> String {
            var words = "status \(answer.status.map(String.init) ?? "none")"
            if let state = answer.state { words += ", state \(state.rawValue)" }
            if let svd = answer.svdSaved, let p5 = answer.p5Saved { words += ", \(svd) rows of SVD and \(p5) of P5" }
            if let error = answer.error { words += ", \(error)" }
            return words
        }
        let (one, other) = (words(found), words(expected))
        guard one == other else { return "request \(found.request): \(one); the capsule says \(other)" }
        let what = found.display != expected.display ? "other movies are shown" : "other times, notes or rankings"
        return "request \(found.request): \(one), but \(what)"
    }

    /// An event without the blanks that align it.
    private static func plain(_ line: String) -> String {
        "\"" + line.split(separator: " ").joined(separator: " ") + "\""
    }
}
