/// One record as a zip archive's central directory describes it.
struct ZipEntry {
    /// The name with its folders.
    let name: String

    private let nameBytes: [UInt8]
    private let flags: UInt16
    private let method: UInt16
    private let byteCount: UInt64
    private let headerOffset: UInt64

    /// Reads a directory record.
    init(_ reader: inout ByteReader, index: Int) throws(StoredZipArchive.Fault) {
        func fault(_ code: ModelFileError.Code, _ found: String, _ expected: String) -> StoredZipArchive.Fault {
            .init(code: code, place: "central directory, record \(index)", found: found, expected: expected)
        }
        guard reader.integer(UInt32.self) == 0x0201_4b50 else {
            throw fault(.malformed, "no signature", "a directory record")
        }
        guard reader.skip(4), let flags = reader.integer(UInt16.self), let method = reader.integer(UInt16.self),
            reader.skip(8), let compressed = reader.integer(UInt32.self),
            let uncompressed = reader.integer(UInt32.self),
            let nameCount = reader.integer(UInt16.self), let extraCount = reader.integer(UInt16.self),
            let commentCount = reader.integer(UInt16.self), let disk = reader.integer(UInt16.self), reader.skip(6),
            let offset = reader.integer(UInt32.self), let nameBytes = reader.run(Int(nameCount)),
            let extra = reader.run(Int(extraCount)), reader.skip(Int(commentCount))
        else {
            throw fault(.truncated, "the end of the file", "a whole directory record")
        }
        guard let name = String(validating: nameBytes, as: UTF8.self) else {
            throw fault(.malformed, "a name that is not UTF-8", "one that is")
        }
        var sizes = LongSizes(extra)
        guard let size = sizes.resolve(uncompressed), let stored = sizes.resolve(compressed),
            let headerOffset = sizes.resolve(offset)
        else {
            throw fault(.malformed, "no 64-bit sizes in the extra field", "those that the record announces")
        }
        self.name = name
        self.nameBytes = Array(nameBytes)
        self.flags = flags
        self.method = method
        self.byteCount = size
        self.headerOffset = headerOffset
        guard disk == 0 || disk == 0xffff else {
            throw self.fault("a record on disk \(disk)", "an archive in one file")
        }
        guard method == 0, stored == size else {
            throw self.fault(
                "compression method \(method)",
                "a stored record, as torch.save writes",
                code: .unsupported
            )
        }
        guard flags & 0x41 == 0 else {
            throw self.fault("an encrypted record", "plain bytes", code: .unsupported)
        }
    }

    /// Checks the local header and returns where the record's bytes are.
    func locate(in bytes: UnsafeRawBufferPointer, before limit: Int) throws(StoredZipArchive.Fault) -> Range<Int> {
        guard headerOffset <= UInt64(limit), byteCount <= UInt64(limit) else {
            throw fault(
                "\(byteCount) bytes from byte \(headerOffset)",
                "bytes before the central directory at \(limit)"
            )
        }
        var reader = ByteReader(bytes, at: Int(headerOffset))
        guard reader.integer(UInt32.self) == 0x0403_4b50, reader.skip(4),
            let localMethod = reader.integer(UInt16.self), reader.skip(16),
            let nameCount = reader.integer(UInt16.self), let extraCount = reader.integer(UInt16.self),
            let localName = reader.run(Int(nameCount)), reader.skip(Int(extraCount))
        else {
            throw fault("no local header at byte \(headerOffset)", "one")
        }
        guard localMethod == method, localName.elementsEqual(nameBytes) else {
            throw fault("another name or method in the local header", "those of the central directory")
        }
        let start = reader.offset
        guard start <= limit, Int(byteCount) <= limit - start else {
            throw fault("\(byteCount) bytes from byte \(start)", "bytes before the central directory at \(limit)")
        }
        return start..<start + Int(byteCount)
    }

    /// Makes an error about this record.
    func fault(
        _ found: String,
        _ expected: String,
        code: ModelFileError.Code = .malformed
    ) -> StoredZipArchive.Fault {
        .init(code: code, place: "record \(quoted(name))", found: found, expected: expected)
    }
}

/// The 64-bit sizes of a directory record's extra field, in the order in which they replace short ones.
private struct LongSizes {
    private var reader = ByteReader(UnsafeRawBufferPointer(start: nil, count: 0))

    init(_ extra: UnsafeRawBufferPointer) {
        var fields = ByteReader(extra)
        while let kind = fields.integer(UInt16.self), let size = fields.integer(UInt16.self),
            let field = fields.run(Int(size))
        {
            if kind == 1 {
                reader = ByteReader(field)
                return
            }
        }
    }

    mutating func resolve(_ short: UInt32) -> UInt64? {
        short == .max ? reader.integer(UInt64.self) : UInt64(short)
    }
}
