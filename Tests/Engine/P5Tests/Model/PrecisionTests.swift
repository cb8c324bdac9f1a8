import ModelFiles
import Testing

@testable import P5

struct PrecisionTests {
    private func prompts(of reference: ReferenceModel) throws -> PackedPrompts {
        let expected = try reference.cases()
        return PackedPrompts(
            prompts: expected.cases.map(\.ids)[...],
            words: expected.wholeWordEmbeddings ? expected.cases.map(\.wholeWords)[...] : nil
        )
    }

    private func values(_ states: FloatBuffer, _ prompts: PackedPrompts, _ model: T5Model) -> [Float] {
        Array(UnsafeBufferPointer(start: states.pointer, count: prompts.rowCount * model.configuration.modelWidth))
    }

    @Test(arguments: ReferenceModel.allCases)
    func `the encoder's output in 8 bits is near float32's and the same bits however prompts are batched`(
        _ reference: ReferenceModel
    ) throws {
        let model = try reference.load()
        let prompts = try prompts(of: reference)
        let exact = values(model.encoder(in: .float32)(prompts, batch: 16, threads: 2), prompts, model)
        let found = values(model.encoder(in: .int8)(prompts, batch: 16, threads: 2), prompts, model)
        let power = exact.reduce(0.0) { $0 + Double($1 * $1) }
        let error = zip(exact, found).reduce(0.0) { $0 + Double(($1.0 - $1.1) * ($1.0 - $1.1)) }
        // Eight bits keep 1 part in 255 of a row's range, in a few products one behind the other.
        #expect((error / power).squareRoot() < 0.05)
        #expect(exact != found)
        for (batch, threads) in [(1, 1), (3, 2), (prompts.count, 3)] {
            let again = values(model.encoder(in: .int8)(prompts, batch: batch, threads: threads), prompts, model)
            #expect(again == found, "batch \(batch), \(threads) threads")
        }
    }

    @Test(arguments: ReferenceModel.allCases)
    func `logits in 8 bits are near float32's`(_ reference: ReferenceModel) throws {
        let model = try reference.load()
        let prompts = try prompts(of: reference)
        let logits = Precision.allCases.map { precision in
            let encoder = model.encoder(in: precision)
            let states = encoder(prompts, batch: 16, threads: 1)
            let positions = RelativePositionBias(
                table: model.weights.decoderPositions,
                direction: .causal,
                length: 1,
                maximumDistance: model.configuration.maximumDistance
            )
            var pass = DecoderPass(
                model: encoder,
                prompts: prompts,
                range: 0..<prompts.count,
                states: states,
                positions: positions,
                steps: 1
            )
            pass.advance()
            return pass.logits()
        }
        for (exact, found) in zip(logits[0], logits[1]) {
            let range = (exact.max() ?? 0) - (exact.min() ?? 0)
            #expect(largestDifference(exact, found) < 0.1 * range)
        }
    }

    @Test(arguments: ReferenceModel.allCases)
    func `weights in 8 bits are packed once and add little memory`(_ reference: ReferenceModel) throws {
        let model = try reference.load()
        #expect(model.int8ByteCount == nil)
        model.prepare(.float32, threads: 2)
        #expect(model.int8ByteCount == nil)
        model.prepare(.int8, threads: 2)
        let weight = try #require(model.encoder(in: .int8).weights.encoder[0].feedForward.inner.int8)
        #expect(model.encoder(in: .int8).weights.encoder[0].feedForward.inner.int8 === weight)
        let bytes = model.weights.tensors.reduce(0) { $0 + 4 * $1.elementCount }
        #expect(try #require(model.int8ByteCount) * 10 <= bytes * 3)
    }
}
