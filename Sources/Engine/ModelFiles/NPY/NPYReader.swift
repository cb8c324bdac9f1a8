import Formats

/// Reads arrays of NumPy's `.npy` format, versions 1 to 3.
///
/// Follows https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html. C and Fortran order and
/// floats of either order of bytes are read; everything else is refused by its name.
package enum NPYReader {
    /// Opens an array without reading its elements.
    ///
    /// - Returns: The array, with column-major strides where it was written in Fortran order.
    /// - Throws: ``ModelFileError`` where the file is unreadable, truncated, has bytes too many, or uses a part of the
    ///   format that is not read.
    /// - Complexity: O(1) besides the header.
    package static func read(_ path: String) throws(ModelFileError) -> Tensor {
        let file = try MappedFile(path: path)
        let (header, dataStart) = try file.withBytes { bytes throws(ModelFileError) in
            try readHeader(bytes, path: path)
        }
        let (elementType, isBigEndian) = try elementType(of: header.descriptor, path: path)
        var strides: [Int]?
        if header.isFortranOrder {
            strides = columnMajorStrides(of: header.shape)
        }
        let tensor = try Tensor(
            name: "",
            shape: header.shape,
            strides: strides,
            elementType: elementType,
            file: file,
            region: dataStart..<file.count,
            isBigEndian: isBigEndian
        )
        let size = tensor.elementCount * elementType.byteCount
        guard size == file.count - dataStart else {
            throw ModelFileError(
                .malformed,
                path: path,
                place: "array",
                found: "\(file.count - dataStart) bytes of data",
                expected: "\(size) for \(header.descriptor) of shape \(shapeText(header.shape))",
                fix: "write the file again with numpy.save"
            )
        }
        return tensor
    }

    private static func readHeader(
        _ bytes: UnsafeRawBufferPointer,
        path: String
    ) throws(ModelFileError) -> (NPYHeader, dataStart: Int) {
        func failure(_ code: ModelFileError.Code, _ place: String, _ found: String, _ expected: String)
            -> ModelFileError
        {
            ModelFileError(
                code,
                path: path,
                place: place,
                found: found,
                expected: expected,
                fix: "write the file again with numpy.save"
            )
        }
        guard !bytes.isEmpty else {
            throw failure(.truncated, "file", "an empty file", "an .npy array")
        }
        var reader = ByteReader(bytes)
        guard let magic = reader.run(6), magic.elementsEqual([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59]) else {
            let content = ForeignContent(bytes)
            throw ModelFileError(
                .malformed,
                path: path,
                place: "byte 0",
                found: content?.found ?? "no magic string",
                expected: "an .npy array, which begins with \\x93NUMPY",
                fix: content?.fix ?? "write the file again with numpy.save"
            )
        }
        guard let major = reader.integer(UInt8.self), let minor = reader.integer(UInt8.self) else {
            throw failure(.truncated, "byte 6", "the end of the file", "the version")
        }
        guard (1...3).contains(major), minor == 0 else {
            throw failure(.unsupported, "byte 6", "version \(major).\(minor)", "version 1.0, 2.0 or 3.0")
        }
        let announced =
            major == 1 ? reader.integer(UInt16.self).map(Int.init) : reader.integer(UInt32.self).map(Int.init)
        guard let announced else {
            throw failure(.truncated, "byte 8", "the end of the file", "the header's length")
        }
        guard let text = reader.run(announced) else {
            throw failure(
                .truncated,
                "byte 8",
                "a header of \(announced) bytes",
                "at most the \(reader.remaining) bytes that follow"
            )
        }
        do {
            return (try NPYHeader(parsing: text), reader.offset)
        } catch {
            throw failure(
                .malformed,
                "header, byte \(reader.offset - announced + error.offset)",
                error.found,
                error.expected
            )
        }
    }

    private static func elementType(
        of descriptor: String,
        path: String
    ) throws(ModelFileError) -> (ElementType, isBigEndian: Bool) {
        guard let type = NPYElementType(descriptor: descriptor) else {
            throw ModelFileError(
                .unsupported,
                path: path,
                place: "header, key \"descr\"",
                found: quoted(descriptor) + (descriptor.hasSuffix("O") ? ", Python objects, which are code" : ""),
                expected: "floats, \"<f4\" or \"<f8\"",
                fix: "save array.astype(\"<f4\")"
            )
        }
        return (type.elementType, type.isBigEndian)
    }

    /// Overflow cannot pass: the tensor refuses a shape whose product does not fit before it looks at strides.
    private static func columnMajorStrides(of shape: [Int]) -> [Int] {
        var strides: [Int] = []
        var next = 1
        for length in shape {
            strides.append(shape.contains(0) ? 0 : next)
            next = next.multipliedReportingOverflow(by: length).partialValue
        }
        return strides
    }
}
