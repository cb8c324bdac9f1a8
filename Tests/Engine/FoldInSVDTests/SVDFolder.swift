import ColdstartTestSupport

/// A folder with the files of a small SVD model.
struct SVDFolder {
    private let folder: TemporaryFolder

    var path: String { folder.path }

    /// Writes `V.npy` and `item_ids.json`.
    init(rows: [[Float]] = [[1, 2], [3, 4], [5, 6]], ids: String = #"["a", "b", "c"]"#) throws {
        folder = try TemporaryFolder()
        try writeArray(rows.flatMap(\.self), shape: [rows.count, rows.first?.count ?? 0], to: "V.npy")
        try write(ids, to: "item_ids.json")
    }

    /// Writes a text file.
    func write(_ text: String, to name: String) throws {
        try folder.write(text, to: name)
    }

    /// Writes an array of NumPy.
    func writeArray(_ values: [Float], shape: [Int], to name: String) throws {
        let lengths = shape.map { "\($0)," }.joined(separator: " ")
        let header = "{'descr': '<f4', 'fortran_order': False, 'shape': (\(lengths)), }"
        var bytes: [UInt8] = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, UInt8(header.utf8.count), 0]
        bytes += Array(header.utf8)
        for value in values {
            withUnsafeBytes(of: value.bitPattern.littleEndian) { bytes += $0 }
        }
        try folder.write(bytes, to: name)
    }
}
