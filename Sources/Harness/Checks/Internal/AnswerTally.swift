import Domain
import Observations
import Scenarios
import SourcePlaces

/// What came of one expectation about answers that many requests may share.
struct AnswerTally {
    /// One request with one thing that is expected of its answer.
    struct Question {
        /// The name of the check.
        let check: String
        /// Where the scenario states the expectation.
        let location: SourceLocation
        /// The request.
        let request: PlannedRequest
        /// What is expected, in words.
        let expected: String
        /// What the answer has instead, and whether it is what is expected.
        let judge: (ObservedAnswer) -> (actual: String, isAsExpected: Bool)
        /// By how much the answer came too late, where that is what is asked.
        var delay: (ObservedAnswer) -> ObservedDelay? = { _ in nil }

        /// What the tally of the question counts.
        var subject: Subject { Subject(check: check, location: location) }
    }

    /// What one verdict is about.
    struct Subject: Hashable {
        let check: String
        let location: SourceLocation
    }

    private let check: String
    private let location: SourceLocation
    private let expected: String
    private var requests: [Int] = []
    private var wrong: [(request: PlannedRequest, actual: String)] = []
    private var unseen: [PlannedRequest] = []
    private var delay: ObservedDelay?

    /// Creates the tally of an expectation that nothing was asked of yet.
    init(_ question: Question) {
        check = question.check
        location = question.location
        expected = question.expected
    }

    /// Judges the answer to another request; `nil` where none was seen.
    mutating func add(_ question: Question, _ answer: ObservedAnswer?) {
        requests.append(question.request.number)
        guard let answer else { return unseen.append(question.request) }
        let (actual, isAsExpected) = question.judge(answer)
        guard !isAsExpected else { return }
        wrong.append((question.request, actual))
        delay = [delay, question.delay(answer)].compactMap(\.self).max(by: <)
    }

    /// The verdict about all requests.
    var verdict: Verdict {
        Verdict(
            check: check,
            subject: .answers,
            outcome: !wrong.isEmpty ? .failed : !unseen.isEmpty ? .inconclusive : .passed,
            message: message,
            location: location,
            expected: expected,
            actual: wrong.first?.actual ?? (unseen.isEmpty ? expected : "not observed"),
            details: wrong.dropFirst().map { "request \($0.number), session \($0.session.id): \($1)" }
                + unseen.map { "request \($0.number), session \($0.session.id): not observed" },
            requests: requests,
            failing: wrong.map(\.request.number),
            delay: delay
        )
    }

    private var message: String {
        let what = check.split(separator: ".").last.map { $0.replacing("_", with: " ") } ?? ""
        if let (request, actual) = wrong.first {
            return "\(what) of request \(request.number): \(actual), expected \(expected)"
                + (requests.count > 1 ? " (\(wrong.count) of \(requests.count) requests differ)" : "")
        }
        if !unseen.isEmpty { return "\(unseen.count) of \(requests.count) requests were not observed" }
        return "\(what) \(expected) of \(requests.count) request\(requests.count == 1 ? "" : "s")"
    }
}
