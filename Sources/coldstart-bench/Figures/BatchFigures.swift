import Domain
import FoldInSVD
import LinearAlgebra

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
                    + "\(Quantity.grouped(1 / limit.secondsAVisitor))/s, is sgemm of the same shapes alone at "
                    + "\(Quantity.digits(limit.operationsASecond / 1e9)) GFLOP/s and the scores read once at "
                    + "\(Quantity.digits(limit.bytesASecond / 1e9)) GB/s"
            )
        ]
    }

    /// Visitors with 13 to 15 ratings, whose films are no candidates.
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

/// The time that nothing which computes all scores can go below: the products alone, and one look at each score.
struct ProductLimit {
    let model: FoldInModel
    let threads: Int
    private var products = Series()
    private var reads = Series()

    private static let stripe = 1024
    private static let blocks = 32

    init(model: FoldInModel, threads: Int) {
        self.model = model
        self.threads = threads
    }

    private var visitors: Int { BatchRanker.visitorsABlock }
    private var films: Int { model.movies.count }

    /// The time of a visitor's share of the products and of the reading, in seconds.
    var secondsAVisitor: Double { (products.seconds + reads.seconds) / Double(Self.blocks * visitors) }

    /// The same in processor time, which a loaded machine disturbs less.
    var cpuAVisitor: Double { (products.cpu + reads.cpu) / Double(Self.blocks * visitors) }

    /// The operations that the product reaches.
    var operationsASecond: Double {
        2 * Double(Self.blocks * visitors * films * model.factorCount) / products.seconds
    }

    /// The bytes a second at which scores that were just written are read.
    var bytesASecond: Double { 4 * Double(Self.blocks * visitors * films) / reads.seconds }

    /// Runs products and reads of the batch's shapes once, spread over threads as the batch is.
    mutating func measure() {
        let factorCount = model.factorCount
        var generator = SplitMix64(seed: 9)
        let weights = generator.values(visitors * factorCount, deviation: 0.3)
        let factors = generator.values(films * factorCount, deviation: 0.3)
        let (visitors, films, blocks, threads) = (visitors, films, Self.blocks, threads)
        let memories = (0..<threads)
            .map { _ in
                UnsafeMutableBufferPointer<Float>.allocate(capacity: visitors * films)
            }
        for memory in memories { memory.initialize(repeating: 0) }
        defer { for memory in memories { memory.deallocate() } }
        // Safe to share: a worker uses the memory of its own number alone.
        nonisolated(unsafe) let scores = memories.map { $0.baseAddress! }
        weights.withUnsafeBufferPointer { weights in
            factors.withUnsafeBufferPointer { factors in
                // Safe to share: both are only read, and the call below returns only when every worker has.
                nonisolated(unsafe) let (weights, factors) = (weights.baseAddress!, factors.baseAddress!)
                let product = timed {
                    WorkerThreads.run(units: blocks, threads: threads) { _, worker in
                        for first in stride(from: 0, to: films, by: Self.stripe) {
                            BLAS.sgemm(
                                transposeB: true,
                                m: visitors,
                                n: min(Self.stripe, films - first),
                                k: factorCount,
                                a: weights,
                                lda: factorCount,
                                b: factors + first * factorCount,
                                ldb: factorCount,
                                c: scores[worker] + first,
                                ldc: films
                            )
                        }
                    }
                }
                products.add(product.timing)
            }
        }
        let read = timed {
            WorkerThreads.run(units: blocks, threads: threads) { _, worker in
                keep(sum(of: scores[worker], count: visitors * films))
            }
        }
        reads.add(read.timing)
    }
}

/// Adds values up, as fast as memory gives them.
private func sum(of values: UnsafePointer<Float>, count: Int) -> Float {
    var sums = SIMD16<Float>()
    for index in stride(from: 0, to: count - count % 16, by: 16) {
        sums += UnsafeRawPointer(values + index).loadUnaligned(as: SIMD16<Float>.self)
    }
    return sums.sum()
}

/// Takes a result, so that the compiler cannot leave its computation out.
@inline(never)
func keep<Value>(_ value: Value) {
    withExtendedLifetime(value) {}
}
