import ContainerPlatform
import Domain
import Observations
import Scenarios

/// Why an expectation failed, as far as the run shows it.
///
/// Each cause is a sentence that begins with "because" and stands among a failed verdict's details, before the others.
struct Causes {
    let evidence: Evidence

    private var observation: Observation { evidence.observation }
    private var load: LoadHistory { LoadHistory(observation.startup) }

    /// Adds to every failed verdict why it failed.
    func explaining(_ verdicts: [Verdict]) -> [Verdict] {
        verdicts.map { verdict in
            guard verdict.outcome == .failed else { return verdict }
            var causes: [String] = []
            switch verdict.subject {
            case .startup, .timeline: causes = ofStart
            case .answers:
                let judged = Set(verdict.requests)
                causes = self.causes(of: evidence.plan.requests.filter { judged.contains($0.number) })
            case .landing where verdict.check.hasPrefix("landing.count") || verdict.check == "landing.visitors":
                causes = ofAllAnswers
            case .landing, .rankings, .faults, .termination: break
            }
            var explained = verdict
            explained.details = causes.map { "because " + $0 } + verdict.details
            return explained
        }
    }

    /// What kept the service from starting as expected.
    private var ofStart: [String] {
        (observation.process?.misplaced.map { [$0.explanation] } ?? []) + load.troubles + struckFaults
    }

    private var ofAllAnswers: [String] { causes(of: evidence.plan.requests) }

    private func causes(of requests: [PlannedRequest]) -> [String] {
        let differing = requests.filter { request in
            guard let answer = evidence.answer(to: request) else { return false }
            let expected = request.expectation
            return answer.status != (expected.status?.value ?? 200)
                || (expected.state.map { $0.value != answer.state } ?? (answer.state != .full))
                || !answer.notes.isEmpty
        }
        var causes: [String] = []
        func add(_ cause: String) {
            if !causes.contains(cause) { causes.append(cause) }
        }
        let answers = differing.compactMap(evidence.answer)
        statements(of: answers).forEach(add)
        for answer in answers.prefix(Self.mostRequests) where answer.state != .full {
            load.obstacles(before: answer.arrivedAt).forEach(add)
        }
        loggedErrors(around: answers.filter { $0.status != 200 }).forEach(add)
        if answers.contains(where: { $0.status == nil }) {
            observation.process?.misplaced.map { add($0.explanation) }
        }
        if !differing.isEmpty { struckFaults.forEach(add) }
        return Array(causes.prefix(Self.mostCauses))
    }

    /// What the service logged as an error while it worked on a request, such as what the database refused.
    private func loggedErrors(around answers: [ObservedAnswer]) -> [String] {
        let allowance = evidence.timeAllowance
        return (observation.process?.errorLines ?? [])
            .filter { line in
                answers.contains { $0.arrivedAt <= line.moment && line.moment <= $0.finishedAt + allowance }
            }
            .prefix(Self.mostLines)
            .map { "the service logged at \($0.moment.text): \($0.text.prefix(400))" }
    }

    /// What the service or the platform said with answers, each text once with the requests that got it.
    private func statements(of answers: [ObservedAnswer]) -> [String] {
        var order: [String] = []
        var requests: [String: [Int]] = [:]
        for answer in answers {
            let refusal = answer.status == 200 ? nil : answer.error
            for text in (refusal.map { ["told \"\($0)\""] } ?? []) + answer.notes.map({ "noted: \($0)" }) {
                if requests[text] == nil { order.append(text) }
                requests[text, default: []].append(answer.request)
            }
        }
        return order.map { text in
            let numbers = requests[text] ?? []
            let named = numbers.prefix(3).map(String.init).joined(separator: ", ")
            let more = numbers.count > 3 ? " and \(numbers.count - 3) more" : ""
            return "request\(numbers.count == 1 ? "" : "s") \(named)\(more): \(text)"
        }
    }

    private var struckFaults: [String] {
        observation.receipts.map { "fault \($0.fault) struck: \($0.evidence)" }
    }

    /// How many differing requests are asked for their causes; those of one rule fail for the same ones.
    private static let mostRequests = 20
    /// How many lines of the log one verdict quotes.
    private static let mostLines = 2
    /// How many causes one verdict names.
    private static let mostCauses = 6
}
