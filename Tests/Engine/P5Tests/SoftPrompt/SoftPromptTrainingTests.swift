import Domain
import Testing

@testable import P5

struct SoftPromptTrainingTests {
    @Test(arguments: SoftPromptReference.allCases)
    func `losses, order and virtual tokens are PEFT's`(_ reference: SoftPromptReference) throws {
        let model = try reference.load()
        let expected = try reference.softPromptCase()
        let start = try expected.start(of: model, reference)
        let training = try model.train(start, on: expected.softExamples, settings: expected.training, threads: 2)
        #expect(training.order == expected.order)
        #expect(training.losses.count == expected.losses.count)
        for (found, expected) in zip(training.losses, expected.losses) {
            #expect(abs(found - expected) < 1e-5 * expected)
        }
        #expect(largestDifference(training.prompt.values, expected.prompt.joined()) < 2e-3)
        #expect(largestDifference(start.values, expected.prompt.joined()) > 0.1)
    }

    @Test(arguments: SoftPromptReference.allCases)
    func `the gradient of the first step is PyTorch's`(_ reference: SoftPromptReference) throws {
        let model = try reference.load()
        let expected = try reference.softPromptCase()
        let batch = expected.order.prefix(expected.settings.batch).map { expected.softExamples[$0] }
        let step = TrainingStep(model: model.encoder, dropout: Dropout(rate: 0, seed: 0), threads: 1)
        let (loss, gradient) = step(batch, behind: try expected.start(of: model, reference))
        #expect(abs(loss - expected.losses[0]) < 1e-5 * loss)
        let largest = try #require(expected.firstGradient.joined().map(abs).max())
        #expect(largestDifference(gradient, expected.firstGradient.joined()) < 1e-4 * largest)
    }

    @Test(arguments: SoftPromptReference.allCases, [Float(0), 0.1])
    func `a step in memory that was used before is the same`(_ reference: SoftPromptReference, dropout rate: Float)
        throws
    {
        let model = try reference.load()
        let expected = try reference.softPromptCase()
        let start = try expected.start(of: model, reference)
        let dropout = Dropout(rate: rate, seed: 3)
        let batch = Array(expected.softExamples.prefix(2))
        let (loss, gradient) = TrainingStep(model: model.encoder, dropout: dropout, threads: 2)(batch, behind: start)
        let used = TrainingStep(model: model.encoder, dropout: dropout, threads: 1)
        _ = used(expected.softExamples.reversed(), behind: start)
        let again = used(batch, behind: start)
        #expect(again.loss == loss && again.1 == gradient)
    }

    @Test(arguments: SoftPromptReference.allCases, [Float(0), 0.1])
    func `the gradient is that of finite differences`(_ reference: SoftPromptReference, dropout rate: Float) throws {
        let model = try reference.load()
        let expected = try reference.softPromptCase()
        let start = try expected.start(of: model, reference)
        let step = TrainingStep(model: model.encoder, dropout: Dropout(rate: rate, seed: 3), threads: 2)
        let batch = Array(expected.softExamples.prefix(3))
        let (_, gradient) = step(batch, behind: start)
        let norm = gradient.reduce(0) { $0 + $1 * $1 }.squareRoot()
        var generator = SplitMix64(seed: 11)
        for direction in 0..<4 {
            // The first direction is the gradient's own, the others are arbitrary.
            let slope = gradient.map { value in
                direction == 0 ? value / norm : Float(generator.next() % 2001) / 1000 - 1
            }
            let length = slope.reduce(0) { $0 + $1 * $1 }.squareRoot()
            let distance: Float = 4e-3 / length
            func loss(_ sign: Float) -> Float {
                let moved = zip(start.values, slope).map { $0 + sign * distance * $1 }
                return step(batch, behind: SoftPrompt(values: moved, width: start.width)).loss
            }
            let found = (loss(1) - loss(-1)) / (2 * distance * length)
            let expected = zip(gradient, slope).reduce(0) { $0 + $1.0 * $1.1 } / length
            #expect(abs(found - expected) < 0.02 * norm, "direction \(direction): \(found) for \(expected)")
        }
    }

    @Test(arguments: SoftPromptReference.allCases)
    func `decoding behind the trained virtual tokens makes PEFT's tokens`(_ reference: SoftPromptReference) throws {
        let model = try reference.load()
        let expected = try reference.softPromptCase()
        let prompt = SoftPrompt(values: Array(expected.prompt.joined()), width: model.configuration.modelWidth)
        for batch in [1, 4] {
            let found = try model.generate(
                expected.examples.map(\.ids),
                words: expected.wholeWordEmbeddings ? expected.examples.map(\.words) : nil,
                behind: prompt,
                limit: 6,
                batch: batch,
                threads: 2
            )
            #expect(found.map(\.tokens) == expected.tokens)
            #expect(largestDifference(found.map(\.smallestGap), expected.gaps) < 1e-4)
        }
    }

    @Test(arguments: SoftPromptReference.allCases, [Float(0), 0.1])
    func `threads change no bit`(_ reference: SoftPromptReference, dropout rate: Float) throws {
        let model = try reference.load()
        let expected = try reference.softPromptCase()
        let start = try expected.start(of: model, reference)
        var settings = expected.training
        settings.dropout = Double(rate)
        settings.steps = 3
        let single = try model.train(start, on: expected.softExamples, settings: settings, threads: 1)
        for threads in 2...4 {
            let other = try model.train(start, on: expected.softExamples, settings: settings, threads: threads)
            #expect(other == single, "\(threads) threads")
        }
        settings.dropout = Double(rate) + 0.2
        #expect(try model.train(start, on: expected.softExamples, settings: settings, threads: 1) != single)
    }

    @Test
    func `without an example the virtual tokens stay as they are`() throws {
        let model = try SoftPromptReference.reluTied.load()
        let expected = try SoftPromptReference.reluTied.softPromptCase()
        let start = try expected.start(of: model, .reluTied)
        let training = try model.train(start, on: [], settings: expected.training, threads: 1)
        #expect(training.prompt == start && training.losses.isEmpty && training.order.isEmpty)
    }
}
