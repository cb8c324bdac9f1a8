#if canImport(Glibc)
import Glibc
#else
import Foundation
#endif

/// What is relevant to one session.
struct Relevance {
    /// By movie: its place among the gains, from 1; 0 throughout where it has none.
    private var slots: [UInt32]
    private var movies: [Int32] = []
    /// The gains above 0, in the order in which they were named.
    private(set) var gains: [Double] = []
    /// The same, the largest first.
    private var ordered: [Double] = []
    /// By number of places: the discounted gain of the best ranking.
    private var ideal: [Double] = [0]

    /// Creates room for movies below a number.
    init(movies: Int) {
        precondition(movies >= 0 && movies < Int32.max, "a workspace for \(movies) movies")
        slots = Array(repeating: 0, count: movies)
    }

    /// How many movies have a gain.
    var count: Int { gains.count }

    /// Returns how many movies have at least a gain.
    func count(from level: Double) -> Int {
        var count = 0
        for gain in gains where gain >= level { count += 1 }
        return count
    }

    /// Replaces what is relevant.
    mutating func load(_ relevant: Span<Int32>, _ worth: Span<Double>) {
        precondition(relevant.count == worth.count, "\(worth.count) gains of \(relevant.count) movies")
        for movie in movies { slots[Int(movie)] = 0 }
        movies.removeAll(keepingCapacity: true)
        gains.removeAll(keepingCapacity: true)
        for place in 0..<relevant.count {
            let (movie, gain) = (relevant[place], worth[place])
            precondition(gain.isFinite, "movie \(movie) has the gain \(gain)")
            precondition(slots[Int(movie)] == 0, "movie \(movie) is named twice as relevant")
            guard gain > 0 else { continue }
            movies.append(movie)
            gains.append(gain)
            slots[Int(movie)] = UInt32(gains.count)
        }
        ordered.removeAll(keepingCapacity: true)
        ordered.append(contentsOf: gains)
        ordered.sort(by: >)
        ideal.removeAll(keepingCapacity: true)
        var sum = 0.0
        ideal.append(0)
        for (place, gain) in ordered.enumerated() {
            sum += gain / log2(Double(place + 2))
            ideal.append(sum)
        }
    }

    /// Returns the discounted gain of the best ranking at a depth.
    func idealGain(_ depth: Int) -> Double {
        ideal[min(depth, gains.count)]
    }

    /// Returns the place of a movie among the gains, from 1; 0 where it has none.
    func slot(of movie: Int32) -> UInt32 { slots[Int(movie)] }
}
