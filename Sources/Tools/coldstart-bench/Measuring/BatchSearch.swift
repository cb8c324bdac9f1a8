/// Another program with the batch size that suits it best: a first look at each, then rounds in turn with Coldstart.
///
/// Only the two sizes that the first look shows to be best take part in the rounds, of which the better counts.
struct BatchSearch {
    /// The sizes to choose from.
    static let sizes = [4, 8, 16, 50, 100]
    /// The size of the run that warms the other program up.
    private static let warming = 16

    /// How often each of the two sizes runs.
    let rounds: Int

    /// What came out.
    struct Outcome {
        /// All rounds of Coldstart.
        let coldstart: Series
        /// The best size.
        let batch: Int
        /// The rounds with that size.
        let best: PairedRuns
        /// The times of the sizes in words.
        let note: String
    }

    /// Runs both.
    ///
    /// - Parameters:
    ///   - own: A run of Coldstart.
    ///   - other: A run of the other program with a batch size.
    ///   - compare: Looks at what two runs came to.
    /// - Returns: The times, all of them counted but the two runs that warm up.
    /// - Throws: The error of a run.
    func measure<Result>(
        own: () throws -> Result,
        other: (Int) throws -> ReferenceAnswer,
        compare: (Result, ReferenceAnswer) -> Void
    ) throws -> Outcome {
        let warm = try own()
        compare(warm, try other(Self.warming))
        var sweep: [(batch: Int, seconds: Double)] = []
        for batch in Self.sizes {
            var answers = [try other(batch)]
            // A run of milliseconds says little by itself.
            while answers.count < 3, answers[0].seconds < 0.5 { answers.append(try other(batch)) }
            for answer in answers { compare(warm, answer) }
            sweep.append((batch, answers.map(\.seconds).min() ?? 0))
        }
        let chosen = sweep.sorted { $0.seconds < $1.seconds }.prefix(2).map(\.batch)
        var coldstart = Series()
        var runs = chosen.map { (batch: $0, pairs: PairedRuns()) }
        for _ in 0..<rounds {
            for index in runs.indices {
                let run = try timed(own)
                let answer = try other(runs[index].batch)
                compare(run.result, answer)
                coldstart.add(run.timing)
                runs[index].pairs.add(run.timing, answer.timing)
            }
        }
        guard let best = runs.min(by: { $0.pairs.other.seconds < $1.pairs.other.seconds }) else {
            preconditionFailure("no batch sizes")
        }
        let once = sweep.map { "\(Quantity.text($0.seconds, .seconds)) at \($0.batch)" }
        let rest = runs.map { "\(Quantity.text($0.pairs.other.seconds, .seconds)) at \($0.batch)" }
        let notes = [
            "by batch size at first: " + once.joined(separator: ", "),
            "then the best two, \(rounds) \(rounds == 1 ? "round" : "rounds"): " + rest.joined(separator: ", "),
        ]
        return Outcome(
            coldstart: coldstart,
            batch: best.batch,
            best: best.pairs,
            note: notes.joined(separator: "; ")
        )
    }
}
