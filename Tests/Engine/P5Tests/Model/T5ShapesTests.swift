import ColdstartTestSupport
import Domain
import Foundation
import ModelFiles
import Testing

@testable import P5

/// Random small models of every shape and container that is read, with the reference's activations and gradients.
struct T5ShapesTests {
    /// The folders below `Tests/Fixtures/t5-shapes`: a number, the backbone's container, the checkpoint's kind.
    static let names = [
        "00-float32-none", "01-float16-float32", "02-bfloat16-float16", "03-sharded-bfloat16-stream",
        "04-pickled-more-rows", "05-pickled-stream-fewer-rows", "06-sharded-pickled-none", "07-float32-float32",
        "08-float16-float16", "09-bfloat16-bfloat16-stream", "10-sharded-more-rows", "11-pickled-fewer-rows",
        "12-pickled-stream-none", "13-sharded-pickled-float32",
    ]

    private struct Case: Decodable {
        struct Forward: Decodable {
            let prompt: [Int32]
            let decoder: [Int32]
            /// The first three rows and the last three.
            let states: [[Float]]
            let logits: [[Float]]
        }

        struct Training: Decodable {
            struct Example: Decodable {
                let prompt: [Int32]
                let target: [Int32]
            }

            let virtual: [[Float]]
            let examples: [Example]
            let loss: Float
            let gradient: [[Float]]
        }

        let checkpoint: Bool
        let vocabulary: Int
        let forward: [Forward]
        let training: Training
    }

    private func load(_ name: String) throws -> (T5Model, Case) {
        let folder = Fixtures.path("t5-shapes/\(name)")
        let found = try JSONFile.read("\(folder)/case.json", as: Case.self, expected: "a case")
        let checkpoint = found.checkpoint ? "\(folder)/checkpoint.pth" : nil
        return (try T5Model(backboneDirectory: folder, checkpoint: checkpoint), found)
    }

    /// The tolerance for values of this size.
    private func tolerance(_ values: [[Float]]) -> Float { 2e-5 * max(1, values.joined().map(abs).max() ?? 0) }

    @Test(arguments: names)
    func `encoder output and logits of whole passes are the reference's`(_ name: String) throws {
        let (model, expected) = try load(name)
        #expect(model.configuration.vocabularySize == expected.vocabulary)
        let packed = PackedPrompts(prompts: expected.forward.map(\.prompt)[...], words: nil)
        let states = model.encoder(packed, batch: 2, threads: 2)
        let width = model.configuration.modelWidth
        for (prompt, expected) in expected.forward.enumerated() {
            let rows = packed.rows(of: prompt)
            let kept = rows.count <= 6 ? Array(rows) : Array(rows.prefix(3)) + rows.suffix(3)
            let found = kept.flatMap { row in (0..<width).map { states.pointer[row * width + $0] } }
            #expect(largestDifference(found, expected.states.joined()) < tolerance(expected.states))
        }
        let steps = expected.forward[0].decoder.count
        var pass = DecoderPass(
            model: model.encoder,
            prompts: packed,
            range: 0..<packed.count,
            states: states,
            positions: RelativePositionBias(
                table: model.weights.decoderPositions,
                direction: .causal,
                length: steps,
                maximumDistance: model.configuration.maximumDistance
            ),
            steps: steps
        )
        for step in 0..<steps {
            pass.advance()
            for (found, expected) in zip(pass.logits(), expected.forward) {
                let difference = largestDifference(found, expected.logits[step])
                #expect(difference < tolerance(expected.logits), "step \(step)")
            }
            let forced = expected.forward.map { $0.decoder[step] }
            pass.append(forced, dropping: forced.map { _ in false })
        }
    }

    @Test(arguments: names)
    func `the gradient at virtual tokens is the reference's`(_ name: String) throws {
        let (model, expected) = try load(name)
        let examples = expected.training.examples.enumerated()
            .map { place, example in
                SoftPromptExample(movie: MovieID("\(place)"), prompt: example.prompt, target: example.target)
            }
        let prompt = SoftPrompt(
            values: Array(expected.training.virtual.joined()),
            width: model.configuration.modelWidth
        )
        let step = TrainingStep(model: model.encoder, dropout: Dropout(rate: 0, seed: 0), threads: 2)
        let (loss, gradient) = step(examples, behind: prompt)
        #expect(abs(loss - expected.training.loss) < 1e-5 * loss)
        let largest = try #require(expected.training.gradient.joined().map(abs).max())
        #expect(largestDifference(gradient, expected.training.gradient.joined()) < 1e-4 * largest)
    }

    @Test
    func `every case of the reference is looked at`() throws {
        let folders = try FileManager.default.contentsOfDirectory(atPath: Fixtures.path("t5-shapes"))
        #expect(folders.filter { !$0.hasPrefix(".") }.sorted() == Self.names)
    }

    @Test(arguments: [
        "float16", "bfloat16", "float32", "pickled", "pickled-stream", "sharded", "sharded-pickled",
    ])
    func `all kinds of backbones occur`(_ kind: String) {
        #expect(Self.names.contains { $0.dropFirst(3).hasPrefix(kind + "-") })
    }

    @Test(arguments: ["none", "float32", "float16", "bfloat16-stream", "stream", "more-rows", "fewer-rows"])
    func `all kinds of checkpoints occur`(_ kind: String) {
        #expect(Self.names.contains { $0.hasSuffix("-" + kind) })
    }

    @Test
    func `all kinds of models occur`() throws {
        let configurations = try Self.names.map { try load($0).0.configuration }
        #expect(Set(configurations.map(\.feedForward)).count == 2)
        #expect(Set(configurations.map(\.tiesEmbeddings)).count == 2)
        #expect(configurations.contains { $0.attentionWidth != $0.modelWidth })
        #expect(configurations.contains { $0.encoderLayers != $0.decoderLayers })
        #expect(Set(configurations.map(\.positionBuckets)).count > 4)
        #expect(Set(configurations.map(\.maximumDistance)).count > 4)
    }
}
