import Domain
import Scenarios

/// Which requests the service's result cache answers: those of a session that was ranked before with nothing changed.
///
/// It follows the cache of the service in what matters for time: a ranking is kept once its answer is there, the session
/// unused for longest makes room, and a new rating or another state misses.
struct SimulatedCache: Sendable {
    private struct Entry {
        let session: SessionID
        let state: ServingState
        let ratings: Int
        let ready: Duration
    }

    private let capacity: Int
    private let sessions: [SessionID]
    private let ratings: [PlannedRating]
    /// The kept rankings, the latest used last.
    private var entries: [Entry] = []

    /// Creates an empty cache for the requests of a plan.
    init(of plan: Plan) {
        capacity = plan.service.cache
        sessions = plan.requests.map(\.session.id)
        ratings = plan.ratings
    }

    /// Returns whether the cache has the rankings of a request that is taken now.
    ///
    /// Those of one that it does not have are kept once `answered` comes.
    ///
    /// - Complexity: O(*n*) in the capacity and the ratings of the plan.
    mutating func holds(request index: Int, in state: ServingState, at moment: Duration, answered: Duration) -> Bool {
        guard capacity > 0, state != .nothing else { return false }
        let session = sessions[index]
        let given = ratings.count { $0.session == session && $0.at <= moment }
        let place = entries.firstIndex { $0.session == session }
        let known = place.map { entries.remove(at: $0) }
        if let known, known.state == state, known.ratings == given, known.ready <= moment {
            entries.append(known)
            return true
        }
        if known == nil, entries.count == capacity { entries.removeFirst() }
        entries.append(Entry(session: session, state: state, ratings: given, ready: answered))
        return false
    }
}
