import CSentencePiece
import ModelFiles
import Synchronization

/// A SentencePiece model as the T5 tokenizer uses it: ids are piece ids, the end mark is 1.
///
/// Follows https://github.com/google/sentencepiece and the T5 tokenizer of Hugging Face Transformers.
// Safe to share: the model is set once and never changed; SentencePiece's encoding and decoding are const and keep no
// state of their own (google/sentencepiece#207, #657), and the handle is freed when no reference is left.
package final class Tokenizer: @unchecked Sendable {
    /// The id of padding.
    package static let padding: Int32 = 0
    /// The id of `</s>`, the end of a text.
    package static let end: Int32 = 1
    /// The id of what has no piece.
    package static let unknown: Int32 = 2

    /// The file it was read from.
    package let path: String
    /// The number of pieces; ids beyond it belong to tokens that no text encodes to.
    package let pieceCount: Int

    private let handle: OpaquePointer
    private let startsWord: [UInt8]
    /// The numeric pieces once somebody asked for them.
    let knownNumericPieces = Mutex<NumericPieces?>(nil)

    /// Reads a `spiece.model`.
    ///
    /// - Throws: `ModelFileError` where the file cannot be read, ``P5Error`` where it is not a SentencePiece model.
    package init(modelPath: String) throws {
        let file = try MappedFile(path: modelPath, access: .sequential)
        var opened: OpaquePointer?
        var message = [CChar](repeating: 0, count: 256)
        let status = file.withBytes { bytes in
            coldstart_sentencepiece_open(bytes.baseAddress, bytes.count, &opened, &message, message.count)
        }
        guard status == COLDSTART_SENTENCEPIECE_OK, let opened else {
            let reason = String(decoding: message.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
            throw P5Error(
                .tokenizer,
                "\(modelPath): found \(file.count) bytes that are not a SentencePiece model (\(reason)); "
                    + "copy spiece.model from the backbone's folder again"
            )
        }
        let count = Int(coldstart_sentencepiece_piece_count(opened))
        var flags = [UInt8](repeating: 0, count: count)
        guard coldstart_sentencepiece_word_starts(opened, &flags) == COLDSTART_SENTENCEPIECE_OK, count > 2 else {
            coldstart_sentencepiece_close(opened)
            throw P5Error(
                .tokenizer,
                "\(modelPath): found \(count) pieces, expected at least the pad, end and unknown pieces; "
                    + "copy spiece.model from the backbone's folder again"
            )
        }
        self.path = modelPath
        self.pieceCount = count
        self.handle = opened
        self.startsWord = flags
    }

    deinit {
        coldstart_sentencepiece_close(handle)
    }

    /// Returns the ids of a text's pieces, without an end mark.
    ///
    /// - Throws: ``P5Error`` where the library refuses the text.
    /// - Complexity: O(*n*) in the length of the text.
    package func pieces(of text: String) throws(P5Error) -> [Int32] {
        var text = text
        // A piece covers at least one byte; normalisation may expand a character, so the true count decides.
        var ids = [Int32](repeating: 0, count: text.utf8.count + 1)
        while true {
            var count = 0
            let status = text.withUTF8 { bytes in
                bytes.withMemoryRebound(to: CChar.self) { characters in
                    coldstart_sentencepiece_encode(
                        handle,
                        characters.baseAddress,
                        characters.count,
                        &ids,
                        ids.count,
                        &count
                    )
                }
            }
            guard status == COLDSTART_SENTENCEPIECE_OK else {
                throw P5Error(.tokenizer, "\(path): cannot encode a text of \(text.utf8.count) bytes")
            }
            if count <= ids.count {
                ids.removeSubrange(count...)
                return ids
            }
            ids = [Int32](repeating: 0, count: count)
        }
    }

    /// Returns the ids of a text, cut so that with the end mark they are at most `maximumLength`.
    ///
    /// - Throws: ``P5Error`` where the library refuses the text.
    /// - Precondition: `maximumLength` is at least 1.
    package func encode(_ text: String, maximumLength: Int) throws(P5Error) -> [Int32] {
        precondition(maximumLength >= 1, "a maximum length of \(maximumLength)")
        var ids = try pieces(of: text)
        if ids.count > maximumLength - 1 { ids.removeSubrange((maximumLength - 1)...) }
        ids.append(Tokenizer.end)
        return ids
    }

    /// Returns the text of ids; special tokens and ids that are no pieces are left out.
    ///
    /// - Throws: ``P5Error`` where the library refuses the ids.
    package func decode(_ ids: [Int32]) throws(P5Error) -> String {
        let kept = ids.filter { $0 > Tokenizer.unknown && Int($0) < pieceCount }
        var bytes = [UInt8](repeating: 0, count: 64)
        while true {
            var length = 0
            let capacity = bytes.count
            let status = bytes.withUnsafeMutableBytes { buffer in
                coldstart_sentencepiece_decode(
                    handle,
                    kept,
                    kept.count,
                    buffer.baseAddress?.assumingMemoryBound(to: CChar.self),
                    capacity,
                    &length
                )
            }
            guard status == COLDSTART_SENTENCEPIECE_OK else {
                throw P5Error(.tokenizer, "\(path): cannot decode \(kept.count) ids")
            }
            if length <= capacity { return String(decoding: bytes[..<length], as: UTF8.self) }
            bytes = [UInt8](repeating: 0, count: length)
        }
    }

    /// Whether a piece begins with U+2581; false for ids that are no pieces.
    func startsWord(_ id: Int32) -> Bool {
        id >= 0 && Int(id) < pieceCount && startsWord[Int(id)] != 0
    }

    /// Returns for each id the number of the word it belongs to, from 1; 0 for the end mark.
    ///
    /// A word begins at a piece that begins with U+2581, as P5's whole-word embeddings count (Geng et al., RecSys 2022).
    ///
    /// - Complexity: O(*n*).
    package func wordIndices(of ids: [Int32]) -> [Int32] {
        var word: Int32 = 0
        return ids.map { id in
            guard id != Tokenizer.end else { return 0 }
            if startsWord(id) { word += 1 }
            return word
        }
    }
}
