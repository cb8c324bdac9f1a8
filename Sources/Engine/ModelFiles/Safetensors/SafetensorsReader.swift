import Formats

/// Reads state dictionaries of the safetensors format.
///
/// Follows https://huggingface.co/docs/safetensors/index#format: eight bytes with the length of a JSON header, the
/// header, the tensors' bytes. As there, the tensors must cover the bytes without holes or overlap, and the header is
/// at most 100 MB.
package enum SafetensorsReader {
    /// The longest header that the format allows.
    static let headerLimit = 100_000_000

    /// Opens the tensors of a file without reading their elements.
    ///
    /// - Returns: The tensors in the order of their data.
    /// A tensor of a type that is unknown here, such as those of less than a byte, becomes another entry: only a model
    /// that needs it has to mind.
    ///
    /// - Throws: ``ModelFileError`` where the file is unreadable or truncated, its header lies, or a name comes twice.
    /// - Complexity: O(*n* log *n*) in the number of tensors.
    package static func read(_ path: String) throws(ModelFileError) -> StateDict {
        let file = try MappedFile(path: path)
        let (entries, dataStart) = try file.withBytes { bytes throws(ModelFileError) in
            try readHeader(bytes, path: path)
        }
        var dictionary = StateDict(path: path)
        let dataCount = file.count - dataStart
        var end = 0
        for entry in entries.sorted(by: { ($0.begin, $0.end) < ($1.begin, $1.end) }) {
            try checkOffsets(of: entry, path: path, dataCount: dataCount)
            guard entry.begin == end else {
                throw failure(
                    path,
                    entry.name,
                    entry.begin < end ? "data that overlaps another tensor's" : "a hole before its data at byte \(end)",
                    "data that follows the tensor before without a hole"
                )
            }
            end = entry.end
            if let elementType = elementTypes[entry.type] {
                try dictionary.insert(try tensor(entry, elementType, file: file, dataStart: dataStart))
            } else {
                dictionary.noteOther(entry.name, "a tensor of the type \(quoted(entry.type))")
            }
        }
        guard end == dataCount else {
            throw ModelFileError(
                .malformed,
                path: path,
                place: "end of file",
                found: "\(dataCount) bytes of data",
                expected: "the \(end) that the header describes",
                fix: fix
            )
        }
        return dictionary
    }

    private static let fix = "write the file again with safetensors"

    private static func failure(_ path: String, _ name: String, _ found: String, _ expected: String) -> ModelFileError {
        ModelFileError(
            .malformed,
            path: path,
            place: "tensor \(quoted(name))",
            found: found,
            expected: expected,
            fix: fix
        )
    }

    private static func readHeader(
        _ bytes: UnsafeRawBufferPointer,
        path: String
    ) throws(ModelFileError) -> ([SafetensorsEntry], dataStart: Int) {
        func failure(_ code: ModelFileError.Code, _ place: String, _ found: String, _ expected: String)
            -> ModelFileError
        {
            ModelFileError(code, path: path, place: place, found: found, expected: expected, fix: fix)
        }
        guard !bytes.isEmpty else {
            throw failure(.truncated, "file", "an empty file", "a safetensors file")
        }
        var reader = ByteReader(bytes)
        guard let announced = reader.integer(UInt64.self) else {
            throw failure(.truncated, "byte 0", "\(bytes.count) bytes", "8 bytes with the header's length")
        }
        guard announced <= headerLimit, let text = reader.run(Int(announced)) else {
            if let content = ForeignContent(bytes), content != .safetensors {
                throw ModelFileError(
                    .malformed,
                    path: path,
                    place: "byte 0",
                    found: content.found,
                    expected: "a safetensors file",
                    fix: content.fix
                )
            }
            throw failure(
                announced <= headerLimit ? .truncated : .malformed,
                "byte 0",
                "a header of \(announced) bytes",
                "at most \(min(headerLimit, reader.remaining))"
            )
        }
        do throws(JSONFault) {
            return (try SafetensorsEntry.parse(text), reader.offset)
        } catch {
            throw failure(.malformed, "header, byte \(8 + error.offset)", error.found, error.expected)
        }
    }

    private static func checkOffsets(
        of entry: SafetensorsEntry,
        path: String,
        dataCount: Int
    ) throws(ModelFileError) {
        guard entry.begin <= entry.end, entry.end <= dataCount else {
            throw failure(
                path,
                entry.name,
                "the offsets [\(entry.begin), \(entry.end)]",
                "two that rise within the \(dataCount) bytes of data"
            )
        }
    }

    private static func tensor(
        _ entry: SafetensorsEntry,
        _ elementType: ElementType,
        file: MappedFile,
        dataStart: Int
    ) throws(ModelFileError) -> Tensor {
        let tensor = try Tensor(
            name: entry.name,
            shape: entry.shape,
            elementType: elementType,
            file: file,
            region: (dataStart + entry.begin)..<(dataStart + entry.end)
        )
        let size = tensor.elementCount * elementType.byteCount
        guard size == entry.end - entry.begin else {
            throw failure(
                file.path,
                entry.name,
                "\(entry.end - entry.begin) bytes",
                "\(size) for \(entry.type) of shape \(shapeText(entry.shape))"
            )
        }
        return tensor
    }

    private static let elementTypes: [String: ElementType] = [
        "F64": .float64, "F32": .float32, "F16": .float16, "BF16": .bfloat16,
        "I64": .int64, "I32": .int32, "I16": .int16, "I8": .int8, "U8": .uint8, "BOOL": .bool,
        "U64": .uint64, "U32": .uint32, "U16": .uint16, "C64": .complex64,
        "F8_E4M3": .float8e4m3fn, "F8_E5M2": .float8e5m2, "F8_E8M0": .float8e8m0fnu,
    ]
}
