import Domain
import ModelFiles
import P5

/// P5 at the size of t5-small beside other programs that run the same model: CTranslate2 and ONNX Runtime.
///
/// Those that the Python of the reference does not have are left out, which the head of the table says. Each converts
/// the model once into the folder of models, is given the same threads, and counts with the batch size that suits it
/// best.
struct RuntimeFigures {
    /// What the reference calls a runtime, how people do, and what is to be reached beside it.
    private static let runtimes: [(name: String, title: String, isInexact: Bool, aim: Aim?)] = [
        ("ctranslate2", "CTranslate2 float32", false, .besideCTranslate2),
        ("ctranslate2_int8", "CTranslate2 int8", true, nil),
        ("onnxruntime", "ONNX Runtime float32", false, nil),
    ]

    let stage: SecondStageFigures

    /// Measures every runtime that is there.
    func measure() throws -> [Figure] {
        let bench = stage.bench
        guard let reference = bench.reference else { return [] }
        let installed = try reference.call(ReferenceWork("runtimes"), as: ReferenceRuntimes.self).names
        let input = try SecondStageInput.recorded(bench, tokensAPrompt: 170)
        let reranker = try stage.reranker(of: stage.large)
        return try Self.runtimes.filter { installed.contains($0.name) }
            .map { runtime in
                progress("p5, beside \(runtime.title)")
                var work = ReferenceWork("runtime", path: stage.large.directory)
                work.name = runtime.name
                work.prompts = input.prompts
                let comparison = ProgramComparison(
                    runtime.title,
                    work: work,
                    reference: reference,
                    input: input,
                    isInexact: runtime.isInexact
                )
                return
                    try comparison.measure(rounds: stage.largeRounds) {
                        try reranker.rerank(input.movies, session: input.session, history: input.history)
                    }
                    .figure("P5 over 100, t5-small, beside \(runtime.title)", aim: runtime.aim)
            }
    }
}

/// The other programs that the reference can run.
struct ReferenceRuntimes: Decodable {
    /// Their names.
    let names: [String]
}
