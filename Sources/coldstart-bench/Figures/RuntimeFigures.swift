import Domain
import ModelFiles
import P5

/// P5 at the size of t5-small beside other programs that run the same model: CTranslate2 and ONNX Runtime.
///
/// Those that the Python of the reference does not have are left out. Each converts the model once into the folder of
/// models, is given the same threads, and counts with the batch size that suits it best.
struct RuntimeFigures {
    /// What the reference calls a runtime, how people do, and what is to be reached beside it.
    private static let runtimes: [(name: String, title: String, aim: Aim?)] = [
        ("ctranslate2", "CTranslate2 float32", .besideCTranslate2),
        ("ctranslate2_int8", "CTranslate2 int8", nil),
        ("onnxruntime", "ONNX Runtime float32", nil),
    ]

    let stage: SecondStageFigures

    /// Measures every runtime that is there.
    func measure() throws -> [Figure] {
        let bench = stage.bench
        guard let reference = bench.reference else { return [] }
        let installed = try reference.call(ReferenceWork("runtimes"), as: ReferenceRuntimes.self).names
        let input = try SecondStageInput.recorded(bench, tokensAPrompt: 170)
        return try Self.runtimes.filter { installed.contains($0.name) }
            .map { runtime in
                var work = ReferenceWork("runtime", path: stage.large.directory)
                work.name = runtime.name
                work.prompts = input.prompts
                return try figure(runtime.title, work, input, reference, aim: runtime.aim)
            }
    }

    private func figure(
        _ title: String,
        _ work: ReferenceWork,
        _ input: SecondStageInput,
        _ reference: PythonReference,
        aim: Aim?
    ) throws -> Figure {
        let reranker = try stage.reranker(of: stage.large)
        var coldstart = Series()
        var byBatch = SecondStageFigures.referenceBatches.map { (batch: $0, series: Series()) }
        // The first round warms both sides up and does not count.
        for round in 0...max(1, min(3, stage.bench.rounds)) {
            for index in byBatch.indices {
                let run = try timed {
                    try reranker.rerank(input.films, session: input.session, history: input.history)
                }
                var work = work
                work.batch = byBatch[index].batch
                let answer = try reference.call(work, as: ReferenceAnswer.self)
                guard round > 0 else { continue }
                coldstart.add(run.timing)
                byBatch[index].series.add(answer.timing)
            }
        }
        let medians = byBatch.map { "\(Quantity.text($0.series.seconds, .seconds)) at \($0.batch)" }
        return Figure(
            "P5 over 100, t5-small, beside \(title)",
            coldstart: coldstart,
            reference: byBatch.map(\.series).min { $0.seconds < $1.seconds },
            aim: aim,
            note: "by batch size: " + medians.joined(separator: ", ")
        )
    }
}

/// The other programs that the reference can run.
struct ReferenceRuntimes: Decodable {
    /// Their names.
    let names: [String]
}
