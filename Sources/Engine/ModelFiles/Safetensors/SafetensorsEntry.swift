import Formats

/// One tensor as a safetensors header describes it.
struct SafetensorsEntry: Hashable {
    /// The name of the tensor.
    var name: String
    /// The name of its type, such as `F32`.
    var type: String
    /// The length of each dimension.
    var shape: [Int]
    /// The offset of the first byte from the end of the header.
    var begin: Int
    /// The offset behind the last byte.
    var end: Int

    /// Parses a header: an object of tensors, and perhaps `__metadata__` with strings, or `null`.
    ///
    /// - Complexity: O(*n*).
    static func parse(_ text: UnsafeRawBufferPointer) throws(JSONFault) -> [SafetensorsEntry] {
        try JSONReader.scan(text) { scanner throws(JSONFault) in
            var entries: [SafetensorsEntry] = []
            try scanner.object { (name, offset, scanner) throws(JSONFault) in
                switch name {
                case "__metadata__" where scanner.nextByte == UInt8(ascii: "n"):
                    try scanner.skipValue()
                case "__metadata__":
                    try scanner.object { (_, _, scanner) throws(JSONFault) in _ = try scanner.string() }
                default:
                    entries.append(try entry(name, offset, &scanner))
                }
            }
            return entries
        }
    }

    private static func entry(
        _ name: String,
        _ offset: Int,
        _ scanner: inout JSONScanner
    ) throws(JSONFault) -> SafetensorsEntry {
        var type: String?
        var shape: [Int]?
        var offsets: [Int]?
        try scanner.object { (key, keyOffset, scanner) throws(JSONFault) in
            switch key {
            case "dtype" where type == nil: type = try scanner.string()
            case "shape" where shape == nil: shape = try scanner.naturals(limit: 32)
            case "data_offsets" where offsets == nil: offsets = try scanner.naturals(limit: 2)
            default:
                throw JSONFault(
                    offset: keyOffset,
                    found: "the key \(quoted(key)) in tensor \(quoted(name))",
                    expected: "dtype, shape and data_offsets, each once"
                )
            }
        }
        guard let type, let shape, let offsets, offsets.count == 2 else {
            throw JSONFault(
                offset: offset,
                found: "tensor \(quoted(name)) without all of its keys",
                expected: "dtype, shape and data_offsets with two numbers"
            )
        }
        return SafetensorsEntry(name: name, type: type, shape: shape, begin: offsets[0], end: offsets[1])
    }
}
