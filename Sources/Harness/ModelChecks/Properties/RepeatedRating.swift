import Domain
import Goldens

extension ModelCheck {
    /// A rating that is repeated counts again: the fold-in is a sum over ratings, and two rows of a movie are two.
    ///
    /// With h = V_mᵀ A⁻¹ V_m, where A is the fold-in's matrix without the ratings of the movie m, n equal ratings of m
    /// move its score by n·h / (1 + n·h) of the way to the rating (Sherman and Morrison, 1950): the second moves it on
    /// in the direction of the first. And as the sum alone counts, two ratings rank as two of their mean do.
    static let repeatedRating = ModelCheck(
        "repeated-rating",
        "A repeated rating counts once more in SVD, as the service's sum over ratings says, and changes nothing else.",
        models: .svd
    ) { session, subject in
        let conditions = RankingConditions(.svd)
        guard let rated = session.pairs.first(where: { subject.knows($0.movie) }) else {
            return .passedOver("none of the rated movies is known to the SVD model")
        }
        let others = session.pairs.filter { $0.movie != rated.movie }.prefix(46)
        func ranking(_ values: [Double], among catalogue: [MovieID]? = nil, hidesShown: Bool = true) throws
            -> SubjectRanking
        {
            let pairs = values.map { (movie: rated.movie, value: $0) } + others
            let varied = session.with(newestFirst: pairs)
            let open = RecordedSession(id: varied.id, phase: varied.phase, ratings: varied.ratings, phase1Movies: [])
            return try subject.rank(hidesShown ? varied : open, among: catalogue, conditions)
        }
        func score(_ values: [Double]) throws -> Double {
            let own = try ranking(values, among: [rated.movie], hidesShown: false)
            return own.svd.places.first?.score ?? 0
        }
        let scores = try [[], [rated.value], [rated.value, rated.value]].map(score)
        let (first, second) = (scores[1] - scores[0], scores[2] - scores[1])
        let largest = scores.map(abs).max() ?? 0
        let noise = 2 * ScoreTolerance.standard.allowance(of: largest, largest: largest)
        var comparisons = 1
        if abs(first) > noise {
            comparisons += 1
            guard second * first > 0 else {
                return .fails(
                    "movie \(rated.movie) rated \(rated.value): the first rating moved its score by \(first), the same "
                        + "rating once more by \(second); expected further in the same direction"
                )
            }
        }
        let other = 10 - rated.value
        let mean = try ranking([5, 5])
        let apart = try ranking([rated.value, other])
        if let obstacle = Look.obstacle(in: mean, .svd) { return obstacle }
        let twice = session.with(newestFirst: [(rated.movie, 5), (rated.movie, 5)] + others)
        switch try subject.compare(mean.svd, of: twice, with: apart.svd) {
        case .same(let ties):
            let sound = SoundRanking(session: session, catalogue: subject.catalogue, subject: subject)
            if let fault = sound.fault(ofSVD: apart.svd) { return .fails("movie \(rated.movie) rated twice: \(fault)") }
            return .holds(comparisons: comparisons + 1, swappedInTies: ties)
        case .different(let difference):
            return .fails("movie \(rated.movie) rated \(rated.value) and \(other), not 5 and 5: \(difference)")
        }
    }
}
