import Formats

/// Gathers the tensors of a checkpoint's dict, and those of dicts within it.
struct TorchDictionaryReader {
    /// How deep dicts are looked into.
    private static let deepest = 4

    private let machine: PickleMachine
    private let storages: TorchStorages
    /// What was gathered.
    private(set) var tensors: StateDict
    private var nestedEntries = 0

    /// Creates a reader of what a machine has made of a pickle.
    init(machine: PickleMachine, storages: TorchStorages) {
        self.machine = machine
        self.storages = storages
        tensors = StateDict(path: storages.file.path)
    }

    /// Gathers the tensors of a dict under their names; what else it holds is noted.
    ///
    /// - Parameter index: Its place among the machine's dictionaries.
    /// - Throws: ``ModelFileError`` where a key is no text, a tensor is damaged, or there is none.
    mutating func read(_ index: Int) throws(ModelFileError) {
        for (key, value) in machine.dictionaries[index] {
            guard case .string(let name) = key else { throw failure("a dict with \(key.kind) as a key") }
            switch value {
            case .tensor(let tensor): try tensors.insert(try storages.tensor(tensor, named: name, of: machine))
            case .dictionary(let level):
                let count = tensors.count
                try readNested(level, below: name, depth: 1)
                if tensors.count == count { tensors.noteOther(name, "a dict without tensors") }
            default: tensors.noteOther(name, value.kind)
            }
        }
        guard tensors.count > 0 || tensors.otherEntries.isEmpty else {
            let entries = tensors.otherEntries.prefix(5).map { quoted($0) }.joined(separator: ", ")
            throw failure("a dict without tensors, with \(entries)")
        }
    }

    /// Gathers the tensors of a dict within the dict, as `level.name`.
    ///
    /// Trainers keep a state dict beside the state of the optimizer; what cannot be read there is none of the model's. A
    /// dict that stands in several places is walked in each, so that the entries are counted.
    private mutating func readNested(_ index: Int, below name: String, depth: Int) throws(ModelFileError) {
        for case (.string(let key), let value) in machine.dictionaries[index] {
            nestedEntries += 1
            guard nestedEntries <= PickleMachine.valueLimit else {
                throw failure("more than \(PickleMachine.valueLimit) entries of dicts within it")
            }
            let path = "\(name).\(key)"
            switch value {
            case .tensor(let tensor):
                if let tensor = try? storages.tensor(tensor, named: path, of: machine) { try? tensors.insert(tensor) }
            case .dictionary(let next) where depth < Self.deepest:
                try readNested(next, below: path, depth: depth + 1)
            default: break
            }
        }
    }

    private func failure(_ found: String) -> ModelFileError {
        TorchCheckpointReader.notAStateDict(storages.file.path, found: found)
    }
}
