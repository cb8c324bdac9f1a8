import Foundation

/// Writes safetensors files, as https://huggingface.co/docs/safetensors describes them.
enum SafetensorsWriter {
    /// Writes tensors in their order.
    ///
    /// - Complexity: O(*n*) in the elements.
    static func write(_ tensors: [NamedFloats], to path: String) throws {
        var offset = 0
        let entries = tensors.map { tensor in
            let end = offset + 4 * tensor.elements.count
            defer { offset = end }
            let shape = tensor.shape.map(String.init).joined(separator: ",")
            return #""\#(tensor.name)":{"dtype":"F32","shape":[\#(shape)],"data_offsets":[\#(offset),\#(end)]}"#
        }
        var header = "{" + entries.joined(separator: ",") + "}"
        header += String(repeating: " ", count: (8 - header.utf8.count % 8) % 8)
        var beginning = Data()
        beginning.append(littleEndian: UInt64(header.utf8.count))
        beginning.append(text: header)
        let file = try FileHandle.created(path)
        try file.write(contentsOf: beginning)
        for tensor in tensors { try file.write(contentsOf: Data(elements: tensor.elements)) }
        try file.close()
    }
}

extension FileHandle {
    /// Creates an empty file, or empties one, and opens it for writing.
    static func created(_ path: String) throws -> FileHandle {
        try Data().write(to: URL(fileURLWithPath: path))
        return try FileHandle(forWritingTo: URL(fileURLWithPath: path))
    }
}
