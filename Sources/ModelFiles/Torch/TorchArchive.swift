/// A checkpoint's zip archive by the roles of its records.
struct TorchArchive {
    /// The bytes of `data.pkl`.
    let pickle: Range<Int>

    private let path: String
    private let folder: String
    private let records: [String: Range<Int>]

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
                fix: TorchContainer.fix
            )
        }
        self.path = path
        let pickles = records.keys.filter { name in
            name == "data.pkl" || (name.hasSuffix("/data.pkl") && name.split(separator: "/").count == 2)
        }
        guard pickles.count == 1, let name = pickles.first, let pickle = records[name] else {
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

    /// Checks the record that names the order of bytes, which older archives lack.
    func checkByteOrder(_ bytes: UnsafeRawBufferPointer) throws(ModelFileError) {
        guard let record = records[folder + "byteorder"] else { return }
        let order = bytes[record]
        guard order.elementsEqual("little".utf8) else {
            throw ModelFileError(
                .unsupported,
                path: path,
                place: "record \(quoted(folder + "byteorder"))",
                found: quoted(String(decoding: order.prefix(16), as: UTF8.self)),
                expected: "\"little\"",
                fix: "save the checkpoint on a little-endian machine"
            )
        }
    }

    /// Where the elements are.
    func storages(of file: MappedFile) -> TorchStorages {
        TorchStorages(file: file, ranges: records, prefix: folder + "data/")
    }
}
