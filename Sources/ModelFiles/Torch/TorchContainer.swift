/// The containers that `torch.save` has written over the years, told by their first bytes.
enum TorchContainer {
    /// A zip archive of stored records, since PyTorch 1.6.
    case zipArchive
    /// A sequence of pickles followed by the storages, before PyTorch 1.6.
    case pickleStream

    /// The pickle of the number 0x1950a86a20f9469cfc6c, with which the older container begins.
    static let magicPickle: [UInt8] = [
        0x80, 0x02, 0x8a, 0x0a, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19, 0x2e,
    ]

    /// What to do about a damaged checkpoint.
    static let fix = "copy the checkpoint again, or write it with torch.save"

    /// Tells the container; `nil` where it is neither.
    init?(_ bytes: UnsafeRawBufferPointer) {
        if StoredZipArchive.isLikely(bytes) {
            self = .zipArchive
        } else if bytes.starts(with: TorchContainer.magicPickle) {
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
        return ModelFileError(
            bytes.isEmpty ? .truncated : .malformed,
            path: path,
            place: "byte 0",
            found: bytes.isEmpty ? "an empty file" : "the bytes " + beginning.joined(separator: " "),
            expected: "torch.save's zip archive, which begins with 50 4b 03 04",
            fix: "copy the checkpoint again"
        )
    }
}
