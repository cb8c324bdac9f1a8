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

    /// Parses a header: an object of tensors, and perhaps `__metadata__` with strings.
    ///
    /// The text is parsed here rather than by a JSON library because those let a name come twice, and one of the two
    /// would silently win.
    ///
    /// - Complexity: O(*n*).
    static func parse(_ text: UnsafeRawBufferPointer) throws(JSONScanner.Fault) -> [SafetensorsEntry] {
        var scanner = JSONScanner(text)
        var entries: [SafetensorsEntry] = []
        var names: Set<String> = []
        try scanner.object { (name, offset, scanner) throws(JSONScanner.Fault) in
            guard names.insert(name).inserted else {
                throw JSONScanner.Fault(
                    offset: offset,
                    found: "the name \(quoted(name)) twice",
                    expected: "each name once"
                )
            }
            if name == "__metadata__" {
                try scanner.object { (_, _, scanner) throws(JSONScanner.Fault) in _ = try scanner.string() }
            } else {
                entries.append(try entry(name, offset, &scanner))
            }
        }
        try scanner.expectEnd()
        return entries
    }

    private static func entry(
        _ name: String,
        _ offset: Int,
        _ scanner: inout JSONScanner
    ) throws(JSONScanner.Fault) -> SafetensorsEntry {
        var type: String?
        var shape: [Int]?
        var offsets: [Int]?
        try scanner.object { (key, keyOffset, scanner) throws(JSONScanner.Fault) in
            switch key {
            case "dtype" where type == nil: type = try scanner.string()
            case "shape" where shape == nil: shape = try scanner.naturals(limit: 32)
            case "data_offsets" where offsets == nil: offsets = try scanner.naturals(limit: 2)
            default:
                throw JSONScanner.Fault(
                    offset: keyOffset,
                    found: "the key \(quoted(key)) in tensor \(quoted(name))",
                    expected: "dtype, shape and data_offsets, each once"
                )
            }
        }
        guard let type, let shape, let offsets, offsets.count == 2 else {
            throw JSONScanner.Fault(
                offset: offset,
                found: "tensor \(quoted(name)) without all of its keys",
                expected: "dtype, shape and data_offsets with two numbers"
            )
        }
        return SafetensorsEntry(name: name, type: type, shape: shape, begin: offsets[0], end: offsets[1])
    }
}
