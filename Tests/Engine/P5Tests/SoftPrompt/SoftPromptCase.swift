import ColdstartTestSupport
import Domain
import ModelFiles
import Testing

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

        var value: SoftPromptSettings {
            var settings = SoftPromptSettings()
            settings.virtualTokens = virtualTokens
            settings.initialText = text
            settings.batch = batch
            settings.learningRate = rate
            settings.seed = seed
            return settings
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

    var training: SoftPromptSettings { settings.value }

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
    func start(of model: T5Model, _ reference: SoftPromptReference) throws -> SoftPrompt {
        let tokenizer = try Tokenizer(modelPath: reference.model.directory + "/spiece.model")
        let text = try tokenizer.encode(settings.text, maximumLength: 100)
        return try model.softPrompt(repeating: text, count: settings.virtualTokens)
    }
}

/// A soft-prompt case of the reference: a tiny model and the case's file.
enum SoftPromptReference: String, CaseIterable, CustomTestStringConvertible {
    case reluTied = "relu-tied/soft-prompt.json"
    case gatedUntied = "gated-gelu-untied/soft-prompt.json"
    case checkpoint = "whole-word/soft-prompt.json"
    case checkpointWithWords = "whole-word/soft-prompt-whole-word.json"
    /// With as many virtual tokens and examples a step as the deployed service has.
    case fortyTokens = "whole-word/soft-prompt-40.json"

    var testDescription: String { rawValue }

    var model: ReferenceModel {
        switch self {
        case .reluTied: .reluTied
        case .gatedUntied: .gatedUntied
        case .checkpoint, .fortyTokens: .checkpoint
        case .checkpointWithWords: .checkpointWithWords
        }
    }

    func load() throws -> T5Model { try model.load() }

    func softPromptCase() throws -> SoftPromptCase {
        try JSONFile.read(Fixtures.path("t5/" + rawValue), as: SoftPromptCase.self, expected: "a soft-prompt case")
    }
}
