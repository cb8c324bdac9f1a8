package import Domain
import RankingMetrics

/// One list of one session: movies as numbers, best first, with their scores beside them.
package struct RankedList: Hashable, Sendable {
    /// The movies, each once.
    package private(set) var movies: [Int32] = []
    /// Their scores, falling; of the display list the places counted from its end.
    package private(set) var scores: [Double] = []
    /// Whether the scores are a model's; otherwise they are places counted from the end.
    package var hasScores = true
    /// How many movies came a second time and were left out.
    package private(set) var repeats = 0

    /// Creates an empty list.
    package init() {}

    /// Creates a list from movies in their order.
    package init(_ places: some Collection<(movie: MovieID, score: Double)>, in table: inout MovieTable) {
        reserve(places.count)
        for place in places { append(table.number(of: place.movie), score: place.score) }
        removeRepeats()
    }

    /// Creates a list from numbers, all different.
    package init(movies: [Int32], scores: [Double]) {
        precondition(movies.count == scores.count, "\(movies.count) movies, \(scores.count) scores")
        self.movies = movies
        self.scores = scores
    }

    /// Creates the display list.
    package init(_ display: DisplayList, in table: inout MovieTable) {
        let count = display.entries.count
        self.init(
            display.entries.map { (movie: $0.movie, score: Double(count + 1 - $0.order)) },
            in: &table
        )
    }

    /// How many movies it has.
    package var count: Int { movies.count }

    private mutating func reserve(_ count: Int) {
        movies.reserveCapacity(count)
        scores.reserveCapacity(count)
    }

    private mutating func append(_ movie: Int32, score: Double) {
        movies.append(movie)
        scores.append(score)
    }

    private mutating func removeRepeats() {
        var seen: Set<Int32> = []
        guard movies.contains(where: { !seen.insert($0).inserted }) else { return }
        seen.removeAll()
        let kept = movies.indices.filter { seen.insert(movies[$0]).inserted }
        repeats = movies.count - kept.count
        scores = kept.map { scores[$0] }
        movies = kept.map { movies[$0] }
    }
}
