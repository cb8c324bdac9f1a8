/// Reads state dictionaries that PyTorch's `torch.save` wrote.
///
/// The container is a zip archive of stored records below one folder of any name: `data.pkl`, the pickle of the
/// dictionary, and `data/N`, the elements of each storage, as described in
/// https://docs.pytorch.org/docs/stable/notes/serialization.html; or the older stream of pickles. The tensors stay in
/// the file, where their address is a multiple of their size: the stream does not see to that, the archive does.
package enum TorchCheckpointReader {
    /// The longest pickle that is interpreted; that of a state dict takes some hundred bytes a tensor.
    static let pickleLimit = 16 << 20

    /// Opens the tensors of a checkpoint without reading their elements.
    ///
    /// - Returns: The tensors in the order of the dictionary.
    /// - Throws: ``ModelFileError`` where the file is unreadable, damaged or not a state dict, where a tensor reaches
    ///   beyond its storage, or where the pickle asks for anything but tensors and containers, which is refused by name.
    /// - Complexity: O(*n*) in the number of tensors.
    package static func read(_ path: String) throws(ModelFileError) -> StateDict {
        let file = try MappedFile(path: path)
        return try file.withBytes { bytes throws(ModelFileError) in
            switch TorchContainer(bytes) {
            case .zipArchive: try readArchive(bytes, of: file)
            case .pickleStream: try readStream(bytes, of: file)
            case nil: throw TorchContainer.unknownError(bytes, path: path)
            }
        }
    }

    private static func readArchive(
        _ bytes: UnsafeRawBufferPointer,
        of file: MappedFile
    ) throws(ModelFileError) -> StateDict {
        let archive = try TorchArchive(bytes, path: file.path)
        let isBigEndian = try archive.isBigEndian(bytes)
        var machine = PickleMachine(UnsafeRawBufferPointer(rebasing: bytes[archive.pickle]))
        let root: PickleValue
        do {
            root = try machine.run()
        } catch {
            throw error.located(file.path, "data.pkl")
        }
        return try stateDict(root, of: machine, storages: archive.storages(of: file, isBigEndian: isBigEndian))
    }

    private static func readStream(
        _ bytes: UnsafeRawBufferPointer,
        of file: MappedFile
    ) throws(ModelFileError) -> StateDict {
        let stream = try TorchPickleStream(bytes, path: file.path)
        let storages = TorchStorages(file: file, ranges: stream.storages, prefix: "")
        return try stateDict(stream.root, of: stream.machine, storages: storages)
    }

    private static func stateDict(
        _ root: PickleValue,
        of machine: PickleMachine,
        storages: TorchStorages
    ) throws(ModelFileError) -> StateDict {
        guard case .dictionary(let index) = root else {
            throw notAStateDict(storages.file.path, found: root.kind)
        }
        var reader = TorchDictionaryReader(machine: machine, storages: storages)
        try reader.read(index)
        return reader.tensors
    }

    /// The error of a pickle that is something else than a dict of tensors.
    static func notAStateDict(_ path: String, found: String) -> ModelFileError {
        ModelFileError(
            .malformed,
            path: path,
            place: "pickle",
            found: found,
            expected: "a dict of names and tensors",
            fix: "save the model's state_dict() alone"
        )
    }
}
