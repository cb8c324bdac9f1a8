import ColdstartTestSupport
import ModelFiles
import Testing

@testable import P5

/// Tokenizers with files beside `spiece.model`, and what versions 4 and 5 of Transformers make of them.
struct AddedTokensTests {
    private struct Answer: Decodable {
        struct Encoding: Decodable {
            let text: String
            let ids: [Int32]
        }

        struct Decoding: Decodable {
            let ids: [Int32]
            let text: String
        }

        let end: Int32
        let unknown: Int32
        let padding: Int32
        let encode: [Encoding]
        let decode: [Decoding]
    }

    static let names = [
        "added-tokens", "added-tokens-decoder", "default-ids", "extra-ids-103", "no-extra-ids", "plain", "saved-4",
        "saved-5",
    ]

    private static func path(_ name: String) -> String { Fixtures.path("tokenizers/\(name)") }

    private func answers(_ version: Int) throws -> [String: Answer] {
        try JSONFile.read(Self.path("answers-\(version).json"), as: [String: Answer].self, expected: "answers")
    }

    private func tokenizer(_ name: String) throws -> Tokenizer {
        try Tokenizer(modelPath: Self.path(name) + "/spiece.model")
    }

    @Test(arguments: names)
    func `ids are those of both versions`(_ name: String) throws {
        let tokenizer = try tokenizer(name)
        let expected = try [4, 5].compactMap { try answers($0)[name] }
        // Version 4 cannot open what version 5 saved.
        #expect(expected.count == (name == "saved-5" ? 1 : 2))
        for expected in expected {
            #expect(tokenizer.end == expected.end && tokenizer.unknown == expected.unknown)
            #expect(tokenizer.padding == expected.padding)
            try #require(expected.encode.count == 9)
            for item in expected.encode {
                #expect(try tokenizer.encode(item.text, maximumLength: 256) == item.ids, "\(item.text)")
            }
        }
    }

    @Test(arguments: names)
    func `texts are those of version 5`(_ name: String) throws {
        let tokenizer = try tokenizer(name)
        let expected = try #require(try answers(5)[name])
        try #require(!expected.decode.isEmpty)
        for item in expected.decode { #expect(try tokenizer.decode(item.ids) == item.text, "\(item.ids)") }
    }

    @Test
    func `the longest token that begins at a place is taken`() throws {
        let tokenizer = try tokenizer("added-tokens")
        let ids = try tokenizer.pieces(of: "<item_1><item_11>")
        #expect(ids.count == 2 && ids[1] == ids[0] + 10)
        #expect(tokenizer.added.text(of: ids[1]) == "<item_11>")
        #expect(tokenizer.wordIndices(of: [ids[0], tokenizer.end]) == [0, 0])
    }

    /// A folder with the shared `spiece.model` and further files.
    private func folder(_ files: [String: String]) throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        try folder.write(try TemporaryFolder.bytes(of: Self.path("spiece.model")), to: "spiece.model")
        for (name, content) in files { try folder.write(content, to: name) }
        return folder
    }

