import Formats

/// The records of a zip archive whose entries are stored without compression, as PyTorch writes them.
///
/// Follows the sections 4.3 and 4.5.3 of https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT, with the 64-bit
/// extension. The central directory counts; each local header must agree with it.
struct StoredZipArchive {
    /// What is wrong with an archive, and where.
    struct Fault: Error {
        var code: ModelFileError.Code
        var place: String
        var found: String
        var expected: String
    }

    /// The bytes of each record by its name.
    private(set) var records: [ExactText: Range<Int>] = [:]

    /// Whether a file begins like a zip archive.
    static func isLikely(_ bytes: UnsafeRawBufferPointer) -> Bool {
        bytes.prefix(4).elementsEqual([0x50, 0x4b, 0x03, 0x04])
    }

    /// Reads the directory of an archive.
    ///
    /// - Complexity: O(*n*) in the number of records.
    init(_ bytes: UnsafeRawBufferPointer) throws(Fault) {
        let end = try EndOfCentralDirectory(bytes)
        var reader = ByteReader(bytes, at: end.directory.lowerBound)
        for index in 0..<end.entryCount {
            guard reader.offset < end.directory.upperBound else {
                throw Fault(
                    code: .truncated,
                    place: "central directory",
                    found: "\(index) records",
                    expected: "the \(end.entryCount) it announces"
                )
            }
            let entry = try ZipEntry(&reader, index: index)
            guard reader.offset <= end.directory.upperBound else {
                throw entry.fault("a directory record beyond the end of the directory", "one within it")
            }
            let range = try entry.locate(in: bytes, before: end.directory.lowerBound)
            guard records.updateValue(range, forKey: ExactText(entry.name)) == nil else {
                throw entry.fault("the name twice", "each name once")
            }
        }
        guard reader.offset == end.directory.upperBound else {
            throw Fault(
                code: .malformed,
                place: "central directory",
                found: "\(end.directory.upperBound - reader.offset) bytes behind its last record",
                expected: "none"
            )
        }
    }
}

/// Where the central directory is.
private struct EndOfCentralDirectory {
    var entryCount: Int
    var directory: Range<Int>

    private static let byteCount = 22
    private static let longestComment = 0xffff

    init(_ bytes: UnsafeRawBufferPointer) throws(StoredZipArchive.Fault) {
        func fault(_ code: ModelFileError.Code, _ found: String, _ expected: String) -> StoredZipArchive.Fault {
            .init(code: code, place: "end of central directory", found: found, expected: expected)
        }
        guard let offset = EndOfCentralDirectory.locate(in: bytes) else {
            throw fault(.truncated, "no such record", "one at the end of the file")
        }
        var reader = ByteReader(bytes, at: offset + 4)
        guard let disk = reader.integer(UInt16.self), let directoryDisk = reader.integer(UInt16.self),
            let entriesHere = reader.integer(UInt16.self), let entries = reader.integer(UInt16.self),
            let size = reader.integer(UInt32.self), let start = reader.integer(UInt32.self)
        else {
            throw fault(.truncated, "the end of the file", "22 bytes")
        }
        var entryCount = UInt64(entries)
        var byteCount = UInt64(size)
        var directoryStart = UInt64(start)
        var limit = offset
        if let long = try EndOfCentralDirectory.long(before: offset, in: bytes) {
            (entryCount, byteCount, directoryStart, limit) = (long.entryCount, long.byteCount, long.start, long.offset)
        } else {
            guard disk == 0, directoryDisk == 0, entriesHere == entries else {
                throw fault(.unsupported, "an archive of several disks", "one file")
            }
        }
        let (end, overflow) = directoryStart.addingReportingOverflow(byteCount)
        guard !overflow, end <= UInt64(limit) else {
            throw fault(
                .malformed,
                "a directory of \(byteCount) bytes at \(directoryStart)",
                "one that ends by \(limit)"
            )
        }
        self.directory = Int(directoryStart)..<Int(end)
        // Each record takes 46 bytes, so that a false count cannot make the reader do more than the file is long.
        guard entryCount <= byteCount / 46 else {
            throw fault(.malformed, "\(entryCount) records in \(byteCount) bytes", "at most \(byteCount / 46)")
        }
        self.entryCount = Int(entryCount)
    }

    /// The record is the last whose comment ends with the file.
    private static func locate(in bytes: UnsafeRawBufferPointer) -> Int? {
        guard bytes.count >= byteCount else { return nil }
        let last = bytes.count - byteCount
        for offset in stride(from: last, through: max(0, last - longestComment), by: -1) {
            var reader = ByteReader(bytes, at: offset)
            guard reader.integer(UInt32.self) == 0x0605_4b50, reader.skip(16) else { continue }
            if let comment = reader.integer(UInt16.self), Int(comment) == bytes.count - offset - byteCount {
                return offset
            }
        }
        return nil
    }

    private struct Long {
        var entryCount: UInt64
        var byteCount: UInt64
        var start: UInt64
        var offset: Int
    }

    /// The 64-bit record, where a locator stands right before the short one.
    private static func long(
        before offset: Int,
        in bytes: UnsafeRawBufferPointer
    ) throws(StoredZipArchive.Fault) -> Long? {
        guard offset >= 20 else { return nil }
        var locator = ByteReader(bytes, at: offset - 20)
        guard locator.integer(UInt32.self) == 0x0706_4b50 else { return nil }
        guard locator.skip(4), let position = locator.integer(UInt64.self), position <= UInt64(offset - 20) else {
            throw .init(
                code: .malformed,
                place: "zip64 locator",
                found: "a record behind the locator",
                expected: "one before it"
            )
        }
        var reader = ByteReader(bytes, at: Int(position))
        guard reader.integer(UInt32.self) == 0x0606_4b50, reader.skip(20),
            let entriesHere = reader.integer(UInt64.self), let entries = reader.integer(UInt64.self),
            let size = reader.integer(UInt64.self), let start = reader.integer(UInt64.self), entriesHere == entries
        else {
            throw .init(
                code: .malformed,
                place: "zip64 end of central directory, byte \(position)",
                found: "no such record for one file",
                expected: "one"
            )
        }
        return Long(entryCount: entries, byteCount: size, start: start, offset: Int(position))
    }
}
