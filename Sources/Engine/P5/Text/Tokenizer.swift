import ModelFiles
import Synchronization

/// A SentencePiece model as the T5 tokenizer uses it: ids are piece ids, special tokens are the pieces of their names.
///
/// Follows the `T5Tokenizer` of Hugging Face Transformers, versions 4.57 and 5.
package final class Tokenizer: Sendable {
    /// The id of padding, `nil` where the model has no such piece.
    package let padding: Int32?
    /// The id of `</s>`, the end of a text.
    package let end: Int32
    /// The id of what has no piece.
    package let unknown: Int32
    /// The tokens beyond the pieces.
    let added: AddedTokens

    private let model: SentencePieceModel
    /// The numeric pieces, computed at the first use.
    let knownNumericPieces = Mutex<NumericPieces?>(nil)

    /// The file it was read from.
    package var path: String { model.path }
    /// The number of pieces; ids beyond it belong to added tokens.
    package var pieceCount: Int { model.pieceCount }

    /// Reads a `spiece.model` and what the files beside it say of the tokenizer.
    ///
    /// - Throws: `ModelFileError` where a file cannot be read, ``P5Error`` where it is not a SentencePiece model or
    ///   another file contradicts it.
    package init(modelPath: String) throws {
        let model = try SentencePieceModel(path: modelPath)
        let end = try Self.required("</s>", in: model)
        let unknown = try Self.required("<unk>", in: model)
        let padding = model.id(of: "<pad>")
        let files = try TokenizerFiles(directory: folder(of: modelPath))
        var specials = ["</s>": end, "<unk>": unknown]
        specials["<pad>"] = padding
        let added = try AddedTokens(files: files, pieceCount: model.pieceCount, specials: specials)
        try files.fast?
            .checkPieces(
                count: model.pieceCount,
                isPiece: { model.isPiece($0, $1, score: $2) },
                isToken: { added.split($1) == [.token(Int32($0))] }
            )
        self.model = model
        self.end = end
        self.unknown = unknown
        self.padding = padding
        self.added = added
    }

    private static func required(_ text: String, in model: SentencePieceModel) throws(P5Error) -> Int32 {
        guard let id = model.id(of: text) else {
            throw P5Error(
                .tokenizer,
                "\(model.path): found no piece \"\(text)\", expected one, as T5's tokenizer needs; "
                    + "train the model with its special tokens"
            )
        }
        return id
    }

    /// Returns the ids of a text's added tokens and pieces, without an end mark.
    ///
    /// - Throws: ``P5Error`` where the library refuses the text.
    /// - Complexity: O(*n*) in the length of the text.
    package func pieces(of text: String) throws(P5Error) -> [Int32] {
        var ids: [Int32] = []
        for part in added.split(text) {
            switch part {
            case .token(let id): ids.append(id)
            case .text(let text): ids += try model.encode(text)
            }
        }
        return ids
    }

    /// Returns the ids of a text, cut so that with the end mark they are at most `maximumLength`.
    ///
    /// - Throws: ``P5Error`` where the library refuses the text.
    /// - Precondition: `maximumLength` is at least 1.
    package func encode(_ text: String, maximumLength: Int) throws(P5Error) -> [Int32] {
        precondition(maximumLength >= 1, "a maximum length of \(maximumLength)")
        var ids = try pieces(of: text)
        if ids.count > maximumLength - 1 { ids.removeSubrange((maximumLength - 1)...) }
        ids.append(end)
        return ids
    }

    /// Returns the text of ids; special tokens and ids that are no tokens are left out.
    ///
    /// An added token stands between pieces without spaces of its own, as Transformers 5 decodes it.
    ///
    /// - Throws: ``P5Error`` where the library refuses the ids.
    package func decode(_ ids: [Int32]) throws(P5Error) -> String {
        var text = ""
        var run: [Int32] = []
        func close() throws(P5Error) {
            guard let first = run.first else { return }
            // The library drops the space before the first word, which is right at the beginning of a text alone.
            text += try (text.isEmpty || !startsWord(first) ? "" : " ") + model.decode(run)
            run = []
        }
        for id in ids where !added.special.contains(id) {
            if let token = added.text(of: id) {
                try close()
                text += token
            } else if isPiece(id) {
                run.append(id)
            }
        }
        try close()
        return text
    }

    /// Whether an id is a piece's that is no special token.
    func isPiece(_ id: Int32) -> Bool {
        id >= 0 && Int(id) < pieceCount && !added.special.contains(id)
    }

    /// Whether a piece begins with U+2581; false for ids that are no pieces.
    func startsWord(_ id: Int32) -> Bool {
        model.startsWord(id)
    }

    /// Returns for each id the number of the word it belongs to, from 1; 0 for the end mark.
    ///
    /// A word begins at a piece that begins with U+2581, as P5's whole-word embeddings count (Geng et al., RecSys
    /// 2022).
    ///
    /// - Complexity: O(*n*).
    package func wordIndices(of ids: [Int32]) -> [Int32] {
        var word: Int32 = 0
        return ids.map { id in
            guard id != end else { return 0 }
            if startsWord(id) { word += 1 }
            return word
        }
    }
}
