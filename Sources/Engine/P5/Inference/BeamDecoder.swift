import CKernels

/// Decodes prompts by beam search; see ``BeamSearch`` for its rules.
struct BeamDecoder {
    let model: Encoder
    let beams: Int

    /// Decodes all prompts.
    ///
    /// - Parameters:
    ///   - prompts: The prompts.
    ///   - states: The encoder's output for them.
    ///   - limit: The most tokens of a sequence, the start token among them.
    ///   - threads: The most threads that work at once.
    /// - Returns: The best text of each prompt.
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
                beams: beams,
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
        let search = BeamSearch(beams: beams, endTokens: model.configuration.endTokens, limit: pass.steps)
        var searches = [BeamSearch](repeating: search, count: range.count)
        while !pass.live.isEmpty {
            pass.advance()
            guard let best = pass.bestContinuations(count: search.candidateCount) else { return nil }
            var rows: [(source: Int, token: Int32)] = []
            var first = 0
            while first < pass.live.count {
                let prompt = pass.live[first]
                let count = pass.live[first...].prefix { $0 == prompt }.count
                let index = prompt - range.lowerBound
                let candidates = candidates(of: searches[index], in: best[first..<first + count])
                rows += searches[index].advance(candidates).map { (first + $0.beam, $0.token) }
                first += count
            }
            pass.replaceRows(by: rows)
        }
        return searches.map { search in
            let scores = search.finished.map(\.score)
            return GeneratedTokens(
                tokens: search.finished.first?.tokens ?? [],
                smallestGap: scores.count > 1 ? scores[0] - scores[1] : .infinity
            )
        }
    }

    /// The best continuations of one prompt's running texts; of equal scores the earlier text's, then the lower
    /// token's.
    private func candidates(
        of search: BeamSearch,
        in tokens: ArraySlice<[DecoderPass.ScoredToken]>
    ) -> [BeamSearch.Continuation] {
        let all = zip(tokens, search.running).enumerated()
            .flatMap { beam, pair in
                pair.0.map {
                    BeamSearch.Continuation(beam: beam, token: $0.token, score: $0.score + pair.1.score)
                }
            }
        return Array(
            all.sorted { left, right in
                (right.score, left.beam, left.token) < (left.score, right.beam, right.token)
            }
            .prefix(search.candidateCount)
        )
    }
}

extension DecoderPass {
    /// A token with its log probability.
    struct ScoredToken {
        var token: Int32
        var score: Float
    }

    /// Returns the most probable tokens of each live row after ``advance()``, best first; `nil` where a logit is not
    /// finite.
    ///
    /// Logits are made and forgotten in slices; the sum of their exponentials follows the largest seen so far.
    func bestContinuations(count: Int) -> [[ScoredToken]]? {
        var best = [[ScoredToken]](repeating: [], count: live.count)
        var largest = [Float](repeating: -.infinity, count: live.count)
        var sums = [Double](repeating: 0, count: live.count)
        eachSliceOfLogits { slice, logits in
            for row in live.indices {
                let values = logits + row * slice.count
                let top = kernels.topTwo(values, count: slice.count).best_value
                if top > largest[row] {
                    sums[row] *= exponential(Double(largest[row] - top))
                    largest[row] = top
                }
                sums[row] += Double(kernels.exponentialSum(values, count: slice.count, largest: largest[row]))
                // Tokens below the worst that is kept are passed over; ties stay with the lower token, which comes
                // first.
                guard best[row].count < count || top > best[row][count - 1].score else { continue }
                for token in 0..<slice.count where best[row].count < count || values[token] > best[row][count - 1].score
                {
                    let place = best[row].firstIndex { $0.score < values[token] } ?? best[row].count
                    let found = ScoredToken(token: Int32(slice.lowerBound + token), score: values[token])
                    best[row].insert(found, at: place)
                    if best[row].count > count { best[row].removeLast() }
                }
            }
        }
        guard zip(largest, sums).allSatisfy({ $0.isFinite && $1.isFinite }) else { return nil }
        return live.indices.map { row in
            let sum = Float(logarithm(sums[row]))
            return best[row].map { ScoredToken(token: $0.token, score: $0.score - largest[row] - sum) }
        }
    }
}
