import Domain
import ModelFiles
import P5

/// P5 over 100 candidates, of the demo bundle and of a random t5-small.
struct SecondStageFigures {
    let bench: Bench
    /// The random t5-small, laid out as a bundle.
    let large: BundlePaths

    /// Measures both models and the memory of the larger.
    func measure() throws -> [Figure] {
        let demo = try figure("P5 over 100, demo bundle", bench.bundle, .recorded(bench), rounds: bench.rounds)
        let input = try SecondStageInput.recorded(bench, tokensAPrompt: 170)
        let comparison = try figure("P5 over 100, t5-small", large, input, rounds: largeRounds)
        return [demo.figure, comparison.figure] + (try RuntimeFigures(stage: self).measure())
            + (try Int8Figures(stage: self).measure())
            + (try memory()) + [try SoftPromptFigure(stage: self, referenceBatch: comparison.batch).measure()]
    }

    /// The rounds of the larger model: one takes long enough for few to do.
    var largeRounds: Int { max(1, min(3, bench.rounds)) }

    /// Runs P5 once over the input of the larger model, for a process of its own whose memory is looked at.
    func runOnce(movies: Int = 100) throws {
        let input = try SecondStageInput.recorded(bench, tokensAPrompt: 170)
        let reranker = try reranker(of: large)
        _ = try reranker.rerank(Array(input.movies.prefix(movies)), session: input.session, history: input.history)
    }

    /// Opens P5 of a bundle.
    ///
    /// - Parameters:
    ///   - bundle: The bundle.
    ///   - settings: The settings, those of the deployed service with the bench's threads where nothing is said.
    /// - Returns: What reranks.
    /// - Throws: The error of a file.
    func reranker(of bundle: BundlePaths, settings: P5Settings? = nil) throws -> P5Reranker {
        try P5Reranker(
            model: T5Model(backboneDirectory: bundle.backbone, checkpoint: bundle.checkpoint),
            tokenizer: Tokenizer(modelPath: bundle.sentencePieceModel),
            dataMaps: DataMaps(path: bundle.dataMaps),
            settings: settings ?? P5Settings(threads: bench.threads)
        )
    }

    /// Measures P5 beside PyTorch, and returns the batch size that suits PyTorch best.
    private func figure(
        _ name: String,
        _ bundle: BundlePaths,
        _ input: SecondStageInput,
        rounds: Int
    ) throws -> (figure: Figure, batch: Int?) {
        let reranker = try reranker(of: bundle)
        func own() throws -> P5Reranker.Result {
            try reranker.rerank(input.movies, session: input.session, history: input.history)
        }
        guard let reference = bench.reference else {
            let coldstart = try Series(rounds: rounds, own)
            return (Figure(name, coldstart: coldstart, aim: .secondStage, note: input.length), nil)
        }
        var work = ReferenceWork("p5", path: bundle.directory)
        work.prompts = input.prompts
        let comparison = try ProgramComparison("PyTorch", work: work, reference: reference, input: input)
            .measure(rounds: rounds, own: own)
        var figure = comparison.figure(name, aim: .secondStage)
        figure.note = [input.length, figure.note].compactMap(\.self).joined(separator: "; ")
        return (figure, comparison.batch)
    }

    /// The peak memory of a fresh process that opens the larger model and runs P5 once.
    private func memory() throws -> [Figure] {
        let weights = try WeightsReader.read(large.backboneWeights).tensors
            .reduce(0) { $0 + $1.elementCount * MemoryLayout<Float>.stride }
        let first = try peakMemory(movies: 1)
        let all = try peakMemory(movies: 100)
        let reference = try bench.reference?.call(ReferenceWork("memory"), as: ReferenceMemory.self)
        let share = { (bytes: Double) in "\(Quantity.times(bytes / Double(weights))) the weights that are used" }
        return [
            Figure(
                name: "t5-small, opened and one movie ranked, peak memory",
                unit: .bytes,
                coldstart: first,
                aim: .openedMemory(weights: weights),
                note: share(first)
            ),
            Figure(
                name: "P5 over 100, t5-small, peak memory",
                unit: .bytes,
                coldstart: all,
                reference: reference.map { Double($0.bytes) },
                aim: .secondStageMemory,
                note: ([share(all)] + (reference == nil ? [] : ["the reference's is that of its whole run so far"]))
                    .joined(separator: "; ")
            ),
        ]
    }

    private func peakMemory(movies: Int) throws -> Double {
        let text = try WatchedRun.output(of: CommandLine.arguments + ["--only-memory", String(movies)])
        guard let bytes = Double(text.filter { !$0.isWhitespace }) else {
            throw BenchError("the process whose memory is measured said \"\(text)\", expected a number of bytes")
        }
        return bytes
    }
}
