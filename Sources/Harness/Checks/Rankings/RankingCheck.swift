import Domain
import Goldens
import Observations
import Scenarios
import SourcePlaces

/// Judges every answer's rankings against the goldens of the state in which it was given.
struct RankingCheck {
    let evidence: Evidence

    private var expectations: [ServingState: Located<String>] { evidence.plan.expectations.rankings }

    /// No verdict where the scenario expects nothing of its rankings.
    func verdicts() -> [Verdict] {
        guard evidence.plan.expectations.areAboutRankings else { return [] }
        let answers = evidence.plan.requests.compactMap {
            JudgedAnswer(
                request: $0,
                answer: evidence.answer(to: $0),
                rowsWereRead: evidence.observation.rows != nil
            )
        }
        return goldens(answers) + PlacesCheck(evidence: evidence, answers: answers).verdicts()
    }

    private func goldens(_ answers: [JudgedAnswer]) -> [Verdict] {
        guard !expectations.isEmpty else { return [] }
        var verdicts: [Verdict] = []
        for state in GoldenState.allCases {
            guard let path = expectations[state.servingState] else { continue }
            guard let golden = evidence.goldens[state.servingState] else {
                verdicts.append(missing(state, path))
                continue
            }
            verdicts += provenance(golden, state, path)
            verdicts += compare(answers.filter { $0.state(in: evidence.plan) == state }, golden, state, path)
        }
        return verdicts + uncovered(answers)
    }

    private func missing(_ state: GoldenState, _ path: Located<String>) -> Verdict {
        Verdict(
            check: "rankings.\(state.rawValue).golden",
            subject: .rankings,
            outcome: .failed,
            message: "the golden \(path.value) is missing, so no ranking can equal it",
            location: path.location
        )
    }

    /// A ranking that was compared with no golden has not passed.
    private func uncovered(_ answers: [JudgedAnswer]) -> [Verdict] {
        let open = answers.compactMap { answer -> String? in
            guard let state = answer.state(in: evidence.plan), expectations[state.servingState] == nil else {
                return nil
            }
            return "request \(answer.request.number), session \(answer.request.session.id), state \(state.rawValue)"
        }
        guard !open.isEmpty else { return [] }
        return [
            Verdict(
                check: "rankings.uncovered",
                subject: .rankings,
                outcome: .failed,
                message: "\(open.count) answers are of a state that the scenario names no golden for",
                location: expectations.values.map(\.location).min { ($0.line, $0.column) < ($1.line, $1.column) },
                expected: "answers of the states "
                    + expectations.keys.map(\.rawValue).sorted().joined(separator: ", "),
                actual: open.first,
                details: open
            )
        ]
    }

    private func compare(
        _ answers: [JudgedAnswer],
        _ golden: GoldenRankings,
        _ state: GoldenState,
        _ path: Located<String>
    ) -> [Verdict] {
        guard !answers.isEmpty else {
            return [
                Verdict(
                    check: "rankings.\(state.rawValue)",
                    subject: .rankings,
                    outcome: .inconclusive,
                    message: "no request was answered in the state \(state.rawValue), so nothing was compared",
                    location: path.location
                )
            ]
        }
        var tallies = Model.allCases.map { RankingTally(model: $0) }
        var displays = DisplayTally()
        for answer in answers {
            guard let session = golden.session(answer.request.session.id) else {
                for index in tallies.indices { tallies[index].addUnknown(answer) }
                continue
            }
            for index in tallies.indices {
                let list = session.list(of: tallies[index].model, in: state)
                tallies[index].add(answer, list, of: golden.header)
            }
            displays.add(answer, session, state, starts: starts(of: answer))
        }
        return tallies.compactMap { $0.verdict(state, at: path.location) }
            + [displays.verdict(state, at: path.location)].compactMap(\.self)
    }

    /// The models that may begin an answer's display list: either one where the service draws it on its own.
    private func starts(of answer: JudgedAnswer) -> [Model] {
        evidence.observation.knowsDisplayStart
            ? [evidence.plan.displayStart(ofRequest: answer.request.number)] : Model.allCases
    }
}

extension GoldenState {
    /// The state of the service that the golden state is for.
    var servingState: ServingState {
        switch self {
        case .full: .full
        case .svdOnly: .svdOnly
        }
    }
}
