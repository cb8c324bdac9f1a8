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
        let path = storages.file.path
        guard case .dictionary(let index) = root else {
            throw notAStateDict(path, found: root.kind)
        }
        var dictionary = StateDict(path: path)
        for (key, value) in machine.dictionaries[index] {
            guard case .string(let name) = key else {
                throw notAStateDict(path, found: "a dict with \(key.kind) as a key")
            }
            if case .dictionary(let level) = value {
                insert(level, below: name, depth: 1, into: &dictionary, of: machine, storages: storages)
                continue
            }
            guard case .tensor(let tensor) = value else {
                dictionary.noteOther(name, value.kind)
                continue
            }
            let description = machine.tensors[tensor]
            try dictionary.insert(
                try storages.tensor(name, description, machine.storages[description.storage])
            )
        }
        guard dictionary.count > 0 || dictionary.otherEntries.isEmpty else {
            let entries = dictionary.otherEntries.prefix(5).map { quoted($0) }.joined(separator: ", ")
            throw notAStateDict(path, found: "a dict without tensors, with \(entries)")
        }
        return dictionary
    }

    /// Adds the tensors of a dictionary within the dictionary, as `level.name`; one without is noted as another entry.
    ///
    /// Trainers keep a state dict beside the state of the optimizer; what cannot be read there is none of the model's.
    private static func insert(
        _ level: Int,
        below name: String,
        depth: Int,
        into dictionary: inout StateDict,
        of machine: PickleMachine,
        storages: TorchStorages
    ) {
        var isEmpty = true
        for case (.string(let key), let value) in machine.dictionaries[level] {
            if case .tensor(let tensor) = value {
                let description = machine.tensors[tensor]
                let storage = machine.storages[description.storage]
                guard let tensor = try? storages.tensor("\(name).\(key)", description, storage) else { continue }
                if (try? dictionary.insert(tensor)) != nil { isEmpty = false }
            } else if case .dictionary(let next) = value, depth < 4 {
                let count = dictionary.count
                let path = "\(name).\(key)"
                insert(next, below: path, depth: depth + 1, into: &dictionary, of: machine, storages: storages)
                if dictionary.count > count { isEmpty = false }
            }
        }
        if isEmpty, depth == 1 { dictionary.noteOther(name, "a dict without tensors") }
    }

    private static func notAStateDict(_ path: String, found: String) -> ModelFileError {
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
