import Formats

/// What merging a checkpoint into a backbone did, each list in its container's order.
package struct MergeReport: Hashable, Sendable {
    /// Names whose values come from the checkpoint.
    package let overridden: [String]
    /// Names that the checkpoint lacks, which keep the backbone's values.
    package let kept: [String]
    /// Names of the checkpoint that the model does not have, or that are not tensors, which are ignored.
    package let unexpected: [String]
}

extension StateDict {
    /// Returns the backbone's tensors overridden by a checkpoint's, as PyTorch's `load_state_dict(strict=False)`.
    ///
    /// See https://docs.pytorch.org/docs/stable/generated/torch.nn.Module.html#torch.nn.Module.load_state_dict.
    ///
    /// - Parameters:
    ///   - checkpoint: The tensors that override.
    ///   - naming: How the checkpoint's names become the model's.
    ///   - additional: Tensors that the model takes from a checkpoint though its backbone file lacks them, with the
    ///     shapes they must have, such as tied embeddings under their other names.
    ///   - reshaped: Tensors of which the model takes the checkpoint's shape, not the backbone's, with that shape.
    /// - Returns: The tensors of the model and what was done to make them.
    /// - Throws: ``ModelFileError`` where a tensor has another shape than the one it overrides, or where a name comes
    ///   twice once the prefix is gone.
    /// - Complexity: O(*n*) in the number of tensors; no element is read.
    package func merging(
        _ checkpoint: StateDict,
        naming: CheckpointNaming = CheckpointNaming(),
        accepting additional: [String: [Int]] = [:],
        reshaping reshaped: [String: [Int]] = [:]
    ) throws(ModelFileError) -> (StateDict, MergeReport) {
        var merged = self
        var overridden: [String] = []
        var unexpected: [String] = []
        var seen: Set<ExactText> = []
        for tensor in checkpoint.tensors {
            let name = naming(tensor.name)
            guard seen.insert(ExactText(name)).inserted else {
                throw ModelFileError(
                    .malformed,
                    path: checkpoint.path,
                    place: "tensor \(quoted(tensor.name))",
                    found: "the name \(quoted(name)) with and without a prefix",
                    expected: "each name once",
                    fix: "save the state dict of one model"
                )
            }
            guard let expected = reshaped[name] ?? self[name]?.shape ?? additional[name] else {
                unexpected.append(name)
                continue
            }
            guard tensor.shape == expected else {
                throw ModelFileError(
                    .mismatch,
                    path: checkpoint.path,
                    place: "tensor \(quoted(tensor.name))",
                    found: "the shape \(shapeText(tensor.shape))",
                    expected: "\(shapeText(expected)) as in \(path)",
                    fix: "use the backbone that the checkpoint was trained from"
                )
            }
            merged.replace(tensor.renamed(to: name))
            overridden.append(name)
        }
        for entry in checkpoint.otherEntries {
            guard let tensor = self[naming(entry)], let kind = checkpoint.other(entry) else { continue }
            throw ModelFileError(
                .unsupported,
                path: checkpoint.path,
                place: "tensor \(quoted(entry))",
                found: kind,
                expected: "a dense tensor of floats of the shape \(shapeText(tensor.shape))",
                fix: "save the checkpoint's weights dense and as floats"
            )
        }
        let kept = names.filter { !seen.contains(ExactText($0)) }
        let others = checkpoint.otherEntries
        return (merged, MergeReport(overridden: overridden, kept: kept, unexpected: unexpected + others))
    }
}

/// How the names of a checkpoint become those of the model: a prefix `module.`, which data-parallel training leaves, goes,
/// and so does a further prefix that the user names.
package struct CheckpointNaming: Hashable, Sendable {
    /// What stands before the model's names, such as `model.`; empty for nothing.
    package let prefix: String

    /// Creates a naming.
    package init(prefix: String = "") {
        self.prefix = prefix
    }

    /// Returns the model's name of a checkpoint's tensor.
    package func callAsFunction(_ name: String) -> String {
        let plain = Self.dropping("module.", from: name)
        guard !prefix.isEmpty, plain.hasPrefix(prefix) || name.hasPrefix(prefix) else { return plain }
        let rest = Self.dropping(prefix, from: name.hasPrefix(prefix) ? name : plain)
        return Self.dropping("module.", from: rest)
    }

    private static func dropping(_ prefix: String, from name: String) -> String {
        name.hasPrefix(prefix) ? String(name.dropFirst(prefix.count)) : name
    }
}
