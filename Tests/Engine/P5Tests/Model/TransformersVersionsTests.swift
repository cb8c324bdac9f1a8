import ColdstartTestSupport
import Foundation
import ModelFiles
import Testing

@testable import P5

/// Folders that versions 4 and 5 of Transformers saved, and what both generate from them.
struct TransformersVersionsTests {
    private struct Greedy: Decodable {
        let prompt: [Int32]
        let tokens: [Int32]
        let gap: Float
        let firstLogits: [Float]

        enum CodingKeys: String, CodingKey {
            case prompt, tokens, gap
            case firstLogits = "first_logits"
        }
    }

    private struct Beams: Decodable {
        let prompt: [Int32]
        let beams: Int
        let tokens: [Int32]
        let margin: Float
    }

    private struct Answer: Decodable {
        let greedy: [Greedy]
        let beams: [Beams]
    }

    /// The folders that version 4 reads as another model: it knows no `scale_decoder_outputs`, and ties what they say is tied.
    static let onlyVersion5 = [
        "saved-5-gated", "saved-5-gated with checkpoint", "saved-5-gated-tied", "scaled-own-head",
    ]
    static let bothVersions = [
        "activation-spelled-out", "ends-from-config", "ends-in-config", "ends-in-generation", "neutral-generation",
        "no-end-in-config", "no-end-in-generation", "other-names", "saved-4-gated", "saved-4-gated with checkpoint",
        "saved-4-relu", "saved-5-relu", "start-from-bos", "start-in-generation", "three-ends",
    ]
    static let cases = bothVersions.flatMap { [($0, 4), ($0, 5)] } + onlyVersion5.map { ($0, 5) }

    private static func path(_ name: String) -> String { Fixtures.path("t5-versions/\(name)") }

    private func answers(_ version: Int) throws -> [String: Answer] {
        try JSONFile.read(Self.path("answers-\(version).json"), as: [String: Answer].self, expected: "answers")
    }

    private func load(_ name: String) throws -> T5Model {
        let folder = name.split(separator: " ")[0]
        let checkpoint = name.hasSuffix("checkpoint") ? Self.path("checkpoint.pth") : nil
        return try T5Model(backboneDirectory: Self.path(String(folder)), checkpoint: checkpoint)
    }

    @Test(arguments: cases)
    func `texts and logits are those of the version`(_ name: String, version: Int) throws {
        let expected = try #require(try answers(version)[name])
        let model = try load(name)
        try #require(expected.greedy.count == 5 && expected.beams.count == 10)
        let prompts = expected.greedy.map(\.prompt)
        let all = (0..<Int32(model.configuration.vocabularySize)).map(\.self)
        let found = try model.generate(prompts, watching: all, limit: 10, batch: 2, threads: 2)
        for (found, expected) in zip(found, expected.greedy) {
            #expect(found.tokens == expected.tokens)
            #expect(abs(found.smallestGap - expected.gap) < 1e-4)
            #expect(largestDifference(found.watchedLogits[0], expected.firstLogits) < 1e-4)
        }
        for expected in expected.beams where expected.margin > 1e-4 {
            let found = try model.generate(
                [expected.prompt],
                beams: expected.beams,
                limit: 10,
                batch: 1,
                threads: 1
            )
            #expect(found[0].tokens == expected.tokens, "\(expected.beams) beams")
        }
    }

    @Test
    func `every folder is looked at, and only where the versions differ one of them is left out`() throws {
        let (four, five) = (try answers(4), try answers(5))
        #expect(Set(four.keys) == Set(Self.bothVersions + Self.onlyVersion5))
        #expect(Set(five.keys) == Set(four.keys))
        for name in Self.onlyVersion5 {
            let left = try #require(four[name]).greedy.flatMap(\.firstLogits)
            let right = try #require(five[name]).greedy.flatMap(\.firstLogits)
            #expect(largestDifference(left, right) > 1, "\(name)")
        }
    }

    @Test
    func `a head of its own is noted where the configuration ties it, and only there`() throws {
        #expect(try load("saved-5-gated").headNote?.contains("lm_head.weight") == true)
        for name in ["saved-4-gated", "saved-4-relu", "saved-5-gated-tied"] {
            #expect(try load(name).headNote == nil, "\(name)")
        }
    }
}
