package import Domain

/// One session's rankings of now beside the golden's, and what neither ties nor tolerance explain.
package struct SessionDifference: Sendable {
    /// The rankings of now.
    package let now: GoldenSession
    /// Whether the golden has the session.
    package let isKnown: Bool
    /// The comparison of each model that the golden's state has; empty where the golden lacks the session.
    package let comparisons: [RankingComparison]

    /// Compares rankings with the golden's.
    ///
    /// - Parameters:
    ///   - now: The rankings of now.
    ///   - golden: The golden.
    /// - Complexity: O(*n*²) in the number of places.
    package init(of now: GoldenSession, from golden: GoldenRankings) {
        self.now = now
        guard let known = golden.session(now.id) else {
            isKnown = false
            comparisons = []
            return
        }
        isKnown = true
        let candidates = now.svd.ranking
        comparisons = Model.allCases.compactMap { model in
            guard let expected = known.list(of: model, in: golden.header.state),
                let found = now.list(of: model, in: golden.header.state)
            else { return nil }
            return golden.header.comparison(with: expected)
                .compare(found.ranking, candidates: model == .p5 ? candidates : nil)
        }
    }

    /// Whether the rankings are the golden's within ties and tolerance.
    package var isEqual: Bool { isKnown && comparisons.allSatisfy(\.isEqual) }

    /// How much a person takes on by accepting it.
    package var risk: GoldenRisk {
        guard isKnown else { return .high }
        return comparisons.flatMap(\.differences).map(\.risk).max() ?? .low
    }

    /// What differs, in one line.
    package var summary: String {
        guard isKnown else { return "the golden has no such session" }
        let parts = comparisons.filter { !$0.isEqual }.map { "\($0.model.rawValue): \($0.summary)" }
        return parts.isEmpty ? "equal" : parts.joined(separator: "; ")
    }

    /// The differences, one a line, at most so many of each model.
    package func details(limit: Int = 20) -> [String] {
        comparisons.flatMap { comparison in
            let shown = comparison.differences.prefix(limit).map { "\(comparison.model.rawValue), \($0)" }
            let hidden = comparison.differences.count - shown.count
            return hidden > 0 ? shown + ["\(comparison.model.rawValue), and \(hidden) more"] : shown
        }
    }
}

extension RankingDifference {
    /// How much a person takes on by accepting it.
    package var risk: GoldenRisk {
        switch self {
        case .missing, .extra, .duplicate: .high
        case .outOfOrder, .brokenRank, .unsorted: .medium
        case .wrongScore, .wrongText: .low
        }
    }
}

extension RankingComparison {
    /// What differs, in a few words.
    package var summary: String {
        var (gone, new, moved, scores, texts) = (0, 0, 0, 0, 0)
        for difference in differences {
            switch difference {
            case .missing: gone += 1
            case .extra, .duplicate: new += 1
            case .outOfOrder: moved += 1
            case .wrongScore: scores += 1
            case .wrongText: texts += 1
            case .brokenRank, .unsorted: break
            }
        }
        let counts = [(gone, "gone"), (new, "new"), (moved, "across a margin"), (scores, "scores"), (texts, "texts")]
        let text = counts.filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }.joined(separator: ", ")
        guard !text.isEmpty else { return differences.first.map(\.description) ?? "equal" }
        return text + (firstDifference.map { ", first at rank \($0.rank)" } ?? "")
    }
}

extension GoldenList {
    /// The list as a model's ranking.
    package var ranking: Ranking {
        Ranking(
            model: model,
            places: places.map { RankedMovie(movie: $0.movie, rank: $0.rank, score: $0.score, text: $0.text) }
        )
    }
}
