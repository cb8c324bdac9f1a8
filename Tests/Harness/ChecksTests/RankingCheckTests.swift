import Checks
import Domain
import Goldens
import Observations
import Scenarios
import SourcePlaces
import Testing

@Suite("Ranking check")
struct RankingCheckTests {
    /// The ranking with two places swapped, scores and ranks staying where they are.
    private static func swapped(_ ranking: Ranking, _ first: Int, _ second: Int) -> Ranking {
        var movies = ranking.movies
        movies.swapAt(first, second)
        return Ranking(
            model: ranking.model,
            places: zip(movies, ranking.places)
                .map {
                    RankedMovie(movie: $0, rank: $1.rank, score: $1.score, text: $1.text)
                }
        )
    }

    @Test("Right rankings pass in every part: files, setting, both models, display")
    func right() {
        let run = RunFixture.withGoldens()
        #expect(run.failures.isEmpty)
        #expect(
            run.verdicts.filter { $0.subject == .rankings }.map(\.check) == [
                "rankings.full.whole_word", "rankings.full.p5_mode", "rankings.full.p5_scoring",
                "rankings.full.svd_ranking", "rankings.full.fingerprints", "rankings.full.svd", "rankings.full.p5",
                "rankings.full.display",
            ]
        )
    }

    @Test("Swapped ranks fail with the first differing rank, its margin and the overlap")
    func swap() throws {
        var run = RunFixture.withGoldens()
        run.exchanges[1].svd = Self.swapped(RunFixture.svd, 2, 3)
        #expect(run.failures["rankings.full.svd"] == .failed)
        #expect(run.failures["rankings.full.p5"] == nil)
        let verdict = try #require(run.verdict("rankings.full.svd"))
        #expect(verdict.expected == "rank 3: movie m3")
        #expect(verdict.actual == "rank 3: movie m4")
        #expect(verdict.message.contains("margin 0.1"))
        #expect(verdict.message.contains("1 of 2 rankings differ"))
        #expect(verdict.details[0].contains("overlap@10 1.000"))
        #expect(verdict.details[0].contains("Jaccard@10 1.000, RBO(0.9) 0.9"))
        #expect(verdict.details[0].contains("tau-b 0.970, footrule 0.013, NDCG@10 0.99"))
        #expect(!verdict.details[0].contains("top ten"))
        #expect(verdict.location?.line == 40)
    }

    @Test("A swap far below the saved rows fails as well")
    func deepSwap() {
        var run = RunFixture.withGoldens()
        run.exchanges[0].p5 = Self.swapped(RunFixture.p5, 10, 11)
        #expect(run.failures["rankings.full.p5"] == .failed)
    }

    @Test("A movie that enters the top ten is named with the one that left")
    func entries() throws {
        var run = RunFixture.withGoldens()
        run.exchanges[0].svd = Self.swapped(RunFixture.svd, 9, 10)
        let verdict = try #require(run.verdict("rankings.full.svd"))
        #expect(verdict.details[0].contains("overlap@10 0.900"))
        #expect(verdict.details[0].contains("top ten: in m11, out m10"))
    }

    @Test("A stale checkpoint fails and is named")
    func stale() throws {
        var run = RunFixture.withGoldens()
        run.fingerprints["p5/mvt_aug_epoch10.pth"] = "cc"
        #expect(run.failures == ["rankings.full.fingerprints": .failed])
        let verdict = try #require(run.verdict("rankings.full.fingerprints"))
        #expect(verdict.message.contains("p5/mvt_aug_epoch10.pth"))
    }

    @Test("Without the model files' fingerprints nothing is certain")
    func unknownFiles() {
        var run = RunFixture.withGoldens()
        run.fingerprints = [:]
        #expect(run.failures == ["rankings.full.fingerprints": .inconclusive])
    }

    @Test("A golden for the other mode of P5 fails", arguments: P5Settings.Mode.named)
    func mode(_ mode: P5Settings.Mode) {
        var run = RunFixture.withGoldens()
        run.p5Settings.mode = mode
        run.goldens[.full] = RunFixture.golden(mode: mode == .inPrompt ? "soft_prompt" : "in_prompt")
        #expect(run.failures == ["rankings.full.p5_mode": .failed])
        run.goldens[.full] = RunFixture.golden(mode: mode.name)
        #expect(run.failures.isEmpty)
    }

    /// What a scenario may set that changes P5's texts, as its verdicts name it.
    enum Condition: String, CaseIterable {
        case dropout = "dropout 0.1"
        case seed = "seed 3"
        case virtualTokens = "20 virtual tokens"
        case generationLimit = "generation limit 16"

        /// A golden that was made under it.
        var golden: GoldenRankings {
            var soft = GoldenSoftPrompt()
            switch self {
            case .dropout: soft.dropout = 0.1
            case .seed: soft.seed = 3
            case .virtualTokens: soft.virtualTokens = 20
            case .generationLimit: return RunFixture.golden(mode: "soft_prompt", generationLimit: 16)
            }
            return RunFixture.golden(mode: "soft_prompt", softPrompt: soft)
        }

        /// The settings of a service that works under it, `nil` where none can.
        var service: P5Settings? {
            var settings = P5Settings()
            var soft = SoftPromptSettings()
            switch self {
            case .dropout: soft.dropout = 0.1
            case .seed: soft.seed = 3
            case .virtualTokens: return nil
            case .generationLimit: settings.generationLimit = 16
            }
            settings.mode = .softPrompt(soft)
            return settings
        }
    }

    @Test("A golden or a service with P5 under other conditions fails and says so", arguments: Condition.allCases)
    func conditions(_ condition: Condition) throws {
        let deployed = "P5's mode soft_prompt, 40 virtual tokens, dropout 0.0, seed 20251030, generation limit 6"
        var run = RunFixture.withGoldens()
        run.p5Settings.mode = .softPrompt(SoftPromptSettings())
        run.goldens[.full] = condition.golden
        #expect(run.failures == ["rankings.full.p5_mode": .failed])
        let verdict = try #require(run.verdict("rankings.full.p5_mode"))
        #expect(verdict.actual == deployed && verdict.expected?.contains(condition.rawValue) == true)
        guard let service = condition.service else { return }
        run.p5Settings = service
        #expect(run.failures.isEmpty)
        run.goldens[.full] = RunFixture.golden(mode: "soft_prompt")
        #expect(run.failures == ["rankings.full.p5_mode": .failed])
        let other = try #require(run.verdict("rankings.full.p5_mode"))
        #expect(other.expected == deployed && other.actual?.contains(condition.rawValue) == true)
        #expect(other.message.hasPrefix("golden/demo.jsonl was made with \(deployed), the service runs with P5's mode"))
    }

    @Test("In-prompt scoring has a generation limit and nothing of a soft prompt")
    func inPromptConditions() throws {
        var run = RunFixture.withGoldens()
        #expect(run.verdict("rankings.full.p5_mode")?.actual == "P5's mode in_prompt, generation limit 6")
        run.p5Settings.generationLimit = 16
        #expect(run.failures == ["rankings.full.p5_mode": .failed])
        run.goldens[.full] = RunFixture.golden(generationLimit: 16)
        #expect(run.failures.isEmpty)
    }

    @Test("A golden for the other scoring of P5 fails and says so", arguments: P5Settings.Scoring.allCases)
    func scoring(_ scoring: P5Settings.Scoring) throws {
        var run = RunFixture.withGoldens()
        run.p5Settings.scoring = scoring
        run.goldens[.full] = RunFixture.golden(scoring: scoring == .text ? .expected : .text)
        #expect(run.failures == ["rankings.full.p5_scoring": .failed])
        let verdict = try #require(run.verdict("rankings.full.p5_scoring"))
        let other = scoring == .text ? "expected" : "text"
        #expect(
            verdict.message
                == "golden/demo.jsonl was made with P5's scoring \(other), the service runs with P5's scoring \(scoring)"
        )
        run.goldens[.full] = RunFixture.golden(scoring: scoring == .text ? .text : .expected)
        #expect(run.failures.isEmpty)
    }

    @Test("A golden for the other SVD ranking fails and says so", arguments: ScoreFormula.allCases)
    func svdRanking(_ ranking: ScoreFormula) throws {
        var run = RunFixture.withGoldens()
        run.svdRanking = ranking
        let other = ranking == .biased ? "factors" : "biased"
        run.goldens[.full] = RunFixture.golden(svdRanking: other)
        #expect(run.failures == ["rankings.full.svd_ranking": .failed])
        let verdict = try #require(run.verdict("rankings.full.svd_ranking"))
        #expect(verdict.expected == "SVD's ranking \(other)" && verdict.actual == "SVD's ranking \(ranking)")
        run.goldens[.full] = RunFixture.golden(svdRanking: ranking.rawValue)
        #expect(run.failures.isEmpty)
    }

    @Test("A golden for the other whole-word setting fails", arguments: [true, false])
    func wholeWord(isOn: Bool) {
        var run = RunFixture.withGoldens()
        run.wholeWord = isOn
        run.goldens[.full] = RunFixture.golden(wholeWord: !isOn)
        #expect(run.failures == ["rankings.full.whole_word": .failed])
    }

    @Test("A golden that is missing fails")
    func missingGolden() {
        var run = RunFixture.withGoldens()
        run.goldens = [:]
        #expect(run.failures == ["rankings.full.golden": .failed])
    }

    @Test("A session that the golden does not know fails")
    func unknownSession() {
        var run = RunFixture.withGoldens()
        run.exchanges.append(.init(session: RunFixture.session(3)))
        #expect(run.failures["rankings.full.svd"] == .failed)
    }

    @Test("An SVD-only answer is compared with the SVD-only golden")
    func svdOnly() {
        var run = RunFixture.withGoldens([.svdOnly])
        run.exchanges = [.svdOnly()]
        #expect(run.failures.isEmpty)
        #expect(run.verdict("rankings.svd_only.svd")?.outcome == .passed)
        #expect(run.verdict("rankings.svd_only.display")?.outcome == .passed)
    }

    @Test("A full answer where the scenario names only an SVD-only golden is no pass")
    func uncovered() {
        let run = RunFixture.withGoldens([.svdOnly])
        #expect(run.failures["rankings.uncovered"] == .failed)
        #expect(run.failures["rankings.svd_only"] == .inconclusive)
    }

    @Test("A state that no answer was given in is inconclusive")
    func nothingCompared() {
        var run = RunFixture.withGoldens()
        run.exchanges = [.failing()]
        #expect(run.failures == ["rankings.full": .inconclusive])
    }

    @Test("A full service that silently leaves P5 out fails")
    func silentDegradation() {
        var run = RunFixture.withGoldens([.full, .svdOnly])
        run.exchanges[0] = .svdOnly()
        run.exchanges[0].state = .full
        #expect(run.failures["rankings.full.p5"] == .failed)
    }

    @Test("Where the scenario makes P5 fail, the answer is an SVD-only one")
    func plannedDegradation() {
        var run = RunFixture.withGoldens([.full, .svdOnly])
        run.exchanges[0] = .svdOnly()
        run.exchanges[0].state = .full
        run.faults = [
            PlannedFault(number: 1, fault: .scoring(message: "boom", request: 1), location: RunFixture.at(0).location)
        ]
        run.receipts = [.init(fault: 1, evidence: "request 1")]
        #expect(run.failures.isEmpty)
        run.faults = [
            PlannedFault(number: 1, fault: .scoring(message: "boom", request: 2), location: RunFixture.at(0).location)
        ]
        #expect(run.failures["rankings.full.p5"] == .failed)
    }

    @Test("A request that waited for P5 is a full answer, whatever the state was when it was taken")
    func waited() {
        var run = RunFixture.withGoldens()
        run.exchanges[0].state = .svdOnly
        #expect(run.failures.isEmpty)
    }

    @Test("A display list is right for either start, and for no other order", arguments: Model.allCases)
    func display(start: Model) {
        var run = RunFixture.withGoldens()
        run.exchanges[0].start = start
        #expect(run.failures.isEmpty)

        var entries = DisplayList(svd: RunFixture.svd.movies, p5: RunFixture.p5.movies, start: start).entries
        let second = entries[1]
        entries[1] = .init(model: entries[2].model, movie: entries[2].movie, order: 2)
        entries[2] = .init(model: second.model, movie: second.movie, order: 3)
        run.exchanges[0].display = DisplayList(entries: entries)
        #expect(run.failures["rankings.full.display"] == .failed)
        #expect(run.verdict("rankings.full.display")?.actual?.hasPrefix("place 2") == true)
    }

    @Test("An interleaving that the reference does not have fails, though it is the engine's own")
    func displayOfReference() {
        var run = RunFixture.withGoldens()
        let wrong = DisplayList(svd: RunFixture.svd.movies, p5: [], start: .svd)
        let golden = RunFixture.golden()
        run.goldens[.full] = GoldenRankings(
            file: golden.file,
            header: golden.header,
            sessions: golden.sessions.map {
                GoldenSession(id: $0.id, svd: $0.svd, p5: $0.p5, displays: [.svd: wrong, .p5: wrong])
            }
        )
        #expect(run.failures == ["rankings.full.display": .failed])
    }

    @Test("A text that differs within the logit gap passes and is listed")
    func textException() throws {
        var run = RunFixture.withGoldens()
        let golden = RunFixture.golden()
        run.goldens[.full] = GoldenRankings(
            file: golden.file,
            header: golden.header,
            sessions: golden.sessions.map { session in
                let places = session.p5.places.map {
                    GoldenList.Place(
                        movie: $0.movie,
                        rank: $0.rank,
                        score: $0.score,
                        svdScore: $0.svdScore,
                        text: $0.rank == 12 ? "7.85" : $0.text,
                        gap: $0.rank == 12 ? 0.0001 : $0.gap
                    )
                }
                return GoldenSession(
                    id: session.id,
                    svd: session.svd,
                    p5: GoldenList(model: .p5, places: places),
                    displays: session.displays
                )
            }
        )
        let verdict = try #require(run.verdict("rankings.full.p5"))
        #expect(verdict.outcome == .passed)
        #expect(verdict.details.count { $0.contains("the golden has \"7.85\" with a logit gap of only 0.0001") } == 2)
        #expect(verdict.message.contains("within ties and tolerance"))
    }

    @Test("Where rankings are not visible the saved rows are compared")
    func invisible() {
        var run = RunFixture.withGoldens()
        for index in run.exchanges.indices { run.exchanges[index].isVisible = false }
        #expect(run.verdict("rankings.full.svd")?.outcome == .passed)
        #expect(run.verdict("rankings.full.svd")?.message.contains("only the saved places") == true)
        run.exchanges[0].svd = Self.swapped(RunFixture.svd, 2, 3)
        #expect(run.verdict("rankings.full.svd")?.outcome == .failed)
    }

    @Test("Where nothing is visible at all the verdict is inconclusive")
    func nothingVisible() {
        var run = RunFixture.withGoldens()
        run.readsDatabase = false
        run.exchanges[0].isVisible = false
        run.exchanges[0].write = { _ in [] }
        #expect(run.failures["rankings.full.svd"] == .inconclusive)
        #expect(run.failures["rankings.full.display"] == .inconclusive)
    }

    @Test("Rows that an answer promised and that are not there leave nothing to compare, which fails")
    func nothingStored() {
        var run = RunFixture.withGoldens()
        run.exchanges[0].isVisible = false
        run.exchanges[0].write = { _ in [] }
        #expect(run.failures["rankings.full.svd"] == .failed)
        #expect(run.failures["rankings.full.p5"] == .failed)
    }

    @Test("A service that shows no rankings and saves no P5 rows although P5 is loaded fails")
    func silentlyWithoutP5() {
        var run = RunFixture.withGoldens()
        run.exchanges[0].isVisible = false
        run.exchanges[0].p5 = nil
        run.exchanges[0].p5Saved = 0
        #expect(run.failures["rankings.full.p5"] == .failed)
    }

    @Test("A display list may begin with either model, unless the harness decided which", arguments: [true, false])
    func displayStart(isKnown: Bool) {
        var run = RunFixture.withGoldens()
        run.knowsDisplayStart = isKnown
        for index in run.exchanges.indices { run.exchanges[index].start = run.plan.displayStart(ofRequest: index + 1) }
        #expect(run.failures.isEmpty)
        run.exchanges[0].start = run.exchanges[0].start.other
        #expect(run.failures == (isKnown ? ["rankings.full.display": .failed] : [:]))
    }

    @Test("A scenario without goldens has no verdict about rankings")
    func none() {
        #expect(RunFixture().verdicts.allSatisfy { $0.subject != .rankings })
    }
}
