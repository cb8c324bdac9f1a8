import CSentencePiece
import ModelFiles

/// A `spiece.model`: the pieces of a unigram model and the library that splits texts into them.
///
/// See https://github.com/google/sentencepiece.
// Safe to share: the model is set once and never changed; SentencePiece's encoding and decoding are const and keep no
// state of their own (google/sentencepiece#207, #657), and the handle is freed when no reference is left.
final class SentencePieceModel: @unchecked Sendable {
    /// The file it was read from.
    let path: String
    /// The number of pieces.
    let pieceCount: Int

    private let handle: OpaquePointer
    private let wordStarts: [UInt8]

    /// Reads a file.
    ///
    /// - Throws: `ModelFileError` where the file cannot be read, ``P5Error`` where it is not a SentencePiece model.
    init(path: String) throws {
        let file = try MappedFile(path: path, access: .sequential)
        var opened: OpaquePointer?
        var message = [CChar](repeating: 0, count: 256)
        let status = file.withBytes { bytes in
            coldstart_sentencepiece_open(bytes.baseAddress, bytes.count, &opened, &message, message.count)
        }
        guard status == COLDSTART_SENTENCEPIECE_OK, let opened else {
            let reason = String(decoding: message.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
            throw P5Error(
                .tokenizer,
                "\(path): found \(file.count) bytes that are not a SentencePiece model (\(reason)); "
                    + "copy spiece.model from the backbone's folder again"
            )
        }
        let count = Int(coldstart_sentencepiece_piece_count(opened))
        var flags = [UInt8](repeating: 0, count: count)
        guard coldstart_sentencepiece_word_starts(opened, &flags) == COLDSTART_SENTENCEPIECE_OK else {
            coldstart_sentencepiece_close(opened)
            throw P5Error(.tokenizer, "\(path): cannot list its \(count) pieces; copy spiece.model again")
        }
        self.path = path
        self.pieceCount = count
        self.handle = opened
        self.wordStarts = flags
    }

    deinit {
        coldstart_sentencepiece_close(handle)
    }

    /// Returns the id of the piece with exactly this text, `nil` where there is none.
    func id(of text: String) -> Int32? {
        let id = coldstart_sentencepiece_piece_id(handle, text, text.utf8.count)
        return id >= 0 ? id : nil
    }

    /// Whether the piece of an id has exactly this text and score.
    func isPiece(_ id: Int, _ text: String, score: Float) -> Bool {
        guard let id = Int32(exactly: id) else { return false }
        return coldstart_sentencepiece_is_piece(handle, id, text, text.utf8.count, score) == 1
    }

    /// Whether a piece begins with U+2581; false for ids that are no pieces.
    func startsWord(_ id: Int32) -> Bool {
        id >= 0 && Int(id) < pieceCount && wordStarts[Int(id)] != 0
    }

    /// Returns the ids of a text's pieces.
    ///
    /// - Throws: ``P5Error`` where the library refuses the text.
    /// - Complexity: O(*n*) in the length of the text.
    func encode(_ text: String) throws(P5Error) -> [Int32] {
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

    /// Returns the text of pieces; the space before the first word is left out.
    ///
    /// - Throws: ``P5Error`` where the library refuses the ids, such as one that is no piece's.
    func decode(_ kept: [Int32]) throws(P5Error) -> String {
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
}
