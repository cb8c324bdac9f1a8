import ColdstartTestSupport
import Domain
import ModelFiles

@testable import P5

/// What PEFT made of a tiny model's examples.
struct SoftPromptCase: Decodable {
    struct Settings: Decodable {
        let virtualTokens: Int
        let text: String
        let batch: Int
        let rate: Float
        let seed: UInt64

        enum CodingKeys: String, CodingKey {
            case virtualTokens = "virtual_tokens"
            case text, batch, rate, seed
        }
    }

    struct Example: Decodable {
        let ids: [Int32]
        let words: [Int32]
        let target: [Int32]

        enum CodingKeys: String, CodingKey {
            case ids
            case words = "whole_words"
            case target
        }
    }

    let wholeWordEmbeddings: Bool
    let settings: Settings
    let examples: [Example]
    let order: [Int]
    let losses: [Float]
    let firstGradient: [[Float]]
    let prompt: [[Float]]
    let tokens: [[Int32]]
    let gaps: [Float]

    enum CodingKeys: String, CodingKey {
        case wholeWordEmbeddings = "whole_word_embeddings"
        case settings, examples, order, losses
        case firstGradient = "first_gradient"
        case prompt, tokens, gaps
    }

    var options: SoftPromptOptions {
        var options = SoftPromptOptions()
        options.virtualTokens = settings.virtualTokens
        options.initialText = settings.text
        options.batch = settings.batch
        options.learningRate = settings.rate
        options.seed = settings.seed
        return options
    }

    var softExamples: [SoftPromptExample] {
        examples.enumerated()
            .map { place, example in
                SoftPromptExample(
                    movie: MovieID("\(place)"),
                    prompt: example.ids,
                    words: wholeWordEmbeddings ? example.words : nil,
                    target: example.target
                )
            }
    }

    /// The virtual tokens that training begins with.
    func start(of model: T5Model, _ reference: ReferenceModel) throws -> SoftPrompt {
        let tokenizer = try Tokenizer(modelPath: reference.directory + "/spiece.model")
        let text = try tokenizer.encode(settings.text, maximumLength: 100)
        return try model.softPrompt(repeating: text, count: settings.virtualTokens)
    }
}

extension ReferenceModel {
    func softPromptCase() throws -> SoftPromptCase {
        let name = self == .checkpointWithWords ? "soft-prompt-whole-word.json" : "soft-prompt.json"
        return try JSONFile.read("\(directory)/\(name)", as: SoftPromptCase.self, expected: "a soft-prompt case")
    }
}
