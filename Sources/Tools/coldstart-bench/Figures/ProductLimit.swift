import CKernels
import Domain
import FoldInSVD
import LinearAlgebra

/// The time that nothing which computes all scores can go below: the products alone, and one look at each score.
struct ProductLimit {
    let model: FoldInModel
    let threads: Int
    /// The products by sgemm, for each number of visitors in a block.
    private var products = [Series](repeating: Series(), count: Self.blocks.count)
    private var ownProducts = Series()
    private var reads = Series()

    /// The numbers of visitors whose scores are one product: the fastest is the limit.
    private static let blocks = [48, 96, 192, 384]
    private static let visitors = 3_072
    private static let stripe = 1_024

    init(model: FoldInModel, threads: Int) {
        self.model = model
        self.threads = threads
    }

    private var movies: Int { model.movies.count }
    private var best: Int { products.indices.min { products[$0].seconds < products[$1].seconds } ?? 0 }

    /// The number of visitors with which sgemm is fastest.
    var bestBlock: Int { Self.blocks[best] }

    /// The time of a visitor's share of the products and of the reading, in seconds.
    var secondsAVisitor: Double { (products[best].seconds + reads.seconds) / Double(Self.visitors) }

    /// The same in processor time, which a loaded machine disturbs less.
    var cpuAVisitor: Double { (products[best].cpu + reads.cpu) / Double(Self.visitors) }

    /// The operations that sgemm reaches.
    var operationsASecond: Double { operations / products[best].seconds }

    /// The operations that the batch's own product reaches.
    var ownOperationsASecond: Double { operations / ownProducts.seconds }

    /// The bytes a second at which scores that were just written are read.
    var bytesASecond: Double { 4 * Double(Self.visitors * movies) / reads.seconds }

    private var operations: Double { 2 * Double(Self.visitors * movies * model.factorCount) }

    /// Runs products and reads of the batch's shapes once, spread over threads as the batch is.
    mutating func measure() {
        let (movies, factorCount, threads) = (movies, model.factorCount, threads)
        let panels = (movies + 15) / 16
        let stride = panels * 16
        var generator = SplitMix64(seed: 9)
        let largest = Self.blocks.max() ?? 0
        let weights = AlignedFloats(generator.values(largest * factorCount, deviation: 0.3))
        let factors = AlignedFloats(generator.values(stride * factorCount, deviation: 0.3))
        let scores = (0..<threads).map { _ in AlignedFloats([Float](repeating: 0, count: largest * stride)) }
        for (index, block) in Self.blocks.enumerated() {
            let product = timed {
                WorkerThreads.run(units: Self.visitors / block, threads: threads) { _, worker in
                    for first in Swift.stride(from: 0, to: movies, by: Self.stripe) {
                        BLAS.sgemm(
                            transposeB: true,
                            m: block,
                            n: min(Self.stripe, movies - first),
                            k: factorCount,
                            a: weights.values,
                            lda: factorCount,
                            b: factors.values + first * factorCount,
                            ldb: factorCount,
                            c: scores[worker].values + first,
                            ldc: stride
                        )
                    }
                }
            }
            products[index].add(product.timing)
        }
        let block = BatchRanker.visitorsABlock
        let own = timed {
            WorkerThreads.run(units: Self.visitors / block, threads: threads) { _, worker in
                coldstart_ranking_kernels_in_use().pointee
                    .score(
                        weights.values,
                        block / Int(COLDSTART_TILE_VISITORS),
                        factors.values,
                        panels,
                        factorCount,
                        nil,
                        scores[worker].values,
                        stride
                    )
            }
        }
        ownProducts.add(own.timing)
        let read = timed {
            WorkerThreads.run(units: Self.visitors / largest, threads: threads) { _, worker in
                keep(sum(of: scores[worker].values, count: largest * movies))
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

/// Floats from a multiple of 64 bytes on.
// Safe to share: whoever writes is one worker with memory of its own; the others only read.
private final class AlignedFloats: @unchecked Sendable {
    let values: UnsafeMutablePointer<Float>

    init(_ floats: [Float]) {
        values = .allocateCacheAligned(capacity: floats.count)
        values.initialize(from: floats, count: floats.count)
    }

    deinit { values.deallocate() }
}
