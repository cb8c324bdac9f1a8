import Formats

/// The named tensors of a model in the order of their container.
package struct StateDict: Sendable {
    /// The file the tensors come from.
    package let path: String
    /// The names in the container's order.
    package private(set) var names: [String] = []

    /// The names of entries that are no tensors with elements here, which a checkpoint may hold besides them.
    package private(set) var otherEntries: [String] = []

    private var tensorsByName: [ExactText: Tensor] = [:]
    private var othersByName: [ExactText: String] = [:]

    /// Creates an empty dictionary.
    package init(path: String) {
        self.path = path
    }

    /// The number of tensors.
    package var count: Int { names.count }

    /// The tensors in the container's order.
    package var tensors: [Tensor] { names.compactMap { tensorsByName[ExactText($0)] } }

    /// The tensor of a name.
    package subscript(name: String) -> Tensor? { tensorsByName[ExactText(name)] }

    /// What stands under a name that is no tensor, such as "a sparse tensor"; `nil` where nothing does.
    package func other(_ name: String) -> String? { othersByName[ExactText(name)] }

    /// Adds a tensor under its own name.
    ///
    /// - Throws: ``ModelFileError`` where the name is taken.
    mutating func insert(_ tensor: Tensor) throws(ModelFileError) {
        guard tensorsByName.updateValue(tensor, forKey: ExactText(tensor.name)) == nil else {
            throw ModelFileError(
                .malformed,
                path: path,
                place: "tensor \(quoted(tensor.name))",
                found: "the name twice",
                expected: "each name once",
                fix: "write the file again"
            )
        }
        names.append(tensor.name)
    }

    /// Notes an entry that is not a tensor, or none that can be read, with a word for what it is.
    mutating func noteOther(_ name: String, _ kind: String) {
        if othersByName.updateValue(kind, forKey: ExactText(name)) == nil { otherEntries.append(name) }
    }

    /// Puts a tensor in the place of the one of the same name, or behind all others.
    mutating func replace(_ tensor: Tensor) {
        if tensorsByName.updateValue(tensor, forKey: ExactText(tensor.name)) == nil {
            names.append(tensor.name)
        }
    }
}
