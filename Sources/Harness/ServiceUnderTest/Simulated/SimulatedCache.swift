import Domain
import Scenarios

/// Which requests the service's result cache answers: those of a session that was ranked before with nothing changed.
///
/// It follows the cache of the service in what matters for time: a ranking is kept once its answer is there, the session
/// unused for longest makes room, and a new rating or another state misses.
struct SimulatedCache: Sendable {
    private struct Entry {
        let state: ServingState
        let ratings: Int
        let ready: Duration
        var used: Int
    }

    private let capacity: Int
    private let sessions: [SessionID]
    /// The moments at which each session gives a rating, ascending.
    private let ratings: [SessionID: [Duration]]
    private var entries: [SessionID: Entry] = [:]
    private var uses = 0

    /// Creates an empty cache for the requests of a plan.
    init(of plan: Plan) {
        capacity = plan.service.cache
        sessions = plan.requests.map(\.session.id)
        ratings = Dictionary(grouping: plan.ratings, by: \.session).mapValues { $0.map(\.at) }
    }

    /// Empties the cache, as the process that had it is gone.
    mutating func forget() { entries = [:] }

    /// Returns whether the cache has the rankings of a request that is taken now.
    ///
    /// Those of one that it does not have are kept once `answered` comes.
    ///
    /// - Complexity: O(*n*) in the ratings of the session, and in the capacity where room must be made.
    mutating func holds(request index: Int, in state: ServingState, at moment: Duration, answered: Duration) -> Bool {
        guard capacity > 0, state != .nothing else { return false }
        let session = sessions[index]
        let given = ratings[session]?.count { $0 <= moment } ?? 0
        uses += 1
        if let known = entries[session], known.state == state, known.ratings == given, known.ready <= moment {
            entries[session]?.used = uses
            return true
        }
        if entries[session] == nil, entries.count >= capacity,
            let oldest = entries.min(by: { $0.value.used < $1.value.used })?.key
        {
            entries[oldest] = nil
        }
        entries[session] = Entry(state: state, ratings: given, ready: answered, used: uses)
        return false
    }
}
