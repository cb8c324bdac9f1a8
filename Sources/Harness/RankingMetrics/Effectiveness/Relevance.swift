/// What is relevant to one session.
struct Relevance: ~Copyable {
    /// By movie: its place among the gains, from 1; 0 throughout where it has none.
    private(set) var slots: [UInt32]
    /// By 64 movies: a bit for each that has a gain, so that a ranking's other movies are passed over within little memory.
    private(set) var marks: [UInt64]
    private var movies: [Int32] = []
    /// The gains above 0, in the order in which they were named.
    private(set) var gains: [Double] = []
    /// By number of places: the discounted gain of the best ranking.
    private var ideal: [Double] = [0]
    private var discounts = Discounts()

    /// Creates room for movies below a number.
    init(movies: Int) {
        precondition(movies >= 0 && movies < Int32.max, "a workspace for \(movies) movies")
        slots = Array(repeating: 0, count: movies)
        marks = Array(repeating: 0, count: movies / 64 + 1)
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
        for movie in movies {
            slots[Int(movie)] = 0
            marks[Int(movie) >> 6] = 0
        }
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
            marks[Int(movie) >> 6] |= 1 << UInt64(movie & 63)
        }
        discounts.extend(to: gains.count)
        ideal.removeAll(keepingCapacity: true)
        ideal.append(0)
        ideal.append(contentsOf: gains)
        ideal[1...].sort(by: >)
        for rank in 1..<ideal.count { ideal[rank] = ideal[rank - 1] + ideal[rank] / discounts[rank] }
    }

    /// Returns the discounted gain of the best ranking at a depth.
    func idealGain(_ depth: Int) -> Double {
        ideal[min(depth, gains.count)]
    }
}
