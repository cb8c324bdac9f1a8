/// Reads state dictionaries that PyTorch's `torch.save` wrote.
package enum TorchCheckpointReader {
    /// Opens the tensors of a checkpoint without reading their elements.
    package static func read(_ path: String) throws(ModelFileError) -> StateDict {
        throw ModelFileError(.unsupported, path: path, place: "file", found: "torch", expected: "a later version")
    }
}
