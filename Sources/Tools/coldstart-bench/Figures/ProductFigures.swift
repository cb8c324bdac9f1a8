import CKernels
import Domain
import LinearAlgebra

/// How much of P5's time its matrix products take, and how fast these are beside OpenBLAS' `sgemm`.
struct ProductFigures {
    let bench: Bench
    /// A folder for what perf writes.
    let folder: String

    /// The shapes of t5-small's encoder: rows of one thread's prompts, outputs, depth.
    private static let shapes = [(2_720, 512, 512), (2_720, 2_048, 512), (2_720, 512, 2_048)]

    /// Measures the shares where perf is there, and the products.
    func measure() throws -> [Figure] {
        try shares() + Self.shapes.flatMap(products)
    }

    private func shares() throws -> [Figure] {
        let file = folder + "/perf.data"
        let name = "P5 over 100, t5-small, share in matrix products"
        let samples: String
        do {
            try WatchedRun()
                .run(
                    .p5Profile,
                    under: ["perf", "record", "--quiet", "-F", "499", "-o", file, "--"],
                    threads: bench.threads
                )
            samples = try WatchedRun.output(
                of: ["perf", "report", "-i", file, "--stdio", "--no-children", "-g", "none", "-F", "overhead,symbol"]
            )
        } catch {
            progress("without perf the share of matrix products is not known: \(error)")
            return []
        }
        let kernels = ["matrix_product", "linear_rows", "product_rows", "tile_of", "self_attention", "cross_attention"]
        var shares = [Double](repeating: 0, count: kernels.count)
        for line in samples.split(separator: "\n") {
            let words = line.split(separator: " ")
            guard let first = words.first, first.hasSuffix("%"), let share = Double(first.dropLast()) else { continue }
            guard let kernel = kernels.firstIndex(where: { line.contains(" " + $0) }) else { continue }
            shares[kernel] += share / 100
        }
        let parts = zip(kernels, shares)
            .map { "\($0.replacing("_", with: " ")) \(Quantity.text($1, .share))" }
        return [
            Figure(
                name: name,
                unit: .share,
                // Many rows at once, and the decoder's few; tiles of attention's products are left out.
                coldstart: shares[0...2].reduce(0, +),
                aim: .productShare,
                note: "of all samples of perf; " + parts.joined(separator: ", ")
            )
        ]
    }

    private func products(rows: Int, outputs: Int, depth: Int) -> [Figure] {
        var generator = SplitMix64(seed: 3)
        let x = generator.values(rows * depth, deviation: 1)
        let w = generator.values(outputs * depth, deviation: 0.1)
        let threads = bench.threads
        let scratch = Int(coldstart_matrix_product_scratch(outputs))
        let memories = (0..<threads)
            .map { _ in
                UnsafeMutableRawPointer.allocate(byteCount: 4 * (rows * outputs + scratch), alignment: 64)
                    .bindMemory(to: Float.self, capacity: rows * outputs + scratch)
            }
        defer { for memory in memories { memory.deallocate() } }
        var (own, theirs) = (Series(), Series())
        // Safe to share: a worker uses the memory of its own number alone, and the factors are only read.
        nonisolated(unsafe) let results = memories
        x.withUnsafeBufferPointer { x in
            w.withUnsafeBufferPointer { w in
                // Safe to share: both are only read, and each call below returns only when every worker has.
                nonisolated(unsafe) let (x, w) = (x.baseAddress!, w.baseAddress!)
                // Safe to share: a table of functions without state, which nobody writes to.
                nonisolated(unsafe) let kernels = coldstart_kernels_in_use().pointee
                if BLAS.threads != 1 { BLAS.setThreads(1) }
                // The first round warms both sides up and does not count.
                for round in 0...max(3, bench.rounds) {
                    let ownRun = timed {
                        WorkerThreads.run(units: 2 * threads, threads: threads) { _, worker in
                            var call = coldstart_matrix_product(
                                rows: rows,
                                depth: depth,
                                x: x,
                                ldx: depth,
                                outputs: outputs,
                                w: w,
                                ldw: depth,
                                x_by_depth: 0,
                                w_by_depth: 0,
                                y: results[worker] + scratch,
                                ldy: outputs,
                                accumulate: 0,
                                scratch: results[worker]
                            )
                            kernels.matrix_product(&call)
                        }
                    }
                    let theirRun = timed {
                        WorkerThreads.run(units: 2 * threads, threads: threads) { _, worker in
                            BLAS.sgemm(
                                transposeB: true,
                                m: rows,
                                n: outputs,
                                k: depth,
                                a: x,
                                lda: depth,
                                b: w,
                                ldb: depth,
                                c: results[worker] + scratch,
                                ldc: outputs
                            )
                        }
                    }
                    guard round > 0 else { continue }
                    own.add(ownRun.timing)
                    theirs.add(theirRun.timing)
                }
            }
        }
        let operations = 2 * Double(rows * outputs * depth * 2 * threads)
        let shape = "\(rows) × \(depth) · \(depth) × \(outputs)"
        return [
            Figure(
                name: "P5's product, \(shape)",
                unit: .operationsPerSecond,
                coldstart: operations / own.seconds,
                note: "\(Quantity.times(theirs.seconds / own.seconds)) OpenBLAS' sgemm, "
                    + "\(Quantity.times(theirs.cpu / own.cpu)) by processor time; \(threads) threads, one product each"
            ),
            Figure(
                name: "OpenBLAS' sgemm, \(shape)",
                unit: .operationsPerSecond,
                coldstart: operations / theirs.seconds
            ),
        ]
    }
}
