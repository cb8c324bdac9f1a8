import LinearAlgebra

extension Encoder {
    /// Spreads the decoding of prompts over threads; without a step nothing is decoded.
    ///
    /// - Throws: ``P5Error`` where a logit is not a finite number.
    func decode(
        _ prompts: PackedPrompts,
        steps: Int,
        threads: Int,
        _ body: (RelativePositionBias, Range<Int>, Team) -> [GeneratedTokens]?
    ) throws(P5Error) -> [GeneratedTokens] {
        guard prompts.count > 0, steps > 0 else {
            return (0..<prompts.count).map { _ in GeneratedTokens(tokens: [], smallestGap: .infinity) }
        }
        return try spread(prompts, steps: steps, threads: threads, body)
    }

    /// Spreads what is done to prompts step by step over threads.
    ///
    /// - Parameters:
    ///   - prompts: The prompts.
    ///   - steps: The most tokens that are decoded.
    ///   - threads: The most threads that work at once.
    ///   - body: Takes the prompts of a range with the decoder's position bias and the threads that are left for them;
    ///     `nil` where a logit is not finite.
    /// - Returns: What came of each prompt.
    /// - Throws: ``P5Error`` where a logit is not a finite number.
    /// - Precondition: There is a prompt and a step.
    func spread<Output>(
        _ prompts: PackedPrompts,
        steps: Int,
        threads: Int,
        _ body: (RelativePositionBias, Range<Int>, Team) -> [Output]?
    ) throws(P5Error) -> [Output] {
        let positions = RelativePositionBias(
            table: weights.decoderPositions,
            direction: .causal,
            length: steps,
            maximumDistance: configuration.maximumDistance
        )
        let groups = Self.units(prompts: prompts.count, batch: prompts.count, threads: threads)
        let team = Team.each(of: threads, among: groups.count)
        var results = [[Output]?](repeating: nil, count: groups.count)
        results.withUnsafeMutableBufferPointer { results in
            // Each group writes its own element.
            nonisolated(unsafe) let results = results
            WorkerThreads.run(units: groups.count, threads: threads) { unit, _ in
                results[unit] = body(positions, groups[unit], team)
            }
        }
        let found = results.compactMap(\.self)
        guard found.count == groups.count else {
            throw P5Error(
                .numbers,
                "the model's logits are not finite numbers: found NaN or infinity, expected floats; "
                    + "check the checkpoint for damaged weights"
            )
        }
        return found.flatMap(\.self)
    }
}
