import Foundation

/// Writes state dictionaries in the form of `torch.save`.
///
/// A zip archive of stored records, each beginning at a multiple of 64 bytes, with the pickle of the dictionary; see
/// https://docs.pytorch.org/docs/stable/notes/serialization.html.
enum TorchCheckpointWriter {
    /// Writes tensors in their order, each with a storage of its own.
    ///
    /// - Complexity: O(*n*) in the elements.
    static func write(_ tensors: [NamedFloats], to path: String) throws {
        var archive = StoredZipWriter(file: try FileHandle.created(path))
        try archive.add("checkpoint/data.pkl", pickle(of: tensors))
        try archive.add("checkpoint/byteorder", Data("little".utf8))
        for (index, tensor) in tensors.enumerated() {
            try archive.add("checkpoint/data/\(index)", Data(elements: tensor.elements))
        }
        try archive.add("checkpoint/version", Data("3\n".utf8))
        try archive.finish()
    }

    /// The pickle, protocol 2: a dict of names and calls of `_rebuild_tensor_v2`.
    private static func pickle(of tensors: [NamedFloats]) -> Data {
        var pickle = Data([0x80, 2])
        pickle.append(text: "}(")
        for (index, tensor) in tensors.enumerated() {
            pickle.append(pickled: tensor.name)
            pickle.append(text: "ctorch._utils\n_rebuild_tensor_v2\n((")
            pickle.append(pickled: "storage")
            pickle.append(text: "ctorch\nFloatStorage\n")
            pickle.append(pickled: String(index))
            pickle.append(pickled: "cpu")
            pickle.append(pickled: tensor.elements.count)
            pickle.append(text: "tQ")
            pickle.append(pickled: 0)
            pickle.append(pickled: tensor.shape)
            pickle.append(pickled: tensor.shape.indices.map { tensor.shape[($0 + 1)...].reduce(1, *) })
            // No gradient, no hooks.
            pickle.append(0x89)
            pickle.append(text: "ccollections\nOrderedDict\n)RtR")
        }
        pickle.append(text: "u.")
        return pickle
    }
}

extension Data {
    fileprivate mutating func append(pickled text: String) {
        append(text: "X")
        append(littleEndian: UInt32(text.utf8.count))
        append(text: text)
    }

    fileprivate mutating func append(pickled number: Int) {
        append(text: "J")
        append(littleEndian: Int32(number))
    }

    fileprivate mutating func append(pickled numbers: [Int]) {
        append(text: "(")
        for number in numbers { append(pickled: number) }
        append(text: "t")
    }
}
