import ColdstartTestSupport
import ModelFiles
import Testing

@testable import P5

/// What is read of a `tokenizer.json`, and where a damaged one is told to be damaged.
struct FastTokenizerTests {
    private static let rest = #""pre_tokenizer": {"type": "Metaspace"}, "added_tokens": [{"id": 2, "content": "<a>"}]"#

    /// Checks a file with two pieces against them.
    private func check(_ text: String, first: Float = -1.5, path: (String) -> Void = { _ in }) throws {
        let folder = try TemporaryFolder()
        try folder.write(text, to: "tokenizer.json")
        path(folder.path + "/tokenizer.json")
        let tokenizer = try FastTokenizer(path: folder.path + "/tokenizer.json")
        #expect(tokenizer.tokens.map(\.text) == ["<a>"] && tokenizer.tokens.map(\.id) == [2])
        let pieces: [(String, Float)] = [("\u{2581}a", first), ("\u{e9}\"", -3)]
        try tokenizer.checkPieces(
            count: 2,
            isPiece: { pieces[$0] == ($1, $2) },
            isToken: { id, text in id == 2 && text == "<a>" }
        )
    }

    @Test(arguments: [
        #"{"model": {"type": "Unigram", "x": 0, "vocab": [["▁a", -1.5], ["\u00e9\"", -3, "more"], ["<a>", 0]]}, REST}"#,
        #"{REST, "model": {"vocab": [["▁a", -15e-1], ["é\"", -3], ["<a>", 0.0]], "type": "Unigram"}, "x": [{}]}"#,
    ])
    func `the pieces are read, whether the kind of the model stands before them or behind`(_ text: String) throws {
        let text = text.replacing("REST", with: Self.rest)
        try check(text)
        let error = try #require(throws: P5Error.self) { try check(text, first: -1.25) }
        #expect(error.message.contains("\"▁a\" (-1.5) with the id 0"), "\(error)")
    }

    @Test(arguments: [
        (#"{"model": {"type": "Unigram", "vocab": [["a", -1], ["b", "c"]]}, REST}"#, "model.vocab[1][1]", "number"),
        (#"{"model": {"vocab": [["a", -1], ["b", true]], "type": "Unigram"}, REST}"#, "model.vocab[1][1]", "number"),
        (#"{"model": {"type": "Unigram", "vocab": [[1, -1]]}, REST}"#, "model.vocab[0][0]", "text"),
        (#"{"model": {"type": "Unigram", "vocab": [["a", 1e999]]}, REST}"#, "model.vocab[0][1]", "64-bit"),
        (#"{"model": {"type": "Unigram", "vocab": [["a", 1], ["a"]]}, REST}"#, "model.vocab[1]", "and its score"),
        (#"{"model": {"type": "Unigram", "vocab": [["a", 1], []]}, REST}"#, "model.vocab[1]", "and its score"),
        (#"{"model": {"type": "Unigram", "vocab": {"a": 1}}, REST}"#, "model.vocab", "a list"),
        (#"{"model": {"type": "Unigram"}, REST}"#, "model.vocab", "no such key"),
        (#"{"model": {"type": 1, "vocab": []}, REST}"#, "model.type", "text"),
        (#"{"model": [], REST}"#, "model", "an object"),
        (#"{REST}"#, "model", "no such key"),
        (#"{"model": {"type": "Unigram", "vocab": [], "vocab": []}, REST}"#, "model", "twice"),
        (#"{"model": {"type": "Unigram", "vocab": []}, "added_tokens": [{"id": "2"}]}"#, "added_tokens[0].id", "whole"),
        (#"{"normalizer": {"normalizers": []}}"#, "normalizer.type", "no such key"),
    ])
    func `a file of another form is refused with its place`(_ text: String, place: String, word: String) throws {
        var path = ""
        let error = try #require(throws: ModelFileError.self) {
            try check(text.replacing("REST", with: Self.rest)) { path = $0 }
        }
        #expect("\(error)".hasPrefix("\(path): line 1, column "), "\(error)")
        #expect("\(error)".contains(", \(place): found") && "\(error)".contains(word), "\(error)")
    }

    @Test(arguments: [#""type": "Unigram", "vocab": VOCAB"#, #""vocab": VOCAB, "type": "Unigram""#])
    func `a file that was cut is refused wherever it ends`(_ model: String) throws {
        let model = model.replacing("VOCAB", with: #"[["▁a", -1.5], ["é\"", -3], ["<a>", 0]]"#)
        let text = "{\"model\": {\(model)}, \(Self.rest)}"
        try check(text)
        for end in text.indices {
            let error = #expect(throws: ModelFileError.self, "\(text[..<end])") { try check(String(text[..<end])) }
            #expect(error?.code == (end == text.startIndex ? .truncated : .malformed))
        }
    }

    @Test
    func `a model of another kind is refused by its name, whatever its pieces look like`() throws {
        for model in [#""type": "BPE", "vocab": {"a": 0}"#, #""vocab": {"a": 0}, "type": "BPE""#, #""vocab": []"#] {
            let error = try #require(throws: P5Error.self) { try check("{\"model\": {\(model)}, \(Self.rest)}") }
            #expect(error.message.contains("found the type \(model.contains("BPE") ? "BPE" : "nothing")"), "\(error)")
        }
    }
}
