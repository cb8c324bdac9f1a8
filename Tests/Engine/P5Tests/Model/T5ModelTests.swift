import ModelFiles
import Testing

@testable import P5

struct T5ModelTests {
    @Test(arguments: ReferenceModel.allCases)
    func `the encoder's output agrees with the reference`(_ reference: ReferenceModel) throws {
        let model = try reference.load()
        let expected = try reference.cases()
        let packed = PackedPrompts(
            prompts: expected.cases.map(\.ids)[...],
            words: expected.wholeWordEmbeddings ? expected.cases.map(\.wholeWords)[...] : nil
        )
        let states = model.encoder(packed, batch: 16, threads: 2)
        let width = model.configuration.modelWidth
        for (prompt, expected) in expected.cases.enumerated() {
            let rows = packed.rows(of: prompt)
            #expect(expected.encoderShape == [rows.count, width])
            let found = rows.map { row in (0..<width).map { states.pointer[row * width + $0] } }
            #expect(largestDifference(found.prefix(2).joined(), expected.encoderFirstRows.joined()) < 1e-4)
            #expect(largestDifference(found.suffix(2).joined(), expected.encoderLastRows.joined()) < 1e-4)
        }
    }

    @Test(arguments: ReferenceModel.allCases)
    func `the first step's logits agree with the reference`(_ reference: ReferenceModel) throws {
        let model = try reference.load()
        let expected = try reference.cases()
        let packed = PackedPrompts(
            prompts: expected.cases.map(\.ids)[...],
            words: expected.wholeWordEmbeddings ? expected.cases.map(\.wholeWords)[...] : nil
        )
        let states = model.encoder(packed, batch: 3, threads: 1)
        let positions = RelativePositionBias(
            table: model.weights.decoderPositions,
            direction: .causal,
            length: 1,
            maximumDistance: model.configuration.maximumDistance
        )
        var pass = DecoderPass(
            model: model.encoder,
            prompts: packed,
            range: 0..<packed.count,
            states: states,
            positions: positions,
            steps: 1
        )
        pass.advance()
        for (found, expected) in zip(pass.logits(), expected.cases) {
            #expect(largestDifference(found, expected.firstLogits) < 1e-4)
        }
    }

    @Test(arguments: ReferenceModel.allCases)
    func `greedy decoding makes the reference's tokens, texts, scores and gaps`(_ reference: ReferenceModel) throws {
        let model = try reference.load()
        let tokenizer = try Tokenizer(modelPath: reference.directory + "/spiece.model")
        let expected = try reference.cases()
        let ids = try expected.cases.map { try tokenizer.encode($0.prompt, maximumLength: 256) }
        #expect(ids == expected.cases.map(\.ids))
        let words = ids.map(tokenizer.wordIndices)
        #expect(words == expected.cases.map(\.wholeWords))
        let found = try model.generate(
            ids,
            words: expected.wholeWordEmbeddings ? words : nil,
            limit: 6,
            batch: 4,
            threads: 2
        )
        for (found, expected) in zip(found, expected.cases) {
            #expect(found.tokens == expected.tokens)
            let text = try tokenizer.decode(found.tokens)
            #expect(text == expected.text)
            #expect(RatingText.score(text) == expected.score)
            let gap = try #require(expected.gaps.min())
            #expect(abs(found.smallestGap - gap) < 1e-4)
        }
    }

    @Test(arguments: ReferenceModel.allCases)
    func `batches and threads change no bit`(_ reference: ReferenceModel) throws {
        let model = try reference.load()
        let cases = try reference.cases()
        // The same prompts in many lengths, so that rows meet every place of a kernel's tiles.
        let prompts = cases.cases.flatMap { item in (0..<4).map { Array(item.ids.dropFirst($0 * 5)) } }
        let words = cases.cases.flatMap { item in (0..<4).map { Array(item.wholeWords.dropFirst($0 * 5)) } }
        let single = try states(of: model, prompts, cases.wholeWordEmbeddings ? words : nil, batch: 1, threads: 1)
        // A prompt alone is shared by all threads.
        let alone = try prompts.indices.flatMap { index in
            try states(
                of: model,
                [prompts[index]],
                cases.wholeWordEmbeddings ? [words[index]] : nil,
                batch: 1,
                threads: 1 + index % 4
            )
        }
        #expect(single == alone)
        for (batch, threads) in [(1, 2), (5, 1), (16, 2), (100, 1), (100, 3), (100, 50)] {
            let other = try states(
                of: model,
                prompts,
                cases.wholeWordEmbeddings ? words : nil,
                batch: batch,
                threads: threads
            )
            #expect(other == single, "batch \(batch), \(threads) threads")
        }
    }

    /// The bits of the encoder's output and of the gaps.
    private func states(
        of model: T5Model,
        _ prompts: [[Int32]],
        _ words: [[Int32]]?,
        batch: Int,
        threads: Int
    ) throws -> [UInt32] {
        let packed = PackedPrompts(prompts: prompts[...], words: words?[...])
        let states = model.encoder(packed, batch: batch, threads: threads)
        let generated = try model.generate(prompts, words: words, limit: 6, batch: batch, threads: threads)
        let gaps = generated.map(\.smallestGap.bitPattern)
        return packed.count == 1
            ? (0..<states.count).map { states.pointer[$0].bitPattern } + gaps
            : (0..<packed.count)
                .flatMap { prompt in
                    packed.rows(of: prompt)
                        .flatMap { row in
                            (0..<model.configuration.modelWidth)
                                .map {
                                    states.pointer[row * model.configuration.modelWidth + $0].bitPattern
                                }
                        } + [gaps[prompt]]
                }
    }

    @Test
    func `a sequence ends at the limit, the start token included`() throws {
        let model = try ReferenceModel.gatedUntied.load()
        let ids = try ReferenceModel.gatedUntied.cases().cases[0].ids
        for limit in 1...6 {
            let found = try model.generate([ids], limit: limit, batch: 1, threads: 1)
            #expect(found[0].tokens.count == limit - 1)
        }
        #expect(try model.generate([], limit: 6, batch: 16, threads: 2).isEmpty)
    }

    @Test
    func `a checkpoint's unexpected names are reported and its missing ones kept`() throws {
        let model = try ReferenceModel.checkpoint.load()
        let report = try #require(model.mergeReport)
        #expect(report.unexpected.count == 1)
        #expect(model.ignoredNames == report.unexpected)
        #expect(model.ignoredNote?.contains("\"\(report.unexpected[0])\"") == true)
        #expect(try ReferenceModel.reluTied.load().ignoredNote == nil)
        #expect(report.overridden.contains(T5Weights.wholeWordName))
        #expect(!report.kept.isEmpty)
        #expect(try ReferenceModel.reluTied.load().mergeReport == nil)
    }
}

/// The largest distance between two rows of numbers, infinite where their lengths differ or one is not a number.
func largestDifference(_ left: some Sequence<Float>, _ right: some Sequence<Float>) -> Float {
    let left = Array(left)
    let right = Array(right)
    guard left.count == right.count else { return .infinity }
    return zip(left, right)
        .reduce(0) { largest, pair in
            let difference = abs(pair.0 - pair.1)
            return difference.isNaN ? .infinity : max(largest, difference)
        }
}
