import ColdstartTestSupport
import ModelFiles

/// Writes zip archives as `torch.save` does, with whatever pickle and records a test wants.
struct CheckpointBuilder {
    var folder = "archive/"
    var records: [(name: String, bytes: [UInt8])] = []
    var method: UInt16 = 0
    var comment: [UInt8] = []
    var entryCount: UInt16?
    var directoryOffset: UInt32?

    /// A checkpoint with one pickle and perhaps one storage of so many bytes.
    init(pickle: [UInt8], storage: Int? = nil, byteOrder: String? = "little") {
        records.append(("data.pkl", pickle))
        if let byteOrder { records.append(("byteorder", Array(byteOrder.utf8))) }
        if let storage { records.append(("data/0", [UInt8](repeating: 0, count: storage))) }
    }

    /// The bytes of the archive.
    func archive() -> [UInt8] {
        var bytes: [UInt8] = []
        var directory: [UInt8] = []
        for record in records {
            let name = Array((folder + record.name).utf8)
            var common = little(UInt16(0), method, 0, 0, 0, 0)
            common += little(UInt32(record.bytes.count), UInt32(record.bytes.count))
            common += little(UInt16(name.count), 0)
            directory += little(UInt32(0x0201_4b50))
            directory += little(UInt16(0), 0)
            directory += common
            directory += little(UInt16(0), 0, 0, 0, 0)
            directory += little(UInt32(bytes.count))
            directory += name
            bytes += little(UInt32(0x0403_4b50))
            bytes += little(UInt16(0))
            bytes += common
            bytes += name
            bytes += record.bytes
        }
        let count = entryCount ?? UInt16(records.count)
        let offset = directoryOffset ?? UInt32(bytes.count)
        bytes += directory
        bytes += little(UInt32(0x0605_4b50))
        bytes += little(UInt16(0), 0, count, count)
        bytes += little(UInt32(directory.count), offset)
        bytes += little(UInt16(comment.count))
        return bytes + comment
    }

    /// Reads the archive as a checkpoint.
    func read() throws -> StateDict {
        let folder = try TemporaryFolder()
        return try TorchCheckpointReader.read(folder.write(archive(), to: "checkpoint.pth"))
    }

    private func little<Value: FixedWidthInteger>(_ values: Value...) -> [UInt8] {
        values.flatMap { value in withUnsafeBytes(of: value.littleEndian) { Array($0) } }
    }
}

/// Pickle opcodes in the order in which a test writes them.
enum Pickle {
    static let proto: [UInt8] = [0x80, 2]
    static let stop: [UInt8] = [0x2e]
    static let mark: [UInt8] = [0x28]
    static let emptyDictionary: [UInt8] = [0x7d]
    static let emptyTuple: [UInt8] = [0x29]
    static let none: [UInt8] = [0x4e]
    static let tuple: [UInt8] = [0x74]
    static let reduce: [UInt8] = [0x52]
    static let setItem: [UInt8] = [0x73]
    static let persistentID: [UInt8] = [0x51]
    static let isFalse: [UInt8] = [0x89]

    static func bytes(_ parts: [UInt8]...) -> [UInt8] {
        Array(parts.joined())
    }

    static func text(_ text: String) -> [UInt8] {
        [0x58] + withUnsafeBytes(of: UInt32(text.utf8.count).littleEndian) { Array($0) } + Array(text.utf8)
    }

    static func global(_ module: String, _ name: String) -> [UInt8] {
        [0x63] + Array("\(module)\n\(name)\n".utf8)
    }

    static func integer(_ value: Int) -> [UInt8] {
        [0x8a, 8] + withUnsafeBytes(of: value.littleEndian) { Array($0) }
    }

    static func integers(_ values: [Int]) -> [UInt8] {
        mark + values.flatMap(integer) + tuple
    }

    /// A tensor over the storage `0`.
    static func tensor(
        storageCount: Int,
        offset: Int,
        shape: [Int],
        strides: [Int],
        storage: String = "FloatStorage",
        key: String = "0"
    ) -> [UInt8] {
        let identifier = bytes(
            mark,
            text("storage"),
            global("torch", storage),
            text(key),
            text("cpu"),
            integer(storageCount),
            tuple,
            persistentID
        )
        let hooks = bytes(global("collections", "OrderedDict"), emptyTuple, reduce)
        return bytes(
            global("torch._utils", "_rebuild_tensor_v2"),
            mark,
            identifier,
            integer(offset),
            integers(shape),
            integers(strides),
            isFalse,
            hooks,
            tuple,
            reduce
        )
    }

    /// A state dict with one entry.
    static func dictionary(_ value: [UInt8]) -> [UInt8] {
        bytes(proto, emptyDictionary, text("weight"), value, setItem, stop)
    }
}
