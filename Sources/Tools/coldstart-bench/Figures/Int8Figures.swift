import Domain
import ModelFiles
import P5

/// P5 over 100 candidates with its encoder in 8 bits, beside CTranslate2's int8 where that is there.
///
/// Both round: texts are not compared.
struct Int8Figures {
    let stage: SecondStageFigures

    /// Measures the time, and the memory that weights in 8 bits take besides those in float32.
    func measure() throws -> [Figure] {
        let bench = stage.bench
        let input = try SecondStageInput.recorded(bench, tokensAPrompt: 170)
        let reranker = try stage.reranker(of: stage.large)
        let packing = timed { reranker.model.prepare(.int8, threads: bench.threads) }.timing
        func own() throws -> [GeneratedTokens] {
            let settings = reranker.settings
            let prompts = try input.prompts.map {
                try reranker.tokenizer.encode($0, maximumLength: settings.maximumLength)
            }
            return try reranker.model.generate(
                prompts,
                precision: .int8,
                limit: settings.generationLimit,
                batch: settings.batch,
                threads: bench.threads
            )
        }
        let bytes = Double(reranker.model.int8ByteCount ?? 0)
        let weights = Double(reranker.model.tensors.reduce(0) { $0 + $1.elementCount * MemoryLayout<Float>.stride })
        let share = Quantity.text(bytes / weights, .share)
        let memory = Figure(
            name: "weights in int8, t5-small, besides those in float32",
            unit: .bytes,
            coldstart: bytes,
            aim: .int8Memory(weights: weights),
            note: "\(share) of them; packed in \(Quantity.text(packing.seconds, .seconds))"
        )
        return [try figure(own, input), memory, try verified(input)]
    }

    /// P5 with the texts of float32, which 8 bits decide where the margins allow it.
    private func verified(_ input: SecondStageInput) throws -> Figure {
        let bench = stage.bench
        let settings = P5Settings(threads: bench.threads, precision: .verified)
        let reranker = try stage.reranker(of: stage.large, settings: settings)
        let coldstart = try Series(rounds: stage.largeRounds) {
            try reranker.rerank(input.movies, session: input.session, history: input.history)
        }
        let report = reranker.model.precisionWatch.report(for: settings)
        let counts = report.map { "decided \($0.decided), done again \($0.again), sampled \($0.sampled)" }
        return Figure(
            "P5 verified over 100, t5-small",
            coldstart: coldstart,
            note: [input.length, counts].compactMap(\.self).joined(separator: "; ")
        )
    }

    private func figure(_ own: () throws -> [GeneratedTokens], _ input: SecondStageInput) throws -> Figure {
        let name = "P5 in int8 over 100, t5-small"
        guard let reference = stage.bench.reference,
            try reference.call(ReferenceWork("runtimes"), as: ReferenceRuntimes.self).names.contains("ctranslate2_int8")
        else {
            return Figure(name, coldstart: try Series(rounds: stage.largeRounds, own), aim: nil, note: input.length)
        }
        progress("p5 in int8, beside CTranslate2 int8")
        var work = ReferenceWork("runtime", path: stage.large.directory)
        work.name = "ctranslate2_int8"
        work.prompts = input.prompts
        let times = try BatchSearch(rounds: stage.largeRounds)
            .measure(
                own: own,
                other: { batch in
                    work.batch = batch
                    return try reference.call(work, as: ReferenceAnswer.self)
                },
                compare: { _, _ in }
            )
        var figure = Figure(
            name + ", beside CTranslate2 int8",
            coldstart: times.coldstart,
            reference: times.best.other,
            aim: .besideCTranslate2Int8
        )
        figure.note = [input.length, times.best.note, times.note].compactMap(\.self).joined(separator: "; ")
        return figure
    }
}
