import Formats

/// A checkpoint of PyTorch before 1.6 by its parts.
///
/// Four pickles follow each other: a magic number, the protocol's version, what the writing machine was like, and the
/// object. Then come a pickle with the keys of the storages and, for each of them, its number of elements in eight bytes
/// and the elements. Described by `torch.save` with `_use_new_zipfile_serialization=False`. The elements are little-endian
/// whatever machine wrote them.
struct TorchPickleStream {
    /// The object, as a value of `machine`.
    let root: PickleValue
    /// The machine that made it.
    let machine: PickleMachine
    /// The bytes of each storage by its key.
    let storages: [ExactText: Range<Int>]

    /// Reads the parts of a file that begins with the magic number.
    init(_ bytes: UnsafeRawBufferPointer, path: String) throws(ModelFileError) {
        var offset = TorchContainer.magicLength(bytes) ?? 0
        func run(_ part: String) throws(ModelFileError) -> (PickleValue, PickleMachine) {
            var machine = PickleMachine(bytes, at: offset)
            do {
                let value = try machine.run()
                offset = machine.reader.offset
                return (value, machine)
            } catch {
                throw error.located(path, part)
            }
        }
        let (version, _) = try run("protocol version")
        guard version == .integer(1001) else {
            throw TorchPickleStream.fault(.unsupported, path, "protocol version", "another version", "1001")
        }
        _ = try run("system information")
        (root, machine) = try run("pickle")
        let keys = try TorchPickleStream.keys(try run("storage keys"), path: path)
        storages = try TorchPickleStream.locate(keys, of: machine, in: bytes, at: offset, path: path)
    }

    private static func keys(
        _ list: (PickleValue, PickleMachine),
        path: String
    ) throws(ModelFileError) -> [String] {
        guard case .list(let index) = list.0 else {
            throw fault(.malformed, path, "storage keys", list.0.kind, "a list of str")
        }
        var keys: [String] = []
        for value in list.1.sequences[index] {
            guard case .string(let key) = value else {
                throw fault(.malformed, path, "storage keys", value.kind, "a str")
            }
            keys.append(key)
        }
        return keys
    }

    private static func locate(
        _ keys: [String],
        of machine: PickleMachine,
        in bytes: UnsafeRawBufferPointer,
        at start: Int,
        path: String
    ) throws(ModelFileError) -> [ExactText: Range<Int>] {
        // Several tensors may name a storage; a lie in one of the names shows when its tensor is made.
        let described = Dictionary(
            machine.storages.map { (ExactText($0.key), $0) },
            uniquingKeysWith: { first, _ in first }
        )
        var reader = ByteReader(bytes, at: start)
        var ranges: [ExactText: Range<Int>] = [:]
        for key in keys {
            guard let storage = described[ExactText(key)], let byteCount = storage.byteCount else {
                throw fault(.malformed, path, "storage \(quoted(key))", "no tensor of it", "one that tells its type")
            }
            guard let count: UInt64 = reader.integer() else {
                throw fault(.truncated, path, "storage \(quoted(key))", "the end of the file", "its number of elements")
            }
            guard count == UInt64(storage.elementCount) else {
                throw fault(.malformed, path, "storage \(quoted(key))", "\(count) elements", "\(storage.elementCount)")
            }
            let begin = reader.offset
            guard reader.skip(byteCount) else {
                throw fault(
                    .truncated,
                    path,
                    "storage \(quoted(key))",
                    "\(reader.remaining) bytes",
                    "\(byteCount)"
                )
            }
            guard ranges.updateValue(begin..<reader.offset, forKey: ExactText(key)) == nil else {
                throw fault(.malformed, path, "storage \(quoted(key))", "the key twice", "each key once")
            }
        }
        guard reader.remaining == 0 else {
            throw fault(.malformed, path, "end of file", "\(reader.remaining) bytes behind the storages", "none")
        }
        return ranges
    }

    private static func fault(
        _ code: ModelFileError.Code,
        _ path: String,
        _ place: String,
        _ found: String,
        _ expected: String
    ) -> ModelFileError {
        ModelFileError(code, path: path, place: place, found: found, expected: expected, fix: TorchContainer.fix)
    }
}
