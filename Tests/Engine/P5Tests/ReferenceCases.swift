import ColdstartTestSupport
import ModelFiles
import Testing

@testable import P5

/// What the reference made of the tiny models below `Tests/Fixtures/t5`.
struct ReferenceCases: Decodable {
    struct Case: Decodable {
        let prompt: String
        let ids: [Int32]
        let wholeWords: [Int32]
        let tokens: [Int32]
        let text: String
        let score: Double
        let gaps: [Float]
        let encoderShape: [Int]
        let encoderFirstRows: [[Float]]
        let encoderLastRows: [[Float]]
        let firstLogits: [Float]

        enum CodingKeys: String, CodingKey {
            case prompt
            case ids
            case wholeWords = "whole_words"
            case tokens
            case text
            case score
            case gaps
            case encoderShape = "encoder_shape"
            case encoderFirstRows = "encoder_first_rows"
            case encoderLastRows = "encoder_last_rows"
            case firstLogits = "first_logits"
        }
    }

    let wholeWordEmbeddings: Bool
    let cases: [Case]

    enum CodingKeys: String, CodingKey {
        case wholeWordEmbeddings = "whole_word_embeddings"
        case cases
    }
}

/// A tiny model of the reference and one of its files of cases.
enum ReferenceModel: String, CaseIterable, CustomTestStringConvertible {
    case reluTied = "relu-tied/cases.json"
    case gatedUntied = "gated-gelu-untied/cases.json"
    case checkpoint = "whole-word/cases.json"
    case checkpointWithWords = "whole-word/cases-whole-word.json"

    var testDescription: String { rawValue }

    var directory: String { Fixtures.path("t5/" + rawValue.prefix { $0 != "/" }) }

    func load() throws -> T5Model {
        try T5Model(
            backboneDirectory: directory,
            checkpoint: rawValue.hasPrefix("whole-word") ? directory + "/checkpoint.pth" : nil
        )
    }

    func cases() throws -> ReferenceCases {
        try JSONFile.read(Fixtures.path("t5/" + rawValue), as: ReferenceCases.self, expected: "cases")
    }
}
