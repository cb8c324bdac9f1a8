import ContainerPlatform
import Domain
import Scenarios

/// Something that happens to the database in a simulated run, at its moment of virtual time.
enum ReplayStep: Hashable {
    /// The answers to the requests with these indices are due, of as many sessions; the moment is that of the last.
    case answers([Int])
    /// A visitor gives a rating.
    case rating(PlannedRating)
    /// The service makes rows for sessions that have none.
    case precompute

    /// The most requests of one step.
    static let mostRequests = 256

    /// All steps of a run in the order of their moments; a rating comes before an answer of the same moment.
    ///
    /// Requests whose answers follow each other make one step where they cannot disturb each other.
    ///
    /// - Parameters:
    ///   - plan: The plan.
    ///   - moments: When the answer to each request is due.
    ///   - timeline: What happened to the instance.
    /// - Returns: The steps, each with its moment.
    /// - Complexity: O(*n* log *n*) in the requests, ratings and rounds, and O(*n*) in the timeline.
    static func steps(
        of plan: Plan,
        answersDue moments: [Duration],
        timeline: Timeline
    ) -> [(moment: Duration, step: ReplayStep)] {
        var steps: [(moment: Duration, step: ReplayStep)] = plan.ratings.map { ($0.at, .rating($0)) }
        steps += moments.enumerated().map { ($1, .answers([$0])) }
        if let interval = plan.service.precompute {
            let end = steps.map(\.moment).max() ?? .zero
            var recommending = RecommendingMoments(timeline)
            var moment = interval
            while moment <= end {
                if recommending.contains(moment) { steps.append((moment, .precompute)) }
                moment += interval
            }
        }
        let sorted = steps.enumerated()
            .sorted { ($0.element.moment, $0.offset) < ($1.element.moment, $1.offset) }
            .map(\.element)
        return plan.letsRequestsRunSideBySide ? joined(sorted, of: plan) : sorted
    }

    /// Joins the answers that follow each other and are of different sessions.
    private static func joined(
        _ steps: [(moment: Duration, step: ReplayStep)],
        of plan: Plan
    ) -> [(moment: Duration, step: ReplayStep)] {
        var joined: [(moment: Duration, step: ReplayStep)] = []
        var requests: [Int] = []
        var sessions: Set<SessionID> = []
        var last = Duration.zero
        func close() {
            if !requests.isEmpty { joined.append((last, .answers(requests))) }
            (requests, sessions) = ([], [])
        }
        for (moment, step) in steps {
            guard case .answers(let indices) = step else {
                close()
                joined.append((moment, step))
                continue
            }
            for index in indices {
                let isNew = sessions.insert(plan.requests[index].session.id).inserted
                if !isNew || requests.count == mostRequests {
                    close()
                    sessions = [plan.requests[index].session.id]
                }
                requests.append(index)
                last = moment
            }
        }
        close()
        return joined
    }
}

extension Plan {
    /// Whether the order of answers to different sessions changes nothing: no fault strikes a request, and no result cache
    /// makes room for one session at the expense of another.
    fileprivate var letsRequestsRunSideBySide: Bool {
        guard service.cache == 0 else { return false }
        return faults.allSatisfy { planned in
            switch planned.fault {
            case .stage, .process: true
            case .scoring, .databaseGoesAway, .database: false
            }
        }
    }
}

/// The moments at which a process ran and could have answered with rows, asked in ascending order.
private struct RecommendingMoments {
    private var entries: ArraySlice<Timeline.Entry>
    private var recommends = false
    private var hasEnded = false

    init(_ timeline: Timeline) {
        entries = timeline.entries[...]
    }

    /// - Complexity: O(*n*) in the entries since the moment that was asked for before.
    mutating func contains(_ moment: Duration) -> Bool {
        while let entry = entries.first, entry.moment <= moment {
            entries.removeFirst()
            switch entry.event {
            case .health(let health): recommends = health.recommends
            case .exited, .signal: hasEnded = true
            case .containerStarted: (hasEnded, recommends) = (false, false)
            default: break
            }
        }
        return recommends && !hasEnded
    }
}
