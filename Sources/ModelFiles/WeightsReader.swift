/// Reads weights of whichever container a file is, told by its first bytes, or by its name where these say nothing.
package enum WeightsReader {
    /// Opens the tensors of a safetensors file or a PyTorch checkpoint, or of all files that an index names, without
    /// reading their elements.
    ///
    /// - Returns: The tensors in the container's order.
    /// - Throws: ``ModelFileError`` where the file is neither, or is damaged.
    /// - Complexity: O(*n* log *n*) in the number of tensors.
    package static func read(_ path: String) throws(ModelFileError) -> StateDict {
        if path.hasSuffix(ShardedWeights.suffix) { return try ShardedWeights.read(path) }
        let file = try MappedFile(path: path)
        let isTorch =
            file.withBytes { TorchContainer($0) != nil } || [".pth", ".pt", ".bin"].contains(where: path.hasSuffix)
        return isTorch ? try TorchCheckpointReader.read(path) : try SafetensorsReader.read(path)
    }
}
