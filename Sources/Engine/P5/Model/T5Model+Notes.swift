package import ModelFiles

extension T5Model {
    /// How many of the model's tensors the checkpoint gave, and how many are the backbone's.
    package var sources: (checkpoint: Int, backbone: Int) {
        let overridden = Set(mergeReport?.overridden ?? [])
        let given = tensors.count { overridden.contains($0.name) }
        return (given, tensors.count - given)
    }

    /// Says in one line where the model's tensors came from, `nil` without a checkpoint.
    package var sourceNote: String? {
        guard mergeReport != nil else { return nil }
        return "checkpoint: gave \(sources.checkpoint) of the model's \(tensors.count) tensors; "
            + "\(sources.backbone) are the backbone's"
    }

    /// Says in one line which names were ignored, `nil` where none was.
    package var ignoredNote: String? {
        let names = ignoredNames
        guard !names.isEmpty else { return nil }
        let shown = names.prefix(4).map { "\"\($0.prefix(120).filter { !$0.isNewline })\"" }.joined(separator: ", ")
        let more = names.count > 4 ? " and \(names.count - 4) more" : ""
        return
            "checkpoint: ignored \(names.count == 1 ? "a name" : "\(names.count) names") that the model of config.json "
            + "has no place for: \(shown)\(more)"
    }

    /// Says in one line that the head is not what the configuration says, `nil` where it is.
    package var headNote: String? {
        let isTied = weights.head.pointer == weights.embedding.pointer
        guard isTied != configuration.tiesEmbeddings else { return nil }
        return isTied
            ? "backbone: found no \"lm_head.weight\" though config.json ties no embeddings; the embeddings are the head"
            : "backbone: \"lm_head.weight\" differs from the embeddings, and is the head, though config.json ties them"
    }

    /// What a user should know of how the files became the model, a line each.
    package var notes: [String] { [sourceNote, headNote, ignoredNote].compactMap(\.self) }

    /// Returns the first tensor of the model that holds a NaN or an infinity, with the place of the element.
    ///
    /// - Complexity: O(*n*) in the bytes of the weights, which opening does not read.
    package func firstTensorThatIsNotFinite() -> (tensor: Tensor, element: Int)? {
        for tensor in tensors {
            if let element = tensor.firstElementThatIsNotFinite() { return (tensor, element) }
        }
        return nil
    }
}
