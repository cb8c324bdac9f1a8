import Domain
import Goldens
import ModelFiles

/// What all figures need: the files, the other side, and how often to measure.
struct Bench {
    /// The demo bundle.
    let bundle: BundlePaths
    /// The folder in which models are made on the spot and found again.
    let models: String
    /// The recorded sessions.
    let sessions: String
    /// The catalogue.
    let catalogue: String
    /// The tables of the database.
    let schema: String
    /// The threads that either side may use.
    let threads: Int
    /// How often each piece of work runs.
    let rounds: Int
    /// The other side, where it is there.
    let reference: PythonReference?

    /// Runs both sides in turn: each once uncounted, then once a round.
    ///
    /// - Parameters:
    ///   - work: Coldstart's side.
    ///   - referenceWork: The reference's side, timed by itself.
    /// - Returns: The timings of either side.
    /// - Throws: Whatever the work throws, and ``BenchError`` where the reference gives up.
    func alternate<Result>(
        _ work: () throws -> Result,
        against referenceWork: ReferenceWork
    ) throws -> (coldstart: Series, reference: Series?) {
        var coldstart = Series()
        var other = Series()
        for round in 0...rounds {
            let timing = try timed(work).timing
            let answer = try reference?.call(referenceWork, as: ReferenceAnswer.self)
            guard round > 0 else { continue }
            coldstart.add(timing)
            if let answer { other.add(answer.timing) }
        }
        return (coldstart, reference == nil ? nil : other)
    }
}

/// Says how far a ranking is from the reference's beyond the goldens' tolerance for ties, `nil` where it is not.
func disagreement(_ coldstart: Ranking, _ reference: [String]?) -> String? {
    guard let reference else { return nil }
    guard coldstart.places.count == reference.count else {
        return "\(coldstart.places.count) places, the reference has \(reference.count)"
    }
    let scores = Dictionary(coldstart.places.map { ($0.movie.text, $0.score) }) { first, _ in first }
    // A movie that is not ranked here stands behind the last.
    let last = coldstart.places.last?.score ?? 0
    let largest = coldstart.places.map { abs($0.score) }.max() ?? 0
    let differing = zip(coldstart.places, reference)
        .count { place, movie in
            place.movie.text != movie
                && !ScoreTolerance.standard.isTie(place.score, scores[movie] ?? last, largest: largest)
        }
    return differing == 0 ? nil : "\(differing) of \(reference.count) places differ from the reference's"
}
