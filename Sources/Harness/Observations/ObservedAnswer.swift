package import Domain

/// One request of a scenario and everything that was seen of it.
package struct ObservedAnswer: Sendable {
    /// The request's number in the scenario, from 1.
    package let request: Int
    /// The session that asked.
    package let session: SessionID
    /// When the request arrived, from the start of the instance.
    package let arrivedAt: Duration
    /// When the service was sent it, after its time in the queue; `nil` where it never was, or was at once.
    package let takenAt: Duration?
    /// When its answer was complete.
    package let finishedAt: Duration
    /// The HTTP status; `nil` where the connection ended without an answer.
    package let status: Int?
    /// What the instance could rank with when it took the request; `nil` where the request never reached it.
    package let state: ServingState?
    /// The body of a successful answer; where it lacks something, with what was asked for in its place.
    package let response: RecommendResponse?
    /// What is wrong with the body of a successful answer, key by key.
    package let bodyFaults: [BodyFault]
    /// The message of an answer that is an error, the platform's own text where the platform refused.
    package let error: String?
    /// The places that each model ranked, at most 100, or the first of them; empty where the target does not show them.
    package private(set) var rankings: [Ranking]
    /// How many places each model ranked, also where not all are kept.
    private let rankedCounts: (svd: Int?, p5: Int?)
    /// For each kept place of P5 its movie's place in the SVD model's list, 0 for none; empty where all places are kept.
    private var origins: [Int32] = []
    /// What the harness's own engine ranks from the same files, ratings and candidates in the answer's state; filled
    /// where the target does not show its rankings and the engine has the models.
    package private(set) var predicted: [Ranking]
    /// The smallest logit gap on the way to each of P5's texts, by movie, of `rankings` or else of `predicted`; empty
    /// where neither is known.
    package private(set) var textGaps: [MovieID: Double]
    /// The session's rows in the request's phase as the harness read them right before the request.
    package let rowsBefore: [StoredRecommendation]
    /// The session's rows in the request's phase as the harness read them right after the answer.
    package private(set) var rowsAfter: ArraySlice<StoredRecommendation>
    /// When the new rows among these were first seen; empty where the harness did not wait for rows.
    package var appearances: [RowAppearance]
    /// Whatever else the service said, such as why P5 was left out.
    package let notes: [String]

    /// Creates an observed answer.
    package init(
        request: Int,
        session: SessionID,
        arrivedAt: Duration,
        takenAt: Duration? = nil,
        finishedAt: Duration,
        status: Int?,
        state: ServingState?,
        response: RecommendResponse? = nil,
        bodyFaults: [BodyFault] = [],
        error: String? = nil,
        rankings: [Ranking] = [],
        predicted: [Ranking] = [],
        textGaps: [MovieID: Double] = [:],
        rowsBefore: [StoredRecommendation] = [],
        rowsAfter: [StoredRecommendation] = [],
        appearances: [RowAppearance] = [],
        notes: [String] = []
    ) {
        self.request = request
        self.session = session
        self.arrivedAt = arrivedAt
        self.takenAt = takenAt
        self.finishedAt = finishedAt
        self.status = status
        self.state = state
        self.response = response
        self.bodyFaults = bodyFaults
        self.error = error
        self.rankings = rankings
        func count(_ model: Model) -> Int? { rankings.first { $0.model == model }?.places.count }
        self.rankedCounts = (count(.svd), count(.p5))
        self.predicted = predicted
        self.textGaps = textGaps
        self.rowsBefore = rowsBefore
        self.rowsAfter = rowsAfter[...]
        self.appearances = appearances
        self.notes = notes
    }

    /// The same answer with what the harness's own engine ranks for it.
    package func predicting(_ rankings: [Ranking], textGaps: [MovieID: Double]) -> ObservedAnswer {
        var answer = self
        answer.predicted = rankings
        answer.textGaps = textGaps
        return answer
    }

    /// The same answer with no more than the first places of each ranking, where nobody compares the others.
    package func keepingPlaces(_ count: Int) -> ObservedAnswer {
        var answer = self
        answer.origins = (ranking(of: .p5)?.places.prefix(count) ?? []).map { Int32(svdPlace(of: $0.movie) ?? 0) }
        answer.rankings = rankings.map { Ranking(model: $0.model, places: Array($0.places.prefix(count))) }
        return answer
    }

    /// The place in the SVD model's list, from 1, of a movie that either model ranked; `nil` where that is not known.
    ///
    /// - Complexity: O(*n*) in the places.
    package func svdPlace(of movie: MovieID) -> Int? {
        if let place = ranking(of: .svd)?.places.first(where: { $0.movie == movie }) { return place.rank }
        guard let index = ranking(of: .p5)?.places.firstIndex(where: { $0.movie == movie }),
            origins.indices.contains(index), origins[index] > 0
        else { return nil }
        return Int(origins[index])
    }

    /// The same answer with its rows as a part of others, without a copy of its own, where they are the same.
    func sharing(_ others: ArraySlice<StoredRecommendation>) -> ObservedAnswer {
        guard rowsAfter == others else { return self }
        var answer = self
        answer.rowsAfter = others
        return answer
    }

    /// How many places a model ranked, whether they are kept or not; `nil` where it did not rank or was not seen.
    package func rankedCount(of model: Model) -> Int? { model == .svd ? rankedCounts.svd : rankedCounts.p5 }

    /// Whether the body says a key, and says it as it should.
    package func says(_ key: String) -> Bool {
        !bodyFaults.contains { $0.key == key || $0.key == nil }
    }

    /// The places of one model, `nil` where it did not rank or was not seen.
    package func ranking(of model: Model) -> Ranking? {
        rankings.first { $0.model == model }
    }

    /// The places that one model should have ranked by the harness's own engine, `nil` where that was not computed.
    package func prediction(of model: Model) -> Ranking? {
        predicted.first { $0.model == model }
    }
}

extension [ObservedAnswer] {
    /// The same answers with their rows as parts of those that were read at the end, where they are the same still.
    ///
    /// - Complexity: O(*n*) in the number of rows.
    func sharing(_ rows: RowsBySession) -> [ObservedAnswer] {
        map { answer in
            answer.rowsAfter.first.map { answer.sharing(rows[RowSlot($0.row)]) } ?? answer
        }
    }
}
