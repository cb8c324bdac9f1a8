/// The named tensors of a model in the order of their container.
package struct StateDict: Sendable {
    /// The file the tensors come from.
    package let path: String
    /// The names in the container's order.
    package private(set) var names: [String] = []

    /// The names of entries that are not tensors, which a checkpoint may hold besides them.
    package private(set) var otherEntries: [String] = []

    private var tensorsByName: [String: Tensor] = [:]

    /// Creates an empty dictionary.
    package init(path: String) {
        self.path = path
    }

    /// The number of tensors.
    package var count: Int { names.count }

    /// The tensors in the container's order.
    package var tensors: [Tensor] { names.compactMap { tensorsByName[$0] } }

    /// The tensor of a name.
    package subscript(name: String) -> Tensor? { tensorsByName[name] }

    /// Adds a tensor under its own name.
    ///
    /// - Throws: ``ModelFileError`` where the name is taken.
    mutating func insert(_ tensor: Tensor) throws(ModelFileError) {
        guard tensorsByName.updateValue(tensor, forKey: tensor.name) == nil else {
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

    /// Notes an entry that is not a tensor.
    mutating func noteOther(_ name: String) {
        otherEntries.append(name)
    }

    /// Puts a tensor in the place of the one of the same name, or behind all others.
    mutating func replace(_ tensor: Tensor) {
        if tensorsByName.updateValue(tensor, forKey: tensor.name) == nil {
            names.append(tensor.name)
        }
    }
}
