import Checks
@testable import ContainerPlatform
import Domain
import Goldens
import Observations
import Scenarios
import SourcePlaces

/// A run of a service that did everything right, for tests that then break one thing.
///
/// Two sessions ask once each; twelve movies, P5 in the reverse order of SVD; ten rows of each model are saved.
struct RunFixture {
    static let first = session(1)
    static let second = session(2)
    static let movies: [MovieID] = (1...12).map { MovieID("m\($0)") }
    static let topK = 10

    /// One request with what is planned for it and what was seen of it.
    struct Exchange {
        var session = RunFixture.first
        var expectation = AnswerExpectation()
        var status: Int? = 200
        var state: ServingState? = .full
        var svd: Ranking? = RunFixture.svd
        var p5: Ranking? = RunFixture.p5
        var start = Model.svd
        var display: DisplayList?
        var svdSaved = RunFixture.topK
        var p5Saved = RunFixture.topK
        var error: String?
        /// What is wrong with the body.
        var bodyFaults: [BodyFault] = []
        var isVisible = true
        /// What the harness's own engine ranks, where the service does not show it.
        var predicted: [Ranking] = []
        var isObserved = true
        /// What the service makes of the rows that it should have written.
        var write: ([StoredRecommendation]) -> [StoredRecommendation] = { $0 }
        /// What the request leaves of the rows that were there; by default a success replaces them all.
        var keep: ([StoredRecommendation]) -> [StoredRecommendation] = { _ in [] }

        /// An answer from SVD alone.
        static func svdOnly(_ session: SessionID = RunFixture.first) -> Exchange {
            var exchange = Exchange(session: session)
            exchange.state = .svdOnly
            exchange.p5 = nil
            exchange.p5Saved = 0
            return exchange
        }

        /// An answer that is an error and leaves everything as it was.
        static func failing(_ session: SessionID = RunFixture.first, status: Int? = 500) -> Exchange {
            var exchange = Exchange(session: session)
            exchange.status = status
            exchange.error = "the database went away"
            exchange.keep = { $0 }
            return exchange
        }
    }

    var exchanges: [Exchange] = [Exchange(), Exchange(session: RunFixture.second)]
    var expectations = Expectations()
    var faults: [PlannedFault] = []
    var receipts: [FaultReceipt] = []
    var wholeWord = false
    var p5Settings = P5Settings()
    var svdRanking = ScoreFormula.factors
    var summary: StartupSummary?
    var violations: [ProbeViolation] = []
    var finalHealth: String? = "ready_full"
    var killMargin: KillMargin?
    var target = TargetKind.simulated
    var clock: RealClock?
    var process: ProcessObservation?
    var timeline = Timeline()
    var goldenTimeline: GoldenTimeline?
    var readsDatabase = true
    var knowsDisplayStart = false
    var catalogue = Set(RunFixture.movies)
    var phase1Movies: [MovieID] = []
    var fingerprints = RunFixture.files
    var goldens: [ServingState: GoldenRankings] = [:]
    var corruptFinal: ([StoredRecommendation]) -> [StoredRecommendation] = { $0 }
    var corruptVisitors: ([VisitorView]) -> [VisitorView] = { $0 }
    var corruptSummary: ([LandingSummaryLine]) -> [LandingSummaryLine] = { $0 }

    init() {
        var summary = StartupSummary()
        summary.outcome = .ready(at: .seconds(5))
        summary.attempts = 1
        self.summary = summary
    }

    /// A run whose scenario names goldens for the full state.
    static func withGoldens(_ states: [ServingState] = [.full]) -> RunFixture {
        var run = RunFixture()
        run.expectations = Expectations(
            rankings: Dictionary(uniqueKeysWithValues: states.map { ($0, at("golden/demo.jsonl", line: 40)) })
        )
        run.goldens = Dictionary(uniqueKeysWithValues: states.map { ($0, golden()) })
        return run
    }

    static let fault = PlannedFault(
        number: 1,
        fault: .scoring(message: "out of memory", request: nil),
        location: at(1, line: 12).location
    )

    static func session(_ number: Int) -> SessionID {
        guard let id = SessionID("0b9c1a52-7d1f-4c58-9a8e-3f60d6a1c00\(number)") else { preconditionFailure() }
        return id
    }

    static func at<Value>(_ value: Value, line: Int = 1) -> Located<Value> {
        Located(value, at: SourceLocation(file: "scenarios/test.yaml", line: line, column: 3))
    }

    static let svd = ranking(.svd, movies.enumerated().map { ($1, Double(Float(2 - 0.1 * Float($0)))) })
    static let p5 = ranking(.p5, movies.reversed().enumerated().map { ($1, Double(Float(9 - 0.1 * Float($0)))) })

    static func ranking(_ model: Model, _ movies: [(MovieID, Double)]) -> Ranking {
        Ranking(
            model: model,
            places: movies.enumerated()
                .map { index, movie in
                    RankedMovie(
                        movie: movie.0,
                        rank: index + 1,
                        score: movie.1,
                        text: model == .p5 ? "\(Float(movie.1))" : nil
                    )
                }
        )
    }

    static let files = ["svd_5core/V.npy": "aa", "p5/mvt_aug_epoch10.pth": "bb"]

    static func golden(
        wholeWord: Bool = false,
        mode: String = "in_prompt",
        generationLimit: Int = 6,
        softPrompt: GoldenSoftPrompt = GoldenSoftPrompt(),
        scoring: P5Settings.Scoring = .text,
        svdRanking: String = "factors"
    ) -> GoldenRankings {
        let scores = Dictionary(uniqueKeysWithValues: svd.places.map { ($0.movie, $0.score) })
        func list(_ ranking: Ranking) -> GoldenList {
            GoldenList(
                model: ranking.model,
                scoring: scoring,
                places: ranking.places.map {
                    GoldenList.Place(
                        movie: $0.movie,
                        rank: $0.rank,
                        score: $0.score,
                        svdScore: scores[$0.movie] ?? 0,
                        text: $0.text,
                        gap: ranking.model == .p5 ? 0.5 : nil
                    )
                }
            )
        }
        let displays = Dictionary(
            uniqueKeysWithValues: Model.allCases.map {
                ($0, DisplayList(svd: svd.movies, p5: p5.movies, start: $0))
            }
        )
        return GoldenRankings(
            file: "golden/demo.jsonl",
            header: GoldenHeader(
                maker: GoldenMaker(program: "golden/reference", version: "1"),
                wholeWord: wholeWord,
                mode: mode,
                generationLimit: generationLimit,
                softPrompt: mode == "in_prompt" ? nil : softPrompt,
                scoring: scoring,
                svdRanking: svdRanking,
                seed: 1,
                fingerprints: GoldenFingerprints(files: files)
            ),
            sessions: [first, second]
                .map {
                    GoldenSession(id: $0, svd: list(svd), p5: list(p5), displays: displays)
                }
        )
    }
}

extension RunFixture {
    /// A run of given requests whose rows are expected to be so.
    init(rows: RowExpectation = RowExpectation(), _ exchanges: [Exchange]) {
        self.init()
        expectations = Expectations(rows: rows)
        self.exchanges = exchanges
    }
}
