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
                fix: "copy the checkpoint again, or write it with torch.save"
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

    /// Makes a tensor of the record that holds its storage.
    func tensor(
        _ name: String,
        _ description: TorchTensor,
        _ storage: TorchStorage,
        file: MappedFile
    ) throws(ModelFileError) -> Tensor {
        func failure(_ code: ModelFileError.Code, _ found: String, _ expected: String) -> ModelFileError {
            ModelFileError(
                code,
                path: path,
                place: "tensor \(quoted(name))",
                found: found,
                expected: expected,
                fix: "copy the checkpoint again, or write it with torch.save"
            )
        }
        guard let record = records[folder + "data/" + storage.key] else {
            throw failure(.malformed, "no record \(quoted(folder + "data/" + storage.key))", "its storage")
        }
        let elementSize = storage.elementType?.byteCount ?? 1
        let (byteCount, overflow) = storage.elementCount.multipliedReportingOverflow(by: elementSize)
        guard !overflow, byteCount == record.count else {
            throw failure(
                .malformed,
                "a storage of \(record.count) bytes",
                "\(storage.elementCount) elements of \(elementSize) bytes, as data.pkl says"
            )
        }
        return try Tensor(
            name: name,
            shape: description.shape,
            strides: description.strides,
            elementType: description.elementType,
            file: file,
            region: record,
            elementOffset: description.offset
        )
    }
}
