/// The stages of the service's initialisation, in their order.
package enum InitialisationStage: String, Hashable, Sendable, Codable, CaseIterable {
    /// Checks that the required environment variables are present.
    case environment
    /// Opens the SVD factors.
    case svd
    /// Reads the map from movie ids to P5's internal ids.
    case datamaps
    /// Opens the SentencePiece model.
    case tokenizer
    /// Opens the backbone and the P5 checkpoint.
    case checkpoint
}

/// When the service calls itself ready, and what it loads when.
package enum InitialisationStrategy: String, Hashable, Sendable, Codable, CaseIterable {
    /// Ready only after the last stage, and not listening before; the original.
    case blocking
    /// Ready right after the environment check, everything else in the background; the fix as deployed.
    case progressive
    /// Ready once SVD and the id map serve; `/recommend` answers 503 until then.
    case gated
    /// As `gated`, and P5 is loaded by the first request that wants it.
    case lazy
}
