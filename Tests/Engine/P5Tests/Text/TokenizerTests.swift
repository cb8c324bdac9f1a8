import ColdstartTestSupport
import ModelFiles
import Testing

@testable import P5

struct TokenizerTests {
    struct Cases: Decodable {
        struct Encoding: Decodable {
            let text: String
            let maximumLength: Int
            let ids: [Int32]
            let wholeWords: [Int32]

            enum CodingKeys: String, CodingKey {
                case text
                case maximumLength = "max_length"
                case ids
                case wholeWords = "whole_words"
            }
        }

        struct Decoding: Decodable {
            let ids: [Int32]
            let text: String
            let score: Double
        }

        let pieceCount: Int
        let encode: [Encoding]
        let decode: [Decoding]

        enum CodingKeys: String, CodingKey {
            case pieceCount = "piece_count"
            case encode
            case decode
        }

        static func read() throws -> Cases {
            try JSONFile.read(Fixtures.path("sentencepiece/cases.json"), as: Cases.self, expected: "cases")
        }
    }

    private let modelPath = Fixtures.path("sentencepiece/spiece.model")

    @Test
    func `texts become the reference's ids and word indices`() throws {
        let tokenizer = try Tokenizer(modelPath: modelPath)
        let cases = try Cases.read()
        #expect(tokenizer.pieceCount == cases.pieceCount)
        try #require(!cases.encode.isEmpty)
        for item in cases.encode {
            let ids = try tokenizer.encode(item.text, maximumLength: item.maximumLength)
            #expect(ids == item.ids, "\(item.text)")
            #expect(tokenizer.wordIndices(of: ids) == item.wholeWords, "\(item.text)")
        }
    }

    @Test
    func `ids become the reference's texts and scores`() throws {
        let tokenizer = try Tokenizer(modelPath: modelPath)
        let cases = try Cases.read()
        try #require(!cases.decode.isEmpty)
        for item in cases.decode {
            let text = try tokenizer.decode(item.ids)
            #expect(text == item.text, "\(item.ids)")
            #expect(RatingText.score(text) == item.score, "\(item.ids)")
        }
    }

    @Test
    func `ids without a piece are left out of a text`() throws {
        let tokenizer = try Tokenizer(modelPath: modelPath)
        let seven = try tokenizer.pieces(of: "7")
        let ids = [-1, Int32.min, 0] + seven + [2, 1, Int32(tokenizer.pieceCount), .max]
        #expect(try tokenizer.decode(ids) == "7")
    }

    @Test
    func `a text far longer than any prompt is encoded whole`() throws {
        let tokenizer = try Tokenizer(modelPath: modelPath)
        let text = String(repeating: "movie_318:9, ", count: 2_000)
        let pieces = try tokenizer.pieces(of: text)
        #expect(pieces.count > 10_000)
        #expect(try tokenizer.encode(text, maximumLength: 256) == pieces.prefix(255) + [tokenizer.end])
        #expect(try tokenizer.decode(pieces).utf8.count == text.utf8.count - 1)
    }

    @Test
    func `a missing model is named in one line`() throws {
        let error = try #require(throws: ModelFileError.self) { try Tokenizer(modelPath: "/nowhere/spiece.model") }
        #expect(error.description.contains("/nowhere/spiece.model"))
        #expect(!error.description.contains("\n"))
    }

    @Test(arguments: ["", "not a model", "\u{0}\u{1}\u{2}", String(repeating: "\u{7f}", count: 5_000)])
    func `bytes that are no model are refused in one line`(_ content: String) throws {
        let folder = try TemporaryFolder()
        let path = try folder.write(content, to: "spiece.model")
        let error = try #require(throws: P5Error.self) { try Tokenizer(modelPath: path) }
        #expect(error.code == .tokenizer)
        #expect(error.message.contains(path))
        #expect(!error.message.contains("\n"))
    }

    @Test(arguments: [1, 100, 5_000, 200_000])
    func `a truncated model is refused or still serves`(_ length: Int) throws {
        let folder = try TemporaryFolder()
        let bytes = try TemporaryFolder.bytes(of: modelPath)
        let path = try folder.write(bytes.prefix(min(length, bytes.count - 1)), to: "spiece.model")
        do {
            let tokenizer = try Tokenizer(modelPath: path)
            #expect(try tokenizer.encode("movie_318:9", maximumLength: 10).last == tokenizer.end)
        } catch let error as P5Error {
            #expect(error.code == .tokenizer)
        }
    }
}
