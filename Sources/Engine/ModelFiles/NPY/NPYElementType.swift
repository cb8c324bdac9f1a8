/// The type of an `.npy` array's elements, read from its `descr` as NumPy's `dtype` reads it.
struct NPYElementType: Hashable {
    /// The type.
    let elementType: ElementType
    /// Whether the most significant byte comes first.
    let isBigEndian: Bool

    /// Parses a descriptor such as `<f4`, `>f8`, `=f4`, `f8`, `float32` or `d`; `nil` where it is no float.
    ///
    /// An order of bytes that is not said, or said to be this machine's, is little-endian, which all are that write here.
    init?(descriptor: String) {
        var name = descriptor[...]
        var isBigEndian = false
        if let order = name.first, "<>=|".contains(order) {
            isBigEndian = order == ">"
            name = name.dropFirst()
        }
        switch name {
        case "f8", "d", "float64", "double", "float": elementType = .float64
        case "f4", "f", "float32", "single": elementType = .float32
        case "f2", "e", "float16", "half": elementType = .float16
        default: return nil
        }
        self.isBigEndian = isBigEndian
    }
}
