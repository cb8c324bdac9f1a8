import Formats

/// A checkpoint's zip archive by the roles of its records.
struct TorchArchive {
    /// The bytes of `data.pkl`.
    let pickle: Range<Int>

    private let path: String
    private let folder: String
    private let records: [ExactText: Range<Int>]

    /// Reads the directory and finds the one folder that holds `data.pkl`.
    init(_ bytes: UnsafeRawBufferPointer, path: String) throws(ModelFileError) {
        do {
            records = try StoredZipArchive(bytes).records
        } catch {
            throw ModelFileError(
                error.code,
                path: path,
                place: error.place,
                found: error.found,
                expected: error.expected,
                fix: error.code == .unsupported ? TorchContainer.rewriteFix : TorchContainer.fix
            )
        }
        self.path = path
        let pickles = records.keys.map(\.string)
            .filter { name in
                name == "data.pkl" || (name.hasSuffix("/data.pkl") && name.split(separator: "/").count == 2)
            }
        guard pickles.count == 1, let name = pickles.first, let pickle = records[ExactText(name)] else {
            throw ModelFileError(
                .malformed,
                path: path,
                place: "central directory",
                found: "\(pickles.count) records named data.pkl",
                expected: "one",
                fix: "write the checkpoint with torch.save"
            )
        }
        guard pickle.count <= TorchCheckpointReader.pickleLimit else {
            throw ModelFileError(
                .unsupported,
                path: path,
                place: "record \(quoted(name))",
                found: "\(pickle.count) bytes",
                expected: "at most \(TorchCheckpointReader.pickleLimit)",
                fix: "save the model's state_dict() alone"
            )
        }
        self.pickle = pickle
        self.folder = String(name.dropLast("data.pkl".count))
    }

    /// Whether the most significant byte of an element comes first, by the record that says so, which older archives lack.
    func isBigEndian(_ bytes: UnsafeRawBufferPointer) throws(ModelFileError) -> Bool {
        guard let record = records[ExactText(folder + "byteorder")] else { return false }
        let order = bytes[record]
        if order.elementsEqual("little".utf8) { return false }
        if order.elementsEqual("big".utf8) { return true }
        throw ModelFileError(
            .malformed,
            path: path,
            place: "record \(quoted(folder + "byteorder"))",
            found: quoted(String(decoding: order.prefix(16), as: UTF8.self)),
            expected: "\"little\" or \"big\"",
            fix: TorchContainer.fix
        )
    }

    /// Where the elements are.
    func storages(of file: MappedFile, isBigEndian: Bool) -> TorchStorages {
        TorchStorages(file: file, ranges: records, prefix: folder + "data/", isBigEndian: isBigEndian)
    }
}
