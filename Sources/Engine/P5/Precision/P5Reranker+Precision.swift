import Domain
import ModelFiles

extension P5Reranker {
    /// Decodes prompts in the precision of the settings.
    ///
    /// After an error beyond the bound all is done in float32; whoever runs the model looks at its ``PrecisionWatch``.
    ///
    /// - Parameters:
    ///   - prompts: The token ids of each.
    ///   - softPrompt: The virtual tokens before each.
    /// - Returns: What was decoded for each prompt, and the first error beyond the bound, with the place of its prompt.
    /// - Throws: ``P5Error`` where a prompt cannot be run through the model.
    func generate(
        _ prompts: [[Int32]],
        behind softPrompt: SoftPrompt?
    ) throws(P5Error) -> (generated: [GeneratedTokens], violation: VerifiedGeneration.Violation?) {
        func generate(_ precision: Precision, _ places: [Int]) throws(P5Error) -> [GeneratedTokens] {
            let chosen = places.map { prompts[$0] }
            return try model.generate(
                chosen,
                words: settings.usesWholeWords ? chosen.map(tokenizer.wordIndices) : nil,
                behind: softPrompt,
                beams: settings.beams,
                watching: numericPieces?.ids ?? [],
                precision: precision,
                limit: settings.generationLimit,
                batch: settings.batch,
                threads: settings.threadCount
            )
        }
        let watch = model.precisionWatch
        guard settings.precision == .verified, watch.report(for: settings)?.violation == nil else {
            return (try generate(.float32, Array(prompts.indices)), nil)
        }
        let result = try VerifiedGeneration(check: MarginCheck(bounds: calibration().bounds))(prompts, generate)
        watch.add(result, under: settings)
        return (result.generated, result.violation)
    }

    /// The calibration of the model under the settings, made where it is not known.
    ///
    /// - Returns: The calibration; one that decides nothing where the model's logits are no numbers.
    /// - Throws: ``P5Error`` where a prompt cannot be run through the model.
    /// - Complexity: That of ranking ``CalibrationSample/size`` movies in both precisions.
    package func calibration() throws(P5Error) -> PrecisionCalibration {
        try model.precisionWatch.calibration(for: settings) { () throws(P5Error) in
            var prompts: [[Int32]] = []
            for visitor in CalibrationSample(movies: dataMaps.movies).visitors {
                let prompt = RatingPrompt(session: visitor.session, history: visitor.history, dataMaps: dataMaps)
                guard let id = dataMaps.internalID(of: visitor.movie) else { continue }
                prompts.append(try tokenizer.encode(prompt.text(for: id), maximumLength: settings.maximumLength))
            }
            do throws(P5Error) {
                let steps = try model.precisionSteps(
                    of: prompts,
                    words: settings.usesWholeWords ? prompts.map(tokenizer.wordIndices) : nil,
                    behind: try untrainedSoftPrompt(),
                    settings: settings
                )
                return PrecisionCalibration(prompts: prompts.count, steps: steps)
            } catch {
                // A model whose logits are no numbers decides nothing; float32 says so of each session.
                guard error.code == .numbers else { throw error }
                return PrecisionCalibration(prompts: 0, steps: [])
            }
        }
    }

    /// The virtual tokens as their training begins; what it changes of them is small beside them.
    private func untrainedSoftPrompt() throws(P5Error) -> SoftPrompt? {
        guard case .softPrompt(let soft) = settings.mode else { return nil }
        let text = try tokenizer.encode(soft.initialText, maximumLength: soft.virtualTokens + 1)
        return try model.softPrompt(repeating: text, count: soft.virtualTokens)
    }
}
