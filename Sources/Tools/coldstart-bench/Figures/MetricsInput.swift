import Domain
import Foundation

/// Rankings of many sessions by two models that differ a little, and what is relevant to each session.
struct MetricsInput {
    /// How many sessions.
    static let sessions = 10_000
    /// The places of each ranking.
    static let places = 100
    /// How many movies there are.
    static let movies = 11_888
    /// How many of them are relevant to a session.
    private static let relevantMovies = 10

    /// By session: the ranking of the old model.
    private(set) var old: [[Int32]] = []
    /// By session: the ranking of the new model: some neighbours swapped, some movies replaced.
    private(set) var new: [[Int32]] = []
    /// By session: the relevant movies, most of them in the rankings.
    private(set) var relevant: [[Int32]] = []
    /// By session: what each relevant movie is worth, from 1 to 3.
    private(set) var gains: [[Double]] = []

    /// Makes the rankings from a seed.
    init() {
        var generator = SplitMix64(seed: 12)
        for _ in 0..<Self.sessions {
            let drawn = Self.distinct(2 * Self.places, &generator)
            let ranking = Array(drawn.prefix(Self.places))
            var other = ranking
            for _ in 0..<30 {
                let place = Int.random(in: 1..<Self.places, using: &generator)
                other.swapAt(place - 1, place)
            }
            // The movies behind the ranking's end stand in it nowhere.
            for movie in drawn[Self.places...].prefix(5) {
                other[Int.random(in: 0..<Self.places, using: &generator)] = movie
            }
            old.append(ranking)
            new.append(other)
            relevant.append(Array(drawn.shuffled(using: &generator).prefix(Self.relevantMovies)))
            gains.append((0..<Self.relevantMovies).map { _ in Double(Int.random(in: 1...3, using: &generator)) })
        }
    }

    /// Writes the rankings into a folder for `golden/reference/metric_bench.py`.
    ///
    /// - Parameter directory: The folder, made where it is missing.
    /// - Throws: The error of the system.
    func write(to directory: String) throws {
        let folder = URL(fileURLWithPath: directory, isDirectory: true)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        for (name, rows) in [("old.i32", old), ("new.i32", new), ("relevant.i32", relevant)] {
            try rows.flatMap(\.self).withUnsafeBytes { try Data($0).write(to: folder.appendingPathComponent(name)) }
        }
        try gains.flatMap(\.self)
            .withUnsafeBytes { try Data($0).write(to: folder.appendingPathComponent("gains.f64")) }
    }

    private static func distinct(_ count: Int, _ generator: inout SplitMix64) -> [Int32] {
        var seen: Set<Int32> = []
        var drawn: [Int32] = []
        while drawn.count < count {
            let movie = Int32.random(in: 0..<Int32(movies), using: &generator)
            if seen.insert(movie).inserted { drawn.append(movie) }
        }
        return drawn
    }
}
