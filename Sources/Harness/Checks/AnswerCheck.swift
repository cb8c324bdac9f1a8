import Domain
import Observations
import Scenarios

/// Judges the answers to requests, one verdict for each expectation that the scenario states.
///
/// A rule for many sessions states its expectation once, so that its requests share one verdict, which names every
/// request that differs.
struct AnswerCheck {
    let evidence: Evidence

    private typealias Question = AnswerTally.Question

    /// - Complexity: O(*n*) in the number of requests.
    func verdicts() -> [Verdict] {
        var order: [AnswerTally.Subject] = []
        var tallies: [AnswerTally.Subject: AnswerTally] = [:]
        for request in evidence.plan.requests {
            let answer = evidence.answer(to: request)
            for question in questions(about: request) {
                if tallies[question.subject] == nil { order.append(question.subject) }
                tallies[question.subject, default: AnswerTally(question)].add(question, answer)
            }
        }
        // An answer that contradicts itself comes before what follows from that.
        return [agreement()].compactMap(\.self) + order.compactMap { tallies[$0]?.verdict }
            + [unobserved()].compactMap(\.self)
    }

    private func questions(about request: PlannedRequest) -> [Question] {
        let expectation = request.expectation
        let allowance = evidence.timeAllowance
        var within = question("answers.within", request, expectation.within) { answer, expected in
            let latency = answer.finishedAt - answer.arrivedAt
            return (latency.text, latency <= expected + allowance)
        }
        within?.delay = { answer in
            guard let limit = expectation.within?.value else { return nil }
            let excess = answer.finishedAt - answer.arrivedAt - limit - allowance
            return .late(by: max(excess, .zero), at: answer.finishedAt)
        }
        return [
            question("answers.status", request, expectation.status) { answer, expected in
                (answer.status.map(String.init) ?? "no answer", answer.status == expected)
            },
            question("answers.state", request, expectation.state) { answer, expected in
                (answer.state?.rawValue ?? "never reached the service", answer.state == expected)
            },
            question("answers.svd_saved", request, expectation.svdSaved) { answer, expected in
                Self.saved(answer, "svd_top_saved", answer.response?.svdTopSaved, expected)
            },
            question("answers.p5_saved", request, expectation.p5Saved) { answer, expected in
                Self.saved(answer, "p5_top_saved", answer.response?.p5TopSaved, expected)
            },
            question("answers.error", request, expectation.error) { answer, expected in
                (answer.error ?? "no error", answer.error?.contains(expected) ?? false)
            },
            within,
        ]
        .compactMap(\.self)
    }

    /// Compares a count of the body; one that the body does not say is not what is expected.
    private static func saved(_ answer: ObservedAnswer, _ key: String, _ count: Int?, _ expected: Int) -> (String, Bool)
    {
        guard let count else { return ("no body", false) }
        return answer.says(key) ? ("\(count)", count == expected) : ("\(key) is not said", false)
    }

    private func question<Value>(
        _ check: String,
        _ request: PlannedRequest,
        _ expected: Located<Value>?,
        judge: @escaping (ObservedAnswer, Value) -> (actual: String, isAsExpected: Bool)
    ) -> Question? {
        expected.map { expected in
            Question(
                check: check,
                location: expected.location,
                request: request,
                expected: (expected.value as? ServingState)?.rawValue ?? (expected.value as? Duration)?.text
                    ?? "\(expected.value)",
                judge: { judge($0, expected.value) }
            )
        }
    }

    /// Says so where a request of the plan was never made, unless nothing was started at all.
    private func unobserved() -> Verdict? {
        guard !evidence.observation.startup.isRefused else { return nil }
        let unseen = evidence.plan.requests.filter { evidence.answer(to: $0) == nil }
        guard let first = unseen.first else { return nil }
        return Verdict(
            check: "answers.observed",
            subject: .answers,
            outcome: .inconclusive,
            message: "\(unseen.count) of \(evidence.plan.requests.count) requests were not observed",
            location: first.location,
            details: unseen.map { "request \($0.number), session \($0.session.id)" }
        )
    }
}
