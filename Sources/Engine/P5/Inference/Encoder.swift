import LinearAlgebra

/// Runs packed prompts through the encoder.
///
/// Every prompt's result is the same bits whatever prompts share its batch and however many threads work: rows are
/// summed in an order that depends on widths alone, and attention sees one prompt at a time.
struct Encoder {
    /// The rows that are worth being held at a time where products are computed in 8 bits.
    static let int8Rows = 384

    let configuration: T5Configuration
    let weights: T5Weights
    let kernels: Kernels

    /// How products are computed.
    var precision: Precision { weights.hasInt8 ? .int8 : .float32 }

    /// Computes the encoder's output for all prompts.
    ///
    /// - Parameters:
    ///   - prompts: The prompts.
    ///   - batch: The most prompts that one thread holds in working memory at a time.
    ///   - threads: The most threads that work at once.
    /// - Returns: The output, rows × model width, packed as the prompts are.
    /// - Complexity: O(rows · layers · width · (width + longest prompt)).
    func callAsFunction(_ prompts: PackedPrompts, batch: Int, threads: Int) -> FloatBuffer {
        let width = configuration.modelWidth
        let states = FloatBuffer(count: prompts.rowCount * width)
        let first = FirstLayer(encoder: self, prompts: prompts, threads: threads)
        let positions = RelativePositionBias(
            table: weights.encoderPositions,
            direction: .bidirectional,
            length: prompts.longest,
            maximumDistance: configuration.maximumDistance
        )
        let units = Self.units(prompts: prompts.count, batch: min(batch, mostPrompts(of: prompts)), threads: threads)
        let mostRows = units.map { prompts.offsets[$0.upperBound] - prompts.offsets[$0.lowerBound] }.max() ?? 0
        // Threads that no unit is left for help with those there are.
        let team = Team.each(of: threads, among: units.count)
        let memories = (0..<min(threads, units.count))
            .map { _ in
                EncoderWorkspace(
                    configuration: configuration,
                    rows: mostRows,
                    longest: prompts.longest,
                    threads: team.threads,
                    precision: precision
                )
            }
        WorkerThreads.run(units: units.count, threads: threads) { unit, worker in
            let pass = EncoderPass(
                encoder: self,
                prompts: prompts,
                range: units[unit],
                states: states,
                positions: positions,
                workspace: memories[worker],
                team: team
            )
            pass.run(first: first)
        }
        return states
    }

    /// The prompts that are worth being held at a time: packed weights in 8 bits need no packing that many rows would share,
    /// and few rows stay near the processor.
    private func mostPrompts(of prompts: PackedPrompts) -> Int {
        precision == .float32 ? prompts.count : max(1, Self.int8Rows * prompts.count / max(1, prompts.rowCount))
    }

    /// Splits prompts evenly into units of at most `batch`, their number a multiple of the threads where possible.
    static func units(prompts: Int, batch: Int, threads: Int) -> [Range<Int>] {
        let fewest = (prompts + batch - 1) / batch
        let count = min(prompts, (fewest + threads - 1) / threads * threads)
        return (0..<count).map { prompts * $0 / count..<prompts * ($0 + 1) / count }
    }
}

/// The working memory of one batch of prompts.
struct EncoderWorkspace {
    let normed: FloatBuffer
    let q: FloatBuffer
    let k: FloatBuffer
    let v: FloatBuffer
    let inner: FloatBuffer
    let gated: FloatBuffer
    /// The scratch memory of each thread's attention.
    let attention: [FloatBuffer]
    let product: ProductWorkspace

    init(configuration: T5Configuration, rows: Int, longest: Int, threads: Int, precision: Precision) {
        let isGated = configuration.feedForward == .gatedGELU
        let tile = min(rows, EncoderPass.feedForwardRows)
        self.normed = FloatBuffer(count: rows * configuration.modelWidth)
        self.q = FloatBuffer(count: rows * configuration.attentionWidth)
        self.k = FloatBuffer(count: rows * configuration.attentionWidth)
        self.v = FloatBuffer(count: rows * configuration.attentionWidth)
        self.inner = FloatBuffer(count: tile * configuration.feedForwardWidth)
        self.gated = FloatBuffer(count: isGated ? tile * configuration.feedForwardWidth : 0)
        let attention = Kernels.selfAttentionScratch(length: longest, headWidth: configuration.headWidth)
        self.attention = (0..<threads).map { _ in FloatBuffer(count: attention) }
        self.product = ProductWorkspace(
            configuration: configuration,
            rows: rows,
            threads: threads,
            precision: precision
        )
    }
}
