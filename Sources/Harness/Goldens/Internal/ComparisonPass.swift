import Domain

/// The working state of one comparison; its steps depend on those before.
struct ComparisonPass {
    let golden: GoldenList
    /// How far scores may be from the golden's.
    let tolerance: ScoreTolerance
    /// The rule by which places may swap.
    let ties: TieRule
    /// How many places the movie at each rank may stand from it, also across a margin.
    let moves: [Int]
    /// Movies that stand across a margin within these places.
    var tolerated: Set<MovieID> = []
    /// The observed places, later repetitions of a movie left out.
    private(set) var observed: [RankedMovie] = []
    /// The golden's movies that should have been observed, in its order.
    private(set) var expected: [MovieID] = []
    /// The keys of every movie the golden knows, a text within its logit gap replaced by the observed one.
    private(set) var keys: [MovieID: TieRule.Key] = [:]
    private(set) var unverified: [MovieID] = []
    var differences: [RankingDifference] = []
    private(set) var textExceptions: [RankingComparison.TextException] = []
    private var scoresWithinTolerance = 0
    private var largestDeviation = 0.0
    /// Movies that stand, or are missing, where no tie explains it.
    var misplaced: Set<MovieID> = []

    init(
        golden: GoldenList,
        tolerance: ScoreTolerance,
        stated: GoldenTolerance?,
        observed ranking: Ranking,
        candidates: Ranking?,
        isPrefix: Bool
    ) {
        self.golden = golden
        self.tolerance = stated?.scores(golden.model, scoring: golden.scoring) ?? tolerance
        moves = golden.places.map { stated?.places(golden.model, rank: $0.rank) ?? 0 }
        ties = TieRule(of: golden, tolerance: tolerance)
        for place in golden.places { keys[place.movie] = place.key }
        checkStructure(of: ranking)
        expected = Array(golden.movies.prefix(isPrefix ? observed.count : golden.places.count))
        if let next = golden.next {
            admit(next, candidates: candidates)
        }
    }

    mutating func run() -> RankingComparison {
        checkScores()
        checkMembership()
        checkOrder()
        let first = firstDifference()
        let moved = zip(observed, expected).filter { $0.movie != $1 }
        let allowed = moved.count { tolerated.contains($0.0.movie) }
        return RankingComparison(
            model: golden.model,
            places: observed.count,
            differences: differences.sorted {
                ($0.isConsequence ? 1 : 0, $0.rank) < ($1.isConsequence ? 1 : 0, $1.rank)
            },
            firstDifference: first,
            ranksExplainedByTies: misplaced.isEmpty ? moved.count - allowed : 0,
            ranksWithinTolerance: misplaced.isEmpty ? allowed : 0,
            textExceptions: textExceptions,
            unverified: unverified,
            scoresWithinTolerance: scoresWithinTolerance,
            largestDeviation: largestDeviation
        )
    }

    /// Checks the ranking by itself: distinct movies, ranks 1…n, scores that do not rise.
    private mutating func checkStructure(of ranking: Ranking) {
        var seen: Set<MovieID> = []
        for (index, place) in ranking.places.enumerated() {
            if place.rank != index + 1 {
                differences.append(.brokenRank(movie: place.movie, rank: place.rank, place: index + 1))
            }
            if index + 1 < ranking.places.count, !(place.score >= ranking.places[index + 1].score) {
                differences.append(.unsorted(movie: place.movie, rank: index + 1))
            }
            if seen.insert(place.movie).inserted {
                observed.append(place)
            } else {
                differences.append(.duplicate(movie: place.movie, rank: index + 1))
                misplaced.insert(place.movie)
            }
        }
    }

    /// Makes the movie behind the cut-off known, as far as the golden can judge it.
    private mutating func admit(_ next: GoldenList.Candidate, candidates: Ranking?) {
        switch golden.model {
        case .svd:
            keys[next.movie] = TieRule.Key(score: next.score, svdScore: next.score)
        case .p5:
            guard let given = candidates?.movies, given.contains(next.movie) else { return }
            let left = golden.places.filter { !given.contains($0.movie) }
            guard left.allSatisfy({ ties.isTie($0.svdScore, next.score) }), left.count <= 1 else { return }
            expected.removeAll { left.first?.movie == $0 }
            if let place = observed.first(where: { $0.movie == next.movie }) {
                keys[next.movie] = TieRule.Key(score: place.score, svdScore: next.score)
                unverified.append(next.movie)
            }
        }
    }

    private mutating func checkScores() {
        let places = Dictionary(uniqueKeysWithValues: golden.places.map { ($0.movie, $0) })
        for (index, place) in observed.enumerated() {
            if let goldenPlace = places[place.movie] {
                if let text = goldenPlace.text {
                    checkText(
                        of: place,
                        at: index + 1,
                        expected: text,
                        score: goldenPlace.score,
                        gap: goldenPlace.gap
                    )
                } else {
                    checkScore(of: place, at: index + 1, expected: goldenPlace.score)
                }
            } else if golden.model == .svd, let key = keys[place.movie] {
                checkScore(of: place, at: index + 1, expected: key.score)
            }
        }
    }

    private mutating func checkText(
        of place: RankedMovie,
        at rank: Int,
        expected: String,
        score: Double,
        gap: Double?
    ) {
        let differs = place.text.map { $0 != expected } ?? !accepts(place.score, score)
        guard differs else { return checkScore(of: place, at: rank, expected: score) }
        let actual = place.text ?? "\(place.score)"
        if let gap, gap < tolerance.logitGap, place.score.isFinite {
            textExceptions.append(.init(movie: place.movie, expected: expected, actual: actual, gap: gap))
            keys[place.movie]?.score = place.score
        } else {
            differences.append(
                .wrongText(movie: place.movie, rank: rank, expected: expected, actual: actual, gap: gap)
            )
        }
    }

    private mutating func checkScore(of place: RankedMovie, at rank: Int, expected: Double) {
        guard accepts(place.score, expected) else {
            differences.append(.wrongScore(movie: place.movie, rank: rank, expected: expected, actual: place.score))
            return
        }
        guard !tolerance.isExact(place.score, golden: expected, scoring: golden.scoring) else { return }
        scoresWithinTolerance += 1
        let larger = max(abs(place.score), abs(expected))
        largestDeviation = max(largestDeviation, abs(place.score - expected) / larger)
    }

    private func accepts(_ score: Double, _ expected: Double) -> Bool {
        tolerance.accepts(
            score,
            golden: expected,
            largest: golden.model == .svd ? ties.largestSVDScore : 0,
            scoring: golden.scoring
        )
    }
}
