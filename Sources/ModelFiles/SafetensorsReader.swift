/// Reads state dictionaries of the safetensors format.
package enum SafetensorsReader {
    /// Opens the tensors of a file without reading their elements.
    package static func read(_ path: String) throws(ModelFileError) -> StateDict {
        throw ModelFileError(.unsupported, path: path, place: "file", found: "safetensors", expected: "a later version")
    }
}
