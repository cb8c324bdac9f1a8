import Formats

/// The containers that `torch.save` has written over the years, told by their first bytes.
enum TorchContainer {
    /// A zip archive of stored records, since PyTorch 1.6.
    case zipArchive
    /// A sequence of pickles followed by the storages, before PyTorch 1.6.
    case pickleStream

    /// The number 0x1950a86a20f9469cfc6c as an opcode, and the end of its pickle.
    private static let magicNumber: [UInt8] = [
        0x8a, 0x0a, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19, 0x2e,
    ]

    /// What to do about a damaged checkpoint.
    static let fix = "copy the checkpoint again, or write it with torch.save"
    /// What to do about a sound checkpoint in a form that is not read here.
    static let rewriteFix = "write it again where PyTorch reads it: torch.save(torch.load(path), path)"

    /// The length of the pickle of the magic number with which the older container begins, `nil` where none is there.
    ///
    /// From protocol 4 on the number stands in a frame.
    static func magicLength(_ bytes: UnsafeRawBufferPointer) -> Int? {
        var reader = ByteReader(bytes)
        guard reader.integer(UInt8.self) == 0x80, let version = reader.integer(UInt8.self), (2...5).contains(version)
        else { return nil }
        if bytes.count > 2, bytes[2] == 0x95 { _ = reader.skip(9) }
        guard reader.run(magicNumber.count)?.elementsEqual(magicNumber) ?? false else { return nil }
        return reader.offset
    }

    /// Tells the container; `nil` where it is neither.
    init?(_ bytes: UnsafeRawBufferPointer) {
        if StoredZipArchive.isLikely(bytes) {
            self = .zipArchive
        } else if TorchContainer.magicLength(bytes) != nil {
            self = .pickleStream
        } else {
            return nil
        }
    }

    /// The error for a file that `torch.save` did not write.
    static func unknownError(_ bytes: UnsafeRawBufferPointer, path: String) -> ModelFileError {
        let beginning = bytes.prefix(4)
            .map { byte in
                let digits = String(byte, radix: 16)
                return digits.count == 1 ? "0" + digits : digits
            }
        let content = ForeignContent(bytes)
        let (found, fix) =
            switch content {
            case nil where bytes.isEmpty: ("an empty file", fix)
            case nil: ("the bytes " + beginning.joined(separator: " "), fix)
            case .tar:
                ("a tar archive", "unpack it, and name the file inside; one of PyTorch before 0.2 is to be saved again")
            case .pickle: ("a Python pickle that torch.save did not write", "write the state_dict() with torch.save")
            case let content?: (content.found, content.fix)
            }
        return ModelFileError(
            bytes.isEmpty ? .truncated : .malformed,
            path: path,
            place: "byte 0",
            found: found,
            expected: "a checkpoint of torch.save, or a safetensors file",
            fix: fix
        )
    }
}
