import Formats

/// Reads weights of whichever container a file is, told by its first bytes; its name decides only the message where
/// these say nothing.
package enum WeightsReader {
    /// Opens the tensors of a safetensors file or a PyTorch checkpoint, or of all files that an index names, without
    /// reading their elements.
    ///
    /// - Returns: The tensors in the container's order.
    /// - Throws: ``ModelFileError`` where the file is none of these, or is damaged.
    /// - Complexity: O(*n* log *n*) in the number of tensors.
    package static func read(_ path: String) throws(ModelFileError) -> StateDict {
        let file = try MappedFile(path: path)
        return switch file.withBytes(container) ?? container(named: path) {
        case .torch: try TorchCheckpointReader.read(path)
        case .safetensors: try SafetensorsReader.read(path)
        case .index: try ShardedWeights.read(path)
        }
    }

    private enum Container {
        case torch, safetensors, index
    }

    private static func container(_ bytes: UnsafeRawBufferPointer) -> Container? {
        if TorchContainer(bytes) != nil { return .torch }
        if ForeignContent(bytes) == .safetensors { return .safetensors }
        var scanner = JSONScanner(bytes)
        return scanner.nextByte == UInt8(ascii: "{") ? .index : nil
    }

    private static func container(named path: String) -> Container {
        if path.hasSuffix(ShardedWeights.suffix) { return .index }
        return path.hasSuffix(".safetensors") ? .safetensors : .torch
    }
}
