import ContainerPlatform
import Domain
import Scenarios

/// Something that happens to the database in a simulated run, at its moment of virtual time.
enum ReplayStep {
    /// The answer to the request with this index is due.
    case answer(Int)
    /// A visitor gives a rating.
    case rating(PlannedRating)
    /// The service makes rows for sessions that have none.
    case precompute

    /// All steps of a run in the order of their moments; a rating comes before an answer of the same moment.
    static func steps(
        of plan: Plan,
        requests: [InstanceRequest],
        timeline: Timeline
    ) -> [(moment: Duration, step: ReplayStep)] {
        var steps: [(moment: Duration, step: ReplayStep)] = plan.ratings.map { ($0.at, .rating($0)) }
        steps += requests.indices.map { (requests[$0].ended ?? .zero, .answer($0)) }
        if let interval = plan.service.precompute {
            let end = steps.map(\.moment).max() ?? .zero
            var moment = interval
            while moment <= end {
                if timeline.recommends(at: moment) { steps.append((moment, .precompute)) }
                moment += interval
            }
        }
        return steps.enumerated()
            .sorted { ($0.element.moment, $0.offset) < ($1.element.moment, $1.offset) }
            .map(\.element)
    }
}

extension Timeline {
    /// Whether the process ran at a moment and could have answered with rows.
    fileprivate func recommends(at moment: Duration) -> Bool {
        var answer = false
        for entry in entries {
            guard entry.moment <= moment else { break }
            switch entry.event {
            case .health(let health): answer = health.recommends
            case .exited, .signal: return false
            default: break
            }
        }
        return answer
    }
}