    @Test(arguments: [
        ("added_tokens.json", #"{"<a>": 5}"#, "<a>"),
        ("added_tokens.json", #"{"<a>": 9999}"#, "<a>"),
        ("added_tokens.json", #"{"<extra_id_0>": 3}"#, "<extra_id_0>"),
        ("added_tokens.json", #"{"<a>": "5"}"#, "<a>"),
        ("tokenizer_config.json", #"{"eos_token": "<pad>"}"#, "eos_token"),
        ("special_tokens_map.json", #"{"unk_token": {"content": "<s>"}}"#, "unk_token"),
        ("special_tokens_map.json", #"{"additional_special_tokens": ["<a>"]}"#, "<a>"),
        ("tokenizer_config.json", #"{"tokenizer_class": "LlamaTokenizer"}"#, "tokenizer_class"),
        ("tokenizer_config.json", #"{"truncation_side": "left"}"#, "truncation_side"),
        ("tokenizer_config.json", #"{"sp_model_kwargs": {"enable_sampling": true}}"#, "sp_model_kwargs"),
        ("tokenizer_config.json", #"{"extra_ids": -1}"#, "extra_ids"),
        ("tokenizer_config.json", #"{"added_tokens_decoder": {"9999": {"content": "<a>"}}}"#, "<a>"),
    ])
    func `a file that asks for other ids is refused by name`(_ name: String, content: String, key: String) throws {
        let folder = try folder([name: content])
        let error = try #require(throws: P5Error.self) { try Tokenizer(modelPath: folder.path + "/spiece.model") }
        #expect(error.message.hasPrefix("\(folder.path)/\(name): "), "\(error)")
        #expect(error.message.contains(key) && !error.message.contains("\n"), "\(error)")
    }

    @Test
    func `the behaviour that is not the legacy one is refused beside added tokens alone`() throws {
        let config = #"{"legacy": false}"#
        let alone = try folder(["tokenizer_config.json": config])
        _ = try Tokenizer(modelPath: alone.path + "/spiece.model")
        let added = try String(
            decoding: TemporaryFolder.bytes(of: Self.path("added-tokens/added_tokens.json")),
            as: UTF8.self
        )
        let both = try folder(["tokenizer_config.json": config, "added_tokens.json": added])
        let error = try #require(throws: P5Error.self) { try Tokenizer(modelPath: both.path + "/spiece.model") }
        #expect(error.message.contains("legacy"))
    }

    @Test(arguments: [
        (#""type": "Unigram""#, #""type": "BPE""#, "BPE"),
        (#""normalizer": null"#, #""normalizer": {"type": "Lowercase"}"#, "Lowercase"),
        (#""prepend_scheme": "always""#, #""prepend_scheme": "never""#, "pre_tokenizer"),
        (#""<item_3>""#, #""<item_x>""#, "<item_"),
        ("[\n        \"m\",", "[\n        \"M\",", "\"M\""),
    ])
    func `a tokenizer.json that contradicts spiece.model is refused`(_ old: String, _ new: String, word: String) throws
    {
        var files: [String: String] = [:]
        for name in ["tokenizer.json", "tokenizer_config.json"] {
            files[name] = String(decoding: try TemporaryFolder.bytes(of: Self.path("saved-5/\(name)")), as: UTF8.self)
        }
        let json = try #require(files["tokenizer.json"])
        files["tokenizer.json"] = json.replacing(old, with: new, maxReplacements: 1)
        try #require(files["tokenizer.json"] != json)
        // The added tokens of both, so that a renamed one is seen.
        files["added_tokens.json"] = String(
            decoding: try TemporaryFolder.bytes(of: Self.path("added-tokens/added_tokens.json")),
            as: UTF8.self
        )
        let folder = try folder(files)
        let error = try #require(throws: (any Error).self) { try Tokenizer(modelPath: folder.path + "/spiece.model") }
        #expect("\(error)".contains(word), "\(error)")
    }

    @Test
    func `a model that means other special tokens is refused`() throws {
        let tokenizer = try tokenizer("default-ids")
        var configuration = try T5Configuration(path: Fixtures.path("t5-versions/saved-4-relu/config.json"))
        configuration.vocabularySize = 200
        let end = try #require(throws: P5Error.self) { try tokenizer.check(against: configuration) }
        #expect(end.message.contains("</s> with the id 2") && end.message.contains("eos_token_id 1"), "\(end)")
        configuration.modelEndTokens = [9, 2]
        let padding = try #require(throws: P5Error.self) { try tokenizer.check(against: configuration) }
        #expect(padding.message.contains("pad_token_id 0"), "\(padding)")
        configuration.paddingToken = 3
        try tokenizer.check(against: configuration)
        configuration.vocabularySize = 20
        #expect(throws: P5Error.self) { try tokenizer.check(against: configuration) }
    }
}
