/// What became of one part of a capsule when it was played again.
package struct ReplayPart: Hashable, Sendable, Codable {
    /// The parts of a capsule.
    package enum Name: String, Hashable, Sendable, Codable {
        /// How the start went.
        case start
        /// What happened to the instance.
        case trace
        /// What was answered.
        case answers
        /// The rows at the end.
        case rows
    }

    /// How a part came out.
    package enum Outcome: String, Hashable, Sendable, Codable {
        /// As the capsule says.
        case same
        /// Otherwise.
        case differs
        /// The capsule holds it, and it cannot be played: it was looked at by nobody.
        case carried
        /// The capsule holds it and it belongs to what is played, but this part could not be.
        case open
        /// The capsule does not hold it.
        case absent
    }

    /// The part.
    package var part: Name
    /// How it came out.
    package var outcome: Outcome
    /// What that means, in a phrase.
    package var text: String
    /// What differs, the first of it.
    package var differences: [String] = []
}
