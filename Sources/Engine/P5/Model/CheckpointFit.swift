import ModelFiles

/// Whether a checkpoint is one of the model at all, and under which prefix its names would be the model's.
///
/// Trainers put the model into a larger one (`model.`, `_orig_mod.`) or into one entry of several (`{"epoch": …,
/// "model": {…}}`, whose names the reader gives as `model.…`); its names are then unexpected, one and all.
struct CheckpointFit {
    private let path: String
    private let names: [String]
    private let modelNames: Set<String>

    /// Creates the check.
    ///
    /// - Parameters:
    ///   - checkpoint: The checkpoint.
    ///   - modelNames: The names that the model takes.
    init(checkpoint: StateDict, modelNames: Set<String>) {
        self.path = checkpoint.path
        self.names = checkpoint.names
        self.modelNames = modelNames
    }

    /// The prefix behind which most of the model's names stand, and how many; `nil` where there is none.
    ///
    /// - Complexity: O(*n*) in the length of all names.
    var bestPrefix: (prefix: String, count: Int)? {
        var counts: [String: Int] = [:]
        for name in names {
            // The longest rest that is a name of the model.
            var rest = name[...]
            while let dot = rest.firstIndex(of: ".") {
                rest = rest[rest.index(after: dot)...]
                guard modelNames.contains(String(rest)) else { continue }
                counts[String(name[..<rest.startIndex]), default: 0] += 1
                break
            }
        }
        counts["module."] = nil
        return counts.max { ($0.value, $1.key) < ($1.value, $0.key) }.map { ($0.key, $0.value) }
    }

    /// Refuses a checkpoint that gives nothing, or less than half of what it would give under another prefix.
    ///
    /// - Parameters:
    ///   - found: How many tensors it gives.
    ///   - prefix: The prefix that was taken off.
    /// - Throws: ``P5Error`` that names what would fit, or what is there.
    func check(found: Int, prefix: String) throws(P5Error) {
        let best = bestPrefix
        guard found == 0 || found * 2 < best?.count ?? 0 else { return }
        let counted = found == 0 ? "none" : "\(found)"
        let asked = prefix.isEmpty ? "" : " behind the prefix \"\(shown(prefix))\""
        let beginning = "\(path): found \(counted) of the model's tensors among \(names.count)\(asked)"
        if let best, best.prefix != prefix {
            throw P5Error(
                .weights,
                "\(beginning), and \(best.count) behind \"\(shown(best.prefix))\"; "
                    + "set P5_CKPT_PREFIX=\(shown(best.prefix)) to take these, or save that part alone"
            )
        }
        let examples = names.prefix(3).map { "\"\(shown($0))\"" }.joined(separator: ", ")
        let isAdapter = names.contains { $0.contains(".lora_") || $0.contains("prompt_embeddings") }
        throw P5Error(
            .weights,
            "\(beginning)\(examples.isEmpty ? "" : ", such as \(examples)"), expected names such as \"shared.weight\"; "
                + (isAdapter
                    ? "this is an adapter: merge it into its model and save that model's state_dict()"
                    : "save the state_dict() of the T5 model itself")
        )
    }

    private func shown(_ name: String) -> String {
        String(name.prefix(120).filter { !$0.isNewline })
    }
}
