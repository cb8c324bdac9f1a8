package import Domain

/// What one golden allows beyond ties, column by column and rank by rank, as `golden calibrate` learned it.
///
/// It never allows less than the standard does: that is what two right programs need.
package struct GoldenTolerance: Hashable, Sendable, Codable {
    /// How many places movies of some ranks may stand from their own, also across a margin.
    package struct Band: Hashable, Sendable, Codable {
        /// The model.
        package let model: Model
        /// The first rank of the band, from 1.
        package let first: Int
        /// The last rank of the band.
        package let last: Int
        /// The places.
        package let places: Int

        /// Creates a band.
        package init(model: Model, first: Int, last: Int, places: Int) {
            self.model = model
            self.first = first
            self.last = last
            self.places = places
        }
    }

    /// How it was learned.
    package struct Origin: Hashable, Sendable, Codable {
        /// Who had it learned.
        package let who: String
        /// When, in ISO 8601 and UTC.
        package let when: String
        /// From how many runs.
        package let runs: Int
        /// In what the runs differed.
        package let over: String

        /// Creates a record.
        package init(who: String, when: String, runs: Int, over: String) {
            self.who = who
            self.when = when
            self.runs = runs
            self.over = over
        }
    }

    /// The largest difference of an SVD score, as a share of it.
    package let svdScore: Double
    /// The largest difference of P5's score: a share of the number in its text, or points of an expected rating.
    package let p5Score: Double
    /// The bands in which movies may move; no two of one model overlap.
    package let bands: [Band]
    /// How it was learned.
    package let origin: Origin

    enum CodingKeys: String, CodingKey {
        case svdScore = "svd_score"
        case p5Score = "p5_score"
        case bands = "ranks"
        case origin = "learned"
    }

    /// Creates a tolerance.
    package init(svdScore: Double, p5Score: Double, bands: [Band], origin: Origin) {
        self.svdScore = svdScore
        self.p5Score = p5Score
        self.bands = bands
        self.origin = origin
    }

    /// Returns how many places a movie may stand from its rank.
    package func places(_ model: Model, rank: Int) -> Int {
        bands.first { $0.model == model && ($0.first...max($0.first, $0.last)).contains(rank) }?.places ?? 0
    }

    /// Returns the tolerance of a model's scores: the standard one, widened where the golden says so.
    package func scores(_ model: Model, scoring: P5Settings.Scoring) -> ScoreTolerance {
        let standard = ScoreTolerance.standard
        let column = model == .svd ? svdScore : p5Score
        let isExpected = model == .p5 && scoring == .expected
        return ScoreTolerance(
            relative: isExpected ? standard.relative : max(standard.relative, column),
            floor: standard.floor,
            logitGap: standard.logitGap,
            rating: isExpected ? max(standard.rating, column) : standard.rating
        )
    }

    /// What is wrong with it, `nil` where it can be used.
    var fault: String? {
        for (name, value) in [("svd_score", svdScore), ("p5_score", p5Score)] where !(0..<1).contains(value) {
            return "tolerance.\(name) is \(value), expected a number from 0 to less than 1"
        }
        for (index, band) in bands.enumerated() {
            guard band.first >= 1, band.last >= band.first, band.places >= 0 else {
                return "tolerance.ranks[\(index)] is no band of ranks with a number of places"
            }
            let overlaps = bands[..<index]
                .contains {
                    $0.model == band.model && $0.first <= band.last && band.first <= $0.last
                }
            if overlaps { return "tolerance.ranks[\(index)] overlaps another band of \(band.model.rawValue)" }
        }
        return nil
    }
}

extension GoldenHeader {
    /// Returns the comparison with one of the golden's lists, under the golden's tolerance.
    package func comparison(with list: GoldenList) -> TieComparison {
        TieComparison(with: list, stated: tolerance)
    }
}
