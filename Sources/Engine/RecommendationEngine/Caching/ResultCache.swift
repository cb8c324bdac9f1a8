package import Domain
import Synchronization

/// Rankings of recent requests, for those that come again with nothing changed.
///
/// The key holds everything that a ranking depends on, so that a new rating, another catalogue or other models miss.
/// The rows are written on a hit too: an answer of success always means that they are there.
package final class ResultCache: Sendable {
    /// Everything that rankings depend on.
    package struct Key: Hashable, Sendable {
        /// The session, which P5's prompts name.
        package let session: SessionID
        /// The ratings and candidates as they were read.
        package let inputs: RecommendationPipeline.Inputs
        /// What ranked.
        package let state: ServingState
        /// The fingerprint of the bundle that ranked.
        package let bundle: String

        /// Creates a key.
        package init(session: SessionID, inputs: RecommendationPipeline.Inputs, state: ServingState, bundle: String) {
            self.session = session
            self.inputs = inputs
            self.state = state
            self.bundle = bundle
        }
    }

    private struct State {
        var rankings: [SessionID: (key: Key, rankings: Recommender.Rankings, used: UInt64)] = [:]
        var uses: UInt64 = 0
    }

    private let capacity: Int
    private let state = Mutex(State())

    /// Creates an empty cache.
    ///
    /// - Parameter capacity: The most sessions whose rankings are kept; the one unused for longest makes room.
    package init(capacity: Int) {
        precondition(capacity > 0, "a cache of \(capacity) sessions")
        self.capacity = capacity
    }

    /// Returns the rankings of a key.
    ///
    /// - Complexity: O(*n*) in the ratings and candidates.
    package func rankings(for key: Key) -> Recommender.Rankings? {
        state.withLock { state in
            guard let entry = state.rankings[key.session], entry.key == key else { return nil }
            state.uses += 1
            state.rankings[key.session]?.used = state.uses
            return entry.rankings
        }
    }

    /// Keeps rankings, in place of those that the session had.
    ///
    /// - Complexity: O(*n*) in the capacity where room must be made.
    package func keep(_ rankings: Recommender.Rankings, for key: Key) {
        state.withLock { state in
            state.uses += 1
            if state.rankings[key.session] == nil, state.rankings.count >= capacity,
                let oldest = state.rankings.min(by: { $0.value.used < $1.value.used })?.key
            {
                state.rankings[oldest] = nil
            }
            state.rankings[key.session] = (key, rankings, state.uses)
        }
    }
}
