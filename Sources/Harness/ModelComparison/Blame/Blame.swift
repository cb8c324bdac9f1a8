/// Which part of a changed bundle moved P5's lists, place by place.
///
/// Four runs of each session, old and new SVD by old and new P5, say what either change alone does. A place whose movie
/// is another one is blamed on
/// - ties, where both lists have the movies of equal P5 score there, which the order of the candidates alone decides;
/// - candidates, where the new SVD model alone changes the place and the new P5 alone does not;
/// - reranking, where it is the other way round;
/// - both, where each alone changes it, or neither does and only together they do.
package struct Blame: Hashable, Sendable, Codable {
    /// Changed places by what they are blamed on.
    package struct Places: Hashable, Sendable, Codable {
        /// The SVD model's candidates and their order.
        package var candidates = 0
        /// P5.
        package var reranking = 0
        /// Both together.
        package var both = 0
        /// The order of equal scores.
        package var ties = 0

        /// Creates no place.
        package init() {}

        /// All of them.
        package var sum: Int { candidates + reranking + both + ties }

        static func += (left: inout Places, right: Places) {
            left.candidates += right.candidates
            left.reranking += right.reranking
            left.both += right.both
            left.ties += right.ties
        }
    }

    /// One session.
    package struct Session: Hashable, Sendable, Codable {
        /// The session.
        package var session: String
        /// Its changed places.
        package var places: Places
        /// Movies that are no longer among the candidates of P5.
        package var candidatesLost: Int
        /// Movies that have become candidates.
        package var candidatesWon: Int
    }

    /// A part of a bundle whose files differ, and what it does alone.
    package struct Part: Hashable, Sendable, Codable {
        /// The part.
        package var part: String
        /// How many places change where this part alone is the new one.
        package var placesAlone: Int
        /// Why the part could not be tried alone, where it could not.
        package var failure: String?
    }

    /// All changed places by what they are blamed on.
    package var places = Places()
    /// How many places changed, counted apart from the blame: the check of the sum.
    package var changedPlaces = 0
    /// Movies that are no longer candidates, over all sessions.
    package var candidatesLost = 0
    /// Movies that have become candidates.
    package var candidatesWon = 0
    /// The parts whose files differ.
    package var parts: [Part] = []
    /// The sessions with changed places.
    package var sessions: [Session] = []
    /// Places that the new SVD model alone changes.
    package var placesBySVDAlone = 0
    /// Places that the new P5 alone changes.
    package var placesByP5Alone = 0
    /// How many sessions were looked at.
    package var sessionsSeen = 0

    /// Creates a blame without a session.
    package init() {}

    /// Whether every changed place is blamed on exactly one thing.
    package var isComplete: Bool { places.sum == changedPlaces }
}
