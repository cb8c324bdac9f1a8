package import Domain
package import FoldInSVD
import Synchronization

/// The movies that all sessions choose from, as they were read at some moment; less what a session has seen they are
/// its candidates.
package final class Catalogue: Sendable {
    /// The movies in the order that decides ties.
    package let movies: [MovieID]
    /// A text that differs where the movies or their order differ.
    package let fingerprint: String

    /// The movies as rows of the model that ranked last: a service has one.
    private let resolved = Mutex<CandidateSet?>(nil)

    /// Creates a catalogue.
    package init(movies: [MovieID], fingerprint: String) {
        self.movies = movies
        self.fingerprint = fingerprint
    }

    /// Returns the movies as rows of a model.
    ///
    /// - Complexity: O(*n*) in the movies the first time that a model asks, else O(1).
    package func candidates(of model: FoldInModel) -> CandidateSet {
        resolved.withLock { resolved in
            if let resolved, resolved.belongs(to: model) { return resolved }
            let candidates = CandidateSet(movies, of: model)
            resolved = candidates
            return candidates
        }
    }
}

extension Catalogue: Hashable {
    package static func == (left: Catalogue, right: Catalogue) -> Bool { left.fingerprint == right.fingerprint }

    package func hash(into hasher: inout Hasher) { hasher.combine(fingerprint) }
}

/// The movies that may be recommended to a session.
package enum Candidates: Hashable, Sendable {
    /// As they were read for this session, in the order that decides ties.
    case read([MovieID])
    /// Those of the catalogue but for some.
    case catalogue(Catalogue, excluding: [MovieID])

    /// Whether there is none.
    ///
    /// - Complexity: O(*n*) in the movies of the catalogue where as many are excluded, else O(1).
    package var isEmpty: Bool {
        switch self {
        case .read(let movies): movies.isEmpty
        case .catalogue(let catalogue, let excluded):
            excluded.count < catalogue.movies.count
                ? catalogue.movies.isEmpty : Set(catalogue.movies).isSubset(of: excluded)
        }
    }
}
