import Domain

/// A property that every model has, whatever it was trained on: no golden is needed to check it.
package struct ModelCheck: Sendable {
    /// The name on the command line and in reports.
    package let id: String
    /// What is asserted, a sentence.
    package let assertion: String
    /// Which models are asked, which decides how many sessions are looked at.
    package let models: RankingConditions.Models
    /// Says why the property has no meaning for a subject and its sessions, `nil` where it has.
    let obstacle: @Sendable ([RecordedSession], any RankingSubject) -> String?
    /// Whether it looks at all sessions at once, so that what it sees of one may depend on the others.
    let isTogether: Bool
    /// Looks at sessions side by side and returns what it saw of each, in their order.
    let look: @Sendable ([RecordedSession], any RankingSubject) async throws -> [Look]

    /// What was seen of one session.
    enum Look: Hashable, Sendable {
        /// The property holds in so many comparisons, in which so many ranks were swapped inside ties; the remark says what
        /// is as the service has it and may not be what one expects.
        case holds(comparisons: Int, swappedInTies: Int = 0, remark: String? = nil)
        /// It does not: what was found, and what was expected.
        case fails(String)
        /// The session has nothing that the property is about.
        case passedOver(String)
        /// A model that had to rank did not, so that nothing is known.
        case unknown(String)
    }

    /// Creates a check that looks at all sessions at once.
    ///
    /// - Parameters:
    ///   - id: The name.
    ///   - assertion: What is asserted.
    ///   - models: Which models are asked.
    ///   - obstacle: Says why the property has no meaning for a subject.
    ///   - look: Looks at sessions.
    init(
        _ id: String,
        _ assertion: String,
        models: RankingConditions.Models,
        obstacle: @escaping @Sendable ([RecordedSession], any RankingSubject) -> String? = { _, _ in nil },
        together look: @escaping @Sendable ([RecordedSession], any RankingSubject) async throws -> [Look]
    ) {
        self.init(id, assertion, models, obstacle, isTogether: true, look)
    }

    private init(
        _ id: String,
        _ assertion: String,
        _ models: RankingConditions.Models,
        _ obstacle: @escaping @Sendable ([RecordedSession], any RankingSubject) -> String?,
        isTogether: Bool,
        _ look: @escaping @Sendable ([RecordedSession], any RankingSubject) async throws -> [Look]
    ) {
        self.id = id
        self.assertion = assertion
        self.models = models
        self.obstacle = obstacle
        self.isTogether = isTogether
        self.look = look
    }

    /// Creates a check that looks at one session after the other.
    ///
    /// - Parameters:
    ///   - id: The name.
    ///   - assertion: What is asserted.
    ///   - models: Which models are asked.
    ///   - obstacle: Says why the property has no meaning for a subject.
    ///   - look: Looks at a session.
    init(
        _ id: String,
        _ assertion: String,
        models: RankingConditions.Models,
        obstacle: @escaping @Sendable ([RecordedSession], any RankingSubject) -> String? = { _, _ in nil },
        each look: @escaping @Sendable (RecordedSession, any RankingSubject) async throws -> Look
    ) {
        self.init(id, assertion, models, obstacle, isTogether: false) { sessions, subject in
            var looks: [Look] = []
            for session in sessions {
                try Task.checkCancellation()
                looks.append(try await look(session, subject))
            }
            return looks
        }
    }

    /// All checks, in the order in which they are made.
    package static let all: [ModelCheck] = [
        .ratingOrder, .repeatedRating, .ratedFilms, .unknownIDs, .oneRating, .fiftyRatings, .equalRatings,
        .hundredCandidates, .p5Permutation, .idSpelling, .batchSize, .threads, .restart, .cacheHit,
    ]
}

extension ModelCheck.Look {
    /// Whether the property does not hold.
    var isFailure: Bool {
        if case .fails = self { true } else { false }
    }

    /// Says of rankings why nothing can be known from them, `nil` where all models ranked that had to.
    ///
    /// A session with nothing that a model knows is passed over; a P5 that fails makes the check inconclusive.
    static func obstacle(in ranking: SubjectRanking, _ models: RankingConditions.Models) -> ModelCheck.Look? {
        guard !ranking.svd.places.isEmpty else { return .passedOver(ranking.notes.first ?? "SVD ranked nothing") }
        guard models == .both else { return nil }
        guard let p5 = ranking.p5 else { return .unknown(ranking.notes.last ?? "P5 did not rank") }
        return p5.places.isEmpty ? .passedOver(ranking.notes.last ?? "P5 ranked nothing") : nil
    }
}
