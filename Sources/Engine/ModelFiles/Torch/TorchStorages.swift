import Formats

/// Where in a checkpoint the elements of each storage are.
struct TorchStorages {
    /// The checkpoint.
    let file: MappedFile
    /// The bytes of each storage by the name that `record` gives it.
    let ranges: [ExactText: Range<Int>]
    /// What stands before a storage's key in the names of `ranges`.
    let prefix: String
    /// Whether the most significant byte of an element comes first.
    var isBigEndian = false

    /// Makes a tensor of a pickle over the storage that it views.
    ///
    /// - Parameters:
    ///   - index: Its place among the machine's tensors.
    ///   - name: Its name.
    ///   - machine: What the pickle was read with.
    /// - Returns: The tensor, whose elements stay in the file.
    /// - Throws: ``ModelFileError`` where the storage is absent, has another size than the pickle says, or ends before
    ///   the tensor does.
    func tensor(
        _ index: Int,
        named name: String,
        of machine: PickleMachine
    ) throws(ModelFileError) -> Tensor {
        let description = machine.tensors[index]
        let storage = machine.storages[description.storage]
        func failure(_ found: String, _ expected: String) -> ModelFileError {
            ModelFileError(
                .malformed,
                path: file.path,
                place: "tensor \(quoted(name))",
                found: found,
                expected: expected,
                fix: TorchContainer.fix
            )
        }
        guard let range = ranges[ExactText(prefix + storage.key)] else {
            throw failure("no record \(quoted(prefix + storage.key))", "its storage")
        }
        guard storage.byteCount == range.count else {
            throw failure(
                "a storage of \(range.count) bytes",
                "\(storage.elementCount) elements of \(storage.elementSize) bytes, as the pickle says"
            )
        }
        return try Tensor(
            name: name,
            shape: description.shape,
            strides: description.strides,
            elementType: description.elementType,
            file: file,
            region: range,
            elementOffset: description.offset,
            isBigEndian: isBigEndian
        )
    }
}
