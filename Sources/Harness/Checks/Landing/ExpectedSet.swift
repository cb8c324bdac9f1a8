package import Domain
import Goldens
import Observations
import Scenarios

/// The rows that one session must hold in one phase.
package struct ExpectedSet: Hashable, Sendable {
    /// The session.
    package let session: SessionID
    /// The phase of the study.
    package let phase: Int
    /// The request whose answer promised the rows, `nil` where none did.
    package let request: Int?
    /// The rows, each model's in order of rank.
    package let rows: [ExpectedRow]
    /// How many rows of each model the answer said it saved; more than `rows` has where the rankings were not shown.
    package let saved: [Model: Int]
    /// Whether the rows were found, and not promised: the request was under way when its connection ended.
    package let isInFlight: Bool

    /// Whether every row is known, so that any other is one that nobody expected.
    package var isComplete: Bool {
        Model.allCases.allSatisfy { model in rows.count { $0.key.model == model } == saved[model, default: 0] }
    }

    /// The set of a session that was never answered with rows.
    static func empty(of session: SessionID, phase: Int) -> ExpectedSet {
        ExpectedSet(session: session, phase: phase, request: nil, rows: [], saved: [:])
    }

    /// Creates a set.
    package init(
        session: SessionID,
        phase: Int,
        request: Int?,
        rows: [ExpectedRow],
        saved: [Model: Int],
        isInFlight: Bool = false
    ) {
        self.session = session
        self.phase = phase
        self.request = request
        self.rows = rows
        self.saved = saved
        self.isInFlight = isInFlight
    }

    /// Creates the set that a successful answer promises.
    ///
    /// Each model's rows are its first places, as many as the answer says it saved, with the display order that the
    /// answer says. Where the rankings were not shown, those that the harness's engine predicts take their place, and
    /// where there are none either, only the displayed movies are known. A movie that is displayed and cannot be among
    /// the saved rows, because the answer says that none or fewer were saved, is no row that the answer promises.
    init(
        promisedBy response: RecommendResponse,
        in answer: ObservedAnswer,
        to request: PlannedRequest,
        scoring: P5Settings.Scoring
    ) {
        let session = request.session.id
        var orders: [ExpectedRow.Key: Int] = [:]
        for entry in response.display.entries {
            orders[.init(session: session, phase: request.phase, model: entry.model, movie: entry.movie)] = entry.order
        }
        let saved: [Model: Int] = [.svd: response.svdTopSaved, .p5: response.p5TopSaved]
        var rows: [ExpectedRow] = []
        for model in Model.allCases {
            let count = max(0, saved[model, default: 0])
            let shown = answer.ranking(of: model)
            let predicted = shown == nil ? PredictedPlaces(of: model, in: answer, scoring: scoring) : nil
            if let places = shown?.places ?? predicted?.places {
                rows += places.prefix(count).enumerated()
                    .map { index, place in
                        let key = ExpectedRow.Key(
                            session: session,
                            phase: request.phase,
                            model: model,
                            movie: place.movie
                        )
                        return ExpectedRow(
                            key: key,
                            rank: shown == nil ? index + 1 : place.rank,
                            score: place.score,
                            displayOrder: orders[key],
                            scoreAllowance: predicted?.allowances[index] ?? 0
                        )
                    }
            } else {
                rows += orders.filter { $0.key.model == model }.sorted { $0.value < $1.value }.prefix(count)
                    .map { ExpectedRow(key: $0.key, rank: nil, score: nil, displayOrder: $0.value) }
            }
        }
        self.init(session: session, phase: request.phase, request: request.number, rows: rows, saved: saved)
    }

    /// Creates the set that a service makes before its session asks: the best of SVD, displayed in their order.
    init(_ precomputed: PrecomputedSet) {
        let rows = precomputed.ranking.places.prefix(10)
            .map { place in
                let key = ExpectedRow.Key(
                    session: precomputed.session,
                    phase: precomputed.phase,
                    model: precomputed.ranking.model,
                    movie: place.movie
                )
                return ExpectedRow(key: key, rank: place.rank, score: place.score, displayOrder: place.rank)
            }
        self.init(
            session: precomputed.session,
            phase: precomputed.phase,
            request: nil,
            rows: rows,
            saved: [precomputed.ranking.model: rows.count]
        )
    }

    /// Creates the set that rows which were read make, for a request that may or may not have written them.
    init(found rows: [StoredRecommendation], session: SessionID, phase: Int, request: Int) {
        let expected = rows.map(\.row).sorted { ($0.model.rawValue, $0.rank) < ($1.model.rawValue, $1.rank) }
            .map {
                ExpectedRow(key: .init($0), rank: $0.rank, score: $0.score, displayOrder: $0.displayOrder)
            }
        self.init(
            session: session,
            phase: phase,
            request: request,
            rows: expected,
            saved: Dictionary(grouping: expected, by: \.key.model).mapValues(\.count),
            isInFlight: true
        )
    }
}
