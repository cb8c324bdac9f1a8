import Domain
import Observations
import Scenarios

/// Judges the answers to requests, one verdict for each expectation that the scenario states.
///
/// A rule for many sessions states its expectation once, so that its requests share one verdict, which names every
/// request that differs.
struct AnswerCheck {
    let evidence: Evidence

    /// One request with one thing that is expected of its answer.
    private struct Question {
        let check: String
        let location: SourceLocation
        let request: PlannedRequest
        let expected: String
        /// What the answer has instead, and whether it is what is expected.
        let judge: (ObservedAnswer) -> (actual: String, isAsExpected: Bool)
        /// By how much the answer came too late, where that is what is asked.
        var delay: (ObservedAnswer) -> ObservedDelay? = { _ in nil }
    }

    func verdicts() -> [Verdict] {
        var order: [String] = []
        var groups: [String: [Question]] = [:]
        for question in evidence.plan.requests.flatMap(questions) {
            let key = "\(question.check) \(question.location)"
            if groups[key] == nil { order.append(key) }
            groups[key, default: []].append(question)
        }
        // An answer that contradicts itself comes before what follows from that.
        return [agreement()].compactMap(\.self) + order.compactMap { groups[$0] }.map(verdict)
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

    private func verdict(on questions: [Question]) -> Verdict {
        var wrong: [(request: PlannedRequest, actual: String)] = []
        var delays: [ObservedDelay?] = []
        var unseen: [PlannedRequest] = []
        for question in questions {
            guard let answer = evidence.answer(to: question.request) else {
                unseen.append(question.request)
                continue
            }
            let (actual, isAsExpected) = question.judge(answer)
            if !isAsExpected {
                wrong.append((question.request, actual))
                delays.append(question.delay(answer))
            }
        }
        let first = questions[0]
        let what = first.check.split(separator: ".").last.map { $0.replacing("_", with: " ") } ?? ""
        let message =
            if let (request, actual) = wrong.first {
                "\(what) of request \(request.number): \(actual), expected \(first.expected)"
                    + (questions.count > 1 ? " (\(wrong.count) of \(questions.count) requests differ)" : "")
            } else if !unseen.isEmpty {
                "\(unseen.count) of \(questions.count) requests were not observed"
            } else {
                "\(what) \(first.expected) of \(questions.count) request\(questions.count == 1 ? "" : "s")"
            }
        return Verdict(
            check: first.check,
            subject: .answers,
            outcome: !wrong.isEmpty ? .failed : !unseen.isEmpty ? .inconclusive : .passed,
            message: message,
            location: first.location,
            expected: first.expected,
            actual: wrong.first?.actual ?? (unseen.isEmpty ? first.expected : "not observed"),
            details: wrong.dropFirst().map { "request \($0.number), session \($0.session.id): \($1)" }
                + unseen.map { "request \($0.number), session \($0.session.id): not observed" },
            requests: questions.map(\.request.number),
            failing: wrong.map(\.request.number),
            delay: delays.compactMap(\.self).max(by: <)
        )
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
