import Foundation

/// Writes a zip archive of uncompressed records below 4 GB (APPNOTE.TXT 6.3, sections 4.3.7 to 4.3.16).
struct StoredZipWriter {
    private let file: FileHandle
    private var offset = 0
    private var directory = Data()
    private var records = 0

    /// Creates an archive in an empty file.
    init(file: FileHandle) {
        self.file = file
    }

    /// Adds a record whose bytes begin at a multiple of 64 in the file.
    ///
    /// - Complexity: O(*n*) in the bytes.
    mutating func add(_ name: String, _ bytes: Data) throws {
        let headerEnd = offset + 30 + name.utf8.count + 4
        let padding = (64 - headerEnd % 64) % 64
        var common = Data()
        // Version 0, no flags, stored, no time.
        for value: UInt16 in [0, 0, 0, 0, 0] { common.append(littleEndian: value) }
        for value in [CRC32.checksum(bytes), UInt32(bytes.count), UInt32(bytes.count)] {
            common.append(littleEndian: value)
        }
        common.append(littleEndian: UInt16(name.utf8.count))

        var header = Data("PK\u{3}\u{4}".utf8) + common
        header.append(littleEndian: UInt16(4 + padding))
        header.append(text: name)
        // An extra field of a kind nobody interprets, as long as the alignment needs.
        header.append(text: "FB")
        header.append(littleEndian: UInt16(padding))
        header.append(Data(repeating: UInt8(ascii: "Z"), count: padding))

        directory.append(text: "PK\u{1}\u{2}")
        directory.append(littleEndian: UInt16(0))
        directory.append(common)
        for value: UInt16 in [0, 0, 0, 0] { directory.append(littleEndian: value) }
        directory.append(littleEndian: UInt32(0))
        directory.append(littleEndian: UInt32(offset))
        directory.append(text: name)
        records += 1

        try file.write(contentsOf: header)
        try file.write(contentsOf: bytes)
        offset += header.count + bytes.count
    }

    /// Writes the directory and closes the file.
    mutating func finish() throws {
        var end = directory
        end.append(text: "PK\u{5}\u{6}")
        for value in [0, 0, UInt16(records), UInt16(records)] { end.append(littleEndian: value) }
        end.append(littleEndian: UInt32(directory.count))
        end.append(littleEndian: UInt32(offset))
        end.append(littleEndian: UInt16(0))
        try file.write(contentsOf: end)
        try file.close()
    }
}

/// The checksum of zip archives (ISO 3309, polynomial 0x04C11DB7, reflected).
private enum CRC32 {
    private static let table: [UInt32] = (0..<256)
        .map { byte in
            (0..<8).reduce(UInt32(byte)) { rest, _ in rest & 1 == 1 ? rest >> 1 ^ 0xedb8_8320 : rest >> 1 }
        }

    /// Returns the checksum of bytes.
    ///
    /// - Complexity: O(*n*).
    static func checksum(_ bytes: Data) -> UInt32 {
        bytes.withUnsafeBytes { bytes in
            table.withUnsafeBufferPointer { table in
                ~bytes.reduce(~UInt32(0)) { rest, byte in table[Int((rest ^ UInt32(byte)) & 0xff)] ^ rest >> 8 }
            }
        }
    }
}
