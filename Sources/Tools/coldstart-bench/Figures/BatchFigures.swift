import Domain
import FoldInSVD

/// A million visitors folded in and ranked as one batch, beside what this machine can do at most.
struct BatchFigures {
    private static let wanted = 1_000_000
    /// Different visitors, who come again until there are enough.
    private static let different = 20_000

    /// The model of the production service's size.
    let model: FoldInModel
    /// The threads that it may use.
    let threads: Int

    /// Measures the batch and its limit in turn.
    func measure() -> [Figure] {
        let candidates = CandidateSet(model.movies, of: model)
        let ranker = BatchRanker(candidates: candidates, threads: threads)
        let visitors = Self.visitors(Self.different, of: model)
        _ = ranker.rank(Array(visitors.prefix(2_000)))
        var limit = ProductLimit(model: model, threads: threads)
        var series = Series()
        var spent = 0.0
        // A slow machine measures fewer visitors.
        while series.count < Self.wanted / Self.different, spent < 45 {
            let timing = timed { ranker.rank(visitors) }.timing
            series.add(timing)
            spent += timing.seconds
            // What else runs here slows both alike.
            if series.count % 8 == 1 { limit.measure() }
        }
        let measured = Double(series.count * Self.different)
        let rate = measured / spent
        let work = series.timings.reduce(0) { $0 + $1.cpu } / measured
        return [
            Figure(
                name: "SVD batch, top 100 of \(Quantity.grouped(Double(model.movies.count)))",
                unit: .perSecond,
                coldstart: rate,
                aim: nil,
                note: "\(Quantity.grouped(measured)) sessions in \(Quantity.text(spent, .seconds)), "
                    + "\(threads) threads; \(Quantity.text(limit.cpuAVisitor / work, .share)) of the limit by processor time, "
                    + "\(Quantity.text(rate * limit.secondsAVisitor, .share)) by the clock; the limit, "
                    + "\(Quantity.grouped(1 / limit.secondsAVisitor))/s, is sgemm alone at "
                    + "\(Quantity.digits(limit.operationsASecond / 1e9)) GFLOP/s, by blocks of \(limit.bestBlock) visitors, and "
                    + "the scores read once at \(Quantity.digits(limit.bytesASecond / 1e9)) GB/s; the batch's own product "
                    + "alone: \(Quantity.digits(limit.ownOperationsASecond / 1e9)) GFLOP/s"
            )
        ]
    }

    /// Visitors with 13 to 15 ratings, whose movies are no candidates.
    static func visitors(_ count: Int, of model: FoldInModel) -> [BatchRanker.Visitor] {
        var generator = SplitMix64(seed: 5)
        return (0..<count)
            .map { visitor in
                let ratings = (0..<13 + visitor % 3)
                    .map { index in
                        Rating(
                            movie: model.movies[Int(generator.next() % UInt64(model.movies.count))],
                            value: Double(generator.next() % 11),
                            createdAt: Timestamp(microseconds: Int64(index))
                        )
                    }
                return BatchRanker.Visitor(ratings: ratings, excluded: ratings.map(\.movie))
            }
    }
}

/// Takes a result, so that the compiler cannot leave its computation out.
@inline(never)
func keep<Value>(_ value: Value) {
    withExtendedLifetime(value) {}
}
