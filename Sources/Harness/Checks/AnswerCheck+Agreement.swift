import Domain
import Observations
import Scenarios

extension AnswerCheck {
    /// Judges whether each answer agrees with itself: its status with its body, and the body with the question.
    ///
    /// - Returns: `nil` where there was no answer to look at.
    func agreement() -> Verdict? {
        var (count, contradictions) = (0, [String]())
        for request in evidence.plan.requests {
            guard let answer = evidence.answer(to: request) else { continue }
            count += 1
            contradictions += Self.contradictions(of: answer, to: request)
                .map { "request \(request.number), session \(request.session.id): \($0)" }
        }
        guard count > 0 else { return nil }
        return Verdict(
            check: "answers.agreement",
            subject: .answers,
            outcome: contradictions.isEmpty ? .passed : .failed,
            message: contradictions.first ?? "status and body of \(count) answers agree",
            details: Array(contradictions.dropFirst())
        )
    }

    private static func contradictions(of answer: ObservedAnswer, to request: PlannedRequest) -> [String] {
        var found: [String] = []
        func require(_ holds: Bool, _ text: @autoclosure () -> String) {
            if !holds { found.append(text()) }
        }
        require(answer.session == request.session.id, "the answer is for session \(answer.session)")
        found += answer.bodyFaults.map(\.text)
        guard let response = answer.response else {
            require(answer.status != 200, "status 200 without a body")
            return found
        }
        require(
            answer.status == 200,
            "a body of success under \(answer.status.map { "status \($0)" } ?? "no status")"
        )
        require(answer.error == nil, "a body of success with the error \"\(answer.error ?? "")\"")
        require(response.session == request.session.id, "the body is for session \(response.session)")
        require(response.phase == request.phase, "the body is for phase \(response.phase), not \(request.phase)")
        require(
            !answer.says("svd_top_saved") || !answer.says("svd_top100_size")
                || response.svdTopSaved == min(request.topK, response.svdTop100Size),
            "\(response.svdTopSaved) SVD rows saved of \(response.svdTop100Size) ranked, \(request.topK) were asked for"
        )
        require(
            (0...request.topK).contains(response.p5TopSaved),
            "\(response.p5TopSaved) P5 rows saved, \(request.topK) were asked for"
        )
        guard answer.says("display_sequence") else { return found }
        let orders = response.display.entries.map(\.order)
        require(
            orders == Array(1...max(1, orders.count)).prefix(orders.count).map(\.self),
            "the display order has gaps"
        )
        require(Set(response.display.entries.map(\.movie)).count == orders.count, "a movie is displayed twice")
        for (model, name) in [(Model.svd, "SVD"), (.p5, "P5")] where answer.says("\(model.rawValue)_top_saved") {
            let displayed = response.display.entries.count { $0.model == model }
            let saved = model == .svd ? response.svdTopSaved : response.p5TopSaved
            require(
                displayed <= saved,
                "\(displayed) movies of \(name) are displayed, and \(saved) rows of it are saved"
            )
        }
        if answer.bodyFaults.isEmpty, let ranked = answer.rankedCount(of: .svd) {
            require(
                ranked == response.svdTop100Size,
                "svd_top100_size is \(response.svdTop100Size), \(ranked) movies were ranked"
            )
            let ranked = answer.rankedCount(of: .p5) ?? 0
            require(
                response.p5TopSaved == min(request.topK, ranked),
                "\(response.p5TopSaved) P5 rows saved of \(ranked) ranked, \(request.topK) were asked for"
            )
        }
        return found
    }
}
