import Domain

extension T5Model {
    /// Decodes prompts behind states of both precisions side by side, along float32's tokens.
    ///
    /// - Parameters:
    ///   - prompts: The token ids of each.
    ///   - words: The word indices of each where whole-word embeddings are on.
    ///   - softPrompt: The virtual tokens before each.
    ///   - settings: The limits.
    /// - Returns: What was seen of each step, as ``PrecisionCalibration`` defines it.
    /// - Throws: ``P5Error`` where a prompt cannot be run through the model, or float32 makes something that is no number.
    /// - Complexity: That of decoding them twice.
    func precisionSteps(
        of prompts: [[Int32]],
        words: [[Int32]]?,
        behind softPrompt: SoftPrompt?,
        settings: P5Settings
    ) throws(P5Error) -> [PrecisionCalibration.Step] {
        try check(prompts, words: words)
        guard !prompts.isEmpty else { return [] }
        let packed = PackedPrompts(prompts: prompts[...], words: words?[...], behind: softPrompt)
        let threads = settings.threadCount
        let low = encoder(in: .int8, threads: threads)(packed, batch: settings.batch, threads: threads)
        let full = encoder(packed, batch: settings.batch, threads: threads)
        let steps = settings.generationLimit - 1
        let byPrompt = try encoder.spread(packed, steps: steps, threads: threads) { positions, range, team in
            func pass(over states: FloatBuffer) -> DecoderPass {
                DecoderPass(
                    model: encoder,
                    prompts: packed,
                    range: range,
                    states: states,
                    positions: positions,
                    steps: steps,
                    team: team
                )
            }
            return Self.seen(pass(over: low), pass(over: full))
        }
        return (0..<steps)
            .map { step in byPrompt.compactMap { $0.count > step ? $0[step] : nil } }
            .filter { !$0.isEmpty }
            .map { PrecisionCalibration.Step(errors: $0.map(\.error), leads: $0.map(\.lead)) }
    }

    /// The error of a prompt's step, and the lead of float32's token.
    private struct Seen {
        let error: Float
        let lead: Float
    }

    /// What is seen of each prompt of two passes, step by step, `nil` where a logit of float32 is not finite.
    private static func seen(_ low: DecoderPass, _ full: DecoderPass) -> [[Seen]]? {
        var (low, full) = (low, full)
        let first = full.live.first ?? 0
        var seen = [[Seen]](repeating: [], count: full.live.count)
        while full.step < full.steps, !full.live.isEmpty {
            low.advance()
            full.advance()
            let guesses = low.choices(watching: []).0
            let (choices, leads) = full.choices(leadsOf: guesses.map(\.token))
            for (row, prompt) in full.live.enumerated() {
                guard choices[row].value.isFinite else { return nil }
                seen[prompt - first].append(Seen(error: guesses[row].lead - leads[row], lead: choices[row].lead))
            }
            let tokens = choices.map(\.token)
            let finished = tokens.map { full.configuration.endTokens.contains($0) }
            low.append(tokens, dropping: finished)
            full.append(tokens, dropping: finished)
        }
        return seen
    }
}

extension DecoderPass {
    /// Returns the best token of each live prompt after ``advance()``, and by how much given tokens lead over the best
    /// other, negative where another is best.
    fileprivate func choices(leadsOf tokens: [Int32]) -> ([Choice], leads: [Float]) {
        let watched = Set(tokens).sorted()
        let (choices, logits) = choices(watching: watched)
        let leads = tokens.enumerated()
            .map { row, token in
                let choice = choices[row]
                if token == choice.token { return choice.lead }
                guard let place = watched.firstIndex(of: token) else { return -Float.greatestFiniteMagnitude }
                return logits[row][place] - choice.value
            }
        return (choices, leads)
    }
}
