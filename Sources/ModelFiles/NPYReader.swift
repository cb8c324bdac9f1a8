/// Reads arrays of NumPy's `.npy` format.
package enum NPYReader {
    /// Opens an array without reading its elements.
    package static func read(_ path: String) throws(ModelFileError) -> Tensor {
        throw ModelFileError(.unsupported, path: path, place: "file", found: "npy", expected: "a later version")
    }
}
