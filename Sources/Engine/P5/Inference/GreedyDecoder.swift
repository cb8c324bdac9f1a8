import CKernels
import LinearAlgebra

/// Decodes prompts greedily: in each step the token with the largest logit, of equals the one with the lowest id.
struct GreedyDecoder {
    let model: Encoder
    /// The tokens whose logits are kept at each step.
    var watched: [Int32] = []

    /// Decodes all prompts.
    ///
    /// - Parameters:
    ///   - prompts: The prompts.
    ///   - states: The encoder's output for them.
    ///   - limit: The most tokens of a sequence, the start token among them.
    ///   - threads: The most threads that work at once.
    /// - Returns: What was decoded for each prompt.
    /// - Throws: ``P5Error`` where a logit is not a finite number.
    /// - Complexity: O(`limit`) passes over the decoder's weights.
    func callAsFunction(
        _ prompts: PackedPrompts,
        states: FloatBuffer,
        limit: Int,
        threads: Int
    ) throws(P5Error) -> [GeneratedTokens] {
        let steps = limit - 1
        return try model.decode(prompts, steps: steps, threads: threads) { positions, range, team in
            let pass = DecoderPass(
                model: model,
                prompts: prompts,
                range: range,
                states: states,
                positions: positions,
                steps: steps,
                team: team
            )
            return decode(pass, range: range)
        }
    }

    /// Decodes the prompts of one thread, `nil` where a logit is not finite.
    private func decode(_ start: DecoderPass, range: Range<Int>) -> [GeneratedTokens]? {
        var pass = start
        var tokens = [[Int32]](repeating: [], count: range.count)
        var gaps = [[Float]](repeating: [], count: range.count)
        var logits = [[[Float]]](repeating: [], count: range.count)
        while pass.step < pass.steps, !pass.live.isEmpty {
            pass.advance()
            let (choices, watchedLogits) = pass.choices(watching: watched)
            for (row, prompt) in pass.live.enumerated() {
                let choice = choices[row]
                guard choice.value.isFinite else { return nil }
                let index = prompt - range.lowerBound
                tokens[index].append(choice.token)
                gaps[index].append(choice.lead)
                if !watched.isEmpty { logits[index].append(watchedLogits[row]) }
            }
            let finished = choices.map { model.configuration.endTokens.contains($0.token) }
            pass.append(choices.map(\.token), dropping: finished)
        }
        return tokens.indices.map {
            GeneratedTokens(
                tokens: tokens[$0],
                smallestGap: gaps[$0].min() ?? .infinity,
                watchedLogits: logits[$0],
                gaps: gaps[$0]
            )
        }
    }
}

extension DecoderPass {
    /// The best token of a step.
    struct Choice {
        var token: Int32 = 0
        var value = -Float.infinity
        var second = -Float.infinity

        /// By how much it leads over the second.
        var lead: Float { value - second }
    }

    /// Returns the best token of each live prompt after ``advance()``, and the logits of watched tokens.
    ///
    /// Logits are made and forgotten in slices.
    ///
    /// - Precondition: The watched tokens are in ascending order and below the vocabulary's size.
    func choices(watching watched: [Int32]) -> ([Choice], watchedLogits: [[Float]]) {
        var choices = [Choice](repeating: Choice(), count: live.count)
        var watchedLogits = [[Float]](repeating: [], count: watched.isEmpty ? 0 : live.count)
        var nextWatched = 0
        // As many at once as there is memory for: the best is the same however logits are sliced.
        let slices = max(DecoderWorkspace.headRows, workspace.logits.count / live.count)
        eachSliceOfLogits(of: slices) { slice, logits in
            for row in live.indices {
                let found = kernels.topTwo(logits + row * slice.count, count: slice.count)
                // Ties go to the lower id, which an earlier slice holds.
                if found.best_value > choices[row].value {
                    choices[row].second = max(choices[row].value, found.second_value)
                    choices[row].value = found.best_value
                    choices[row].token = Int32(slice.lowerBound) + found.best
                } else {
                    choices[row].second = max(choices[row].second, found.best_value)
                }
            }
            while nextWatched < watched.count, slice.contains(Int(watched[nextWatched])) {
                let column = Int(watched[nextWatched]) - slice.lowerBound
                for row in live.indices { watchedLogits[row].append(logits[row * slice.count + column]) }
                nextWatched += 1
            }
        }
        return (choices, watchedLogits)
    }

    /// Returns all logits of the live prompts after ``advance()``, prompt by prompt.
    func logits() -> [[Float]] {
        var result = [[Float]](repeating: [], count: live.count)
        eachSliceOfLogits { slice, logits in
            for row in live.indices {
                result[row] += UnsafeBufferPointer(start: logits + row * slice.count, count: slice.count)
            }
        }
        return result
    }

    func eachSliceOfLogits(
        of rows: Int = DecoderWorkspace.headRows,
        _ body: (Range<Int>, UnsafePointer<Float>) -> Void
    ) {
        let vocabulary = configuration.vocabularySize
        for first in stride(from: 0, to: vocabulary, by: rows) {
            let slice = first..<min(first + rows, vocabulary)
            team.split(slice.count, by: Kernels.outputsOfFewRows) { part, _ in
                kernels.project(
                    hidden,
                    stride: configuration.modelWidth,
                    rows: live.count,
                    weight: weights.head.rows(slice.lowerBound + part.lowerBound..<slice.lowerBound + part.upperBound),
                    into: workspace.logits.pointer + part.lowerBound,
                    resultStride: slice.count
                )
            }
            body(slice, workspace.logits.pointer)
        }
    }
}
