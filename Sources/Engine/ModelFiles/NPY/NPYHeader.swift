/// The header of an `.npy` file: a Python dictionary literal with the keys `descr`, `fortran_order` and `shape`.
struct NPYHeader: Hashable {
    /// The type of the elements, such as `<f4`.
    var descriptor: String
    /// Whether the first dimension varies fastest.
    var isFortranOrder: Bool
    /// The length of each dimension.
    var shape: [Int]

    /// What is wrong with a header, and at which of its bytes.
    struct Fault: Error {
        var offset: Int
        var found: String
        var expected: String
    }

    /// Parses the literal as NumPy does (`ast.literal_eval`, after the `L` of Python 2's integers is gone): keys in any
    /// order, blanks and a trailing comma where Python allows them, strings in either quotes, with or without `u`.
    init(parsing text: UnsafeRawBufferPointer) throws(Fault) {
        var parser = PythonLiteralParser(text: text)
        var descriptor: String?
        var isFortranOrder: Bool?
        var shape: [Int]?
        try parser.expect("{")
        while !parser.take("}") {
            let keyOffset = parser.offset
            let key = try parser.string()
            try parser.expect(":")
            switch key {
            case "descr" where descriptor == nil:
                descriptor = try parser.descriptor()
            case "fortran_order" where isFortranOrder == nil:
                isFortranOrder = try parser.boolean()
            case "shape" where shape == nil:
                shape = try parser.tuple()
            default:
                throw Fault(
                    offset: keyOffset,
                    found: "the key \(quoted(key))",
                    expected: "descr, fortran_order and shape, each once"
                )
            }
            if !parser.take(",") {
                try parser.expect("}")
                break
            }
        }
        try parser.expectEnd()
        guard let descriptor, let isFortranOrder, let shape else {
            throw Fault(
                offset: 0,
                found: "a dictionary without one of its keys",
                expected: "descr, fortran_order and shape"
            )
        }
        self.descriptor = descriptor
        self.isFortranOrder = isFortranOrder
        self.shape = shape
    }
}
