import Checks
import ContainerPlatform
import Domain
import Goldens
import Observations
import Scenarios
import SourcePlaces

extension RunFixture {
    var evidence: Evidence {
        let (answers, rows) = replay()
        return Evidence(
            plan: plan,
            observation: Observation(
                target: target,
                startup: StartupObservation(
                    violations: violations,
                    summary: summary,
                    killMargin: killMargin,
                    timeline: timeline,
                    finalHealth: finalHealth.map { HealthStatus($0) }
                ),
                answers: answers,
                rows: readsDatabase ? observed(corruptFinal(rows)) : nil,
                receipts: receipts,
                knowsDisplayStart: knowsDisplayStart,
                clock: clock,
                process: process
            ),
            goldens: goldens,
            timeline: goldenTimeline,
            catalogue: catalogue,
            fingerprints: fingerprints
        )
    }

    var verdicts: [Verdict] { evidence.verdicts() }

    /// The verdicts that are no pass, by check.
    var failures: [String: Verdict.Outcome] {
        Dictionary(
            verdicts.filter { $0.outcome != .passed }.map { ($0.check, $0.outcome) },
            uniquingKeysWith: { first, _ in first }
        )
    }

    func verdict(_ check: String) -> Verdict? { verdicts.first { $0.check == check } }

    private static let location = SourceLocation(file: "scenarios/test.yaml", line: 20, column: 3)

    var scenario: Scenario {
        var p5 = p5Settings
        p5.usesWholeWords = wholeWord
        return Scenario(
            name: Self.at("test"),
            teaches: "nothing",
            platform: PlatformConditions(
                probe: Self.at(ProbeConfiguration(handler: .http(path: "/health", port: nil)))
            ),
            service: ServiceSettings(
                strategy: .blocking,
                bundle: Self.at("bundle"),
                p5: p5,
                scoreFormula: svdRanking
            ),
            stages: StageTimings(),
            sessions: SessionSource(file: Self.at("sessions.jsonl"), selection: Self.at(.all)),
            catalogue: Self.at("catalogue.jsonl"),
            expectations: expectations,
            source: Self.location
        )
    }

    var plan: Plan {
        Plan(
            scenario: scenario,
            seed: 1,
            sessions: [recorded(Self.first), recorded(Self.second)],
            boot: StageTimings.defaultBoot,
            stages: [:],
            requests: exchanges.enumerated()
                .map { index, exchange in
                    PlannedRequest(
                        number: index + 1,
                        at: .seconds(index),
                        session: recorded(exchange.session),
                        topK: Self.topK,
                        phase: 2,
                        expectation: exchange.expectation,
                        location: Self.location
                    )
                },
            faults: faults
        )
    }

    private func recorded(_ id: SessionID) -> RecordedSession {
        RecordedSession(id: id, phase: "recommendation", ratings: [], phase1Movies: phase1Movies)
    }

    private func replay() -> ([ObservedAnswer], [StoredRecommendation]) {
        var answers: [ObservedAnswer] = []
        var rows: [StoredRecommendation] = []
        for (index, exchange) in exchanges.enumerated() where exchange.isObserved {
            let before = rows.filter { $0.row.session == exchange.session }
            let response = exchange.status == 200 ? response(of: exchange) : nil
            let written = response.map { exchange.write(Self.rows($0, exchange, request: index + 1)) } ?? []
            let kept = response.map { $0.svdTopSaved + $0.p5TopSaved == 0 } ?? false ? before : exchange.keep(before)
            let after = kept + (response == nil ? exchange.write([]) : written)
            rows = rows.filter { $0.row.session != exchange.session } + after
            answers.append(
                ObservedAnswer(
                    request: index + 1,
                    session: exchange.session,
                    arrivedAt: .seconds(index),
                    finishedAt: .seconds(index + 1),
                    status: exchange.status,
                    state: exchange.state,
                    response: response,
                    bodyFaults: exchange.bodyFaults,
                    error: exchange.error,
                    rankings: response != nil && exchange.isVisible
                        ? [exchange.svd, exchange.p5].compactMap(\.self) : [],
                    predicted: exchange.predicted,
                    rowsBefore: before,
                    rowsAfter: after
                )
            )
        }
        return (answers, rows)
    }

    private func response(of exchange: Exchange) -> RecommendResponse {
        RecommendResponse(
            session: exchange.session,
            phase: 2,
            svdTopSaved: exchange.svdSaved,
            p5TopSaved: exchange.p5Saved,
            svdTop100Size: exchange.svd?.places.count ?? 0,
            display: exchange.display
                ?? DisplayList(
                    svd: Array((exchange.svd?.movies ?? []).prefix(exchange.svdSaved)),
                    p5: Array((exchange.p5?.movies ?? []).prefix(exchange.p5Saved)),
                    start: exchange.start
                )
        )
    }

    /// The rows that a right service writes for an answer.
    private static func rows(
        _ response: RecommendResponse,
        _ exchange: Exchange,
        request: Int
    ) -> [StoredRecommendation] {
        [(exchange.svd, response.svdTopSaved), (exchange.p5, response.p5TopSaved)]
            .flatMap { ranking, saved in
                (ranking?.places ?? []).prefix(saved)
                    .map { place in
                        let shown = response.display.entries.first {
                            $0.model == ranking?.model && $0.movie == place.movie
                        }
                        return row(
                            place.movie,
                            ranking?.model ?? .svd,
                            rank: place.rank,
                            score: place.score,
                            order: shown?.order,
                            session: exchange.session,
                            request: request
                        )
                    }
            }
    }

    static func row(
        _ movie: MovieID,
        _ model: Model,
        rank: Int,
        score: Double,
        order: Int?,
        session: SessionID = RunFixture.first,
        request: Int = 1
    ) -> StoredRecommendation {
        StoredRecommendation(
            row: RecommendationRow(
                session: session,
                movie: movie,
                score: score,
                model: model,
                phase: 2,
                rank: rank,
                displayOrder: order
            ),
            createdAt: Timestamp(microseconds: Int64(request))
        )
    }

    private func observed(_ rows: [StoredRecommendation]) -> ObservedRows {
        let groups = Dictionary(grouping: rows, by: \.row.model)
        let summary = Model.allCases.compactMap { model in
            groups[model]
                .map {
                    LandingSummaryLine(
                        model: model.rawValue,
                        phase: 2,
                        rows: $0.count,
                        sessions: Set($0.map(\.row.session)).count
                    )
                }
        }
        let visitors = [Self.first, Self.second]
            .map { session in
                let shown = rows.map(\.row).filter { $0.session == session && $0.displayOrder != nil }
                    .sorted { ($0.displayOrder ?? 0) < ($1.displayOrder ?? 0) }
                return VisitorView(
                    session: session,
                    movies: shown.isEmpty ? Array(Self.movies.prefix(10)) : shown.map(\.movie),
                    isFallback: shown.isEmpty
                )
            }
        return ObservedRows(
            recommendations: rows,
            summary: corruptSummary(summary),
            visitors: corruptVisitors(visitors)
        )
    }
}

extension StoredRecommendation {
    /// The row with some columns changed.
    func with(rank: Int? = nil, score: Double? = nil, movie: MovieID? = nil, order: Int?? = .none) -> Self {
        StoredRecommendation(
            row: RecommendationRow(
                session: row.session,
                movie: movie ?? row.movie,
                score: score ?? row.score,
                model: row.model,
                phase: row.phase,
                rank: rank ?? row.rank,
                displayOrder: order ?? row.displayOrder
            ),
            createdAt: createdAt
        )
    }
}
