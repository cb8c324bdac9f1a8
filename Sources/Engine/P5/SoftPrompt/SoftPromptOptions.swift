/// How virtual tokens are trained before scoring; the defaults are those of the deployed service without its dropout.
///
/// Follows Hugging Face PEFT's prompt tuning for encoder-decoder models (Lester et al., "The Power of Scale for
/// Parameter-Efficient Prompt Tuning", EMNLP 2021).
package struct SoftPromptOptions: Hashable, Sendable {
    /// The virtual tokens.
    package var virtualTokens = 40
    /// The text whose tokens, the end mark included, they begin as; repeated to fill them all.
    package var initialText = "rating prediction"
    /// The most ratings that become examples, the newest first.
    package var exampleLimit = 30
    /// The most tokens of an example's answer, the end mark included.
    package var targetLength = 8
    /// The steps.
    package var steps = 10
    /// The examples of a step.
    package var batch = 8
    /// The learning rate of AdamW.
    package var learningRate: Float = 5e-4
    /// The decoupled weight decay of AdamW.
    package var weightDecay: Float = 0.01
    /// The largest norm of the gradient.
    package var largestNorm: Float = 1
    /// The share of values dropped in training: 0.1 in production, 0 where results must be those of a golden.
    package var dropout: Float = 0
    /// What the order of the examples and the dropped values follow from.
    package var seed: UInt64 = 20_251_030

    /// Creates options with the defaults.
    package init() {}

    /// Checks that every setting is within reason.
    ///
    /// - Throws: ``P5Error`` that names the setting.
    func validate() throws(P5Error) {
        let counts = [
            ("virtual tokens", virtualTokens, 1...1_024), ("examples", exampleLimit, 1...1_024),
            ("tokens of a target", targetLength, 1...256), ("steps", steps, 0...100_000), ("batch", batch, 1...1_024),
        ]
        for (name, value, range) in counts where !range.contains(value) {
            throw P5Error(
                .configuration,
                "soft prompt: \(name): found \(value), expected a whole number from \(range.lowerBound) "
                    + "to \(range.upperBound)"
            )
        }
        guard dropout >= 0, dropout < 1 else {
            throw P5Error(.configuration, "soft prompt: dropout: found \(dropout), expected at least 0 and below 1")
        }
        let rates = [("learning rate", learningRate), ("weight decay", weightDecay), ("largest norm", largestNorm)]
        for (name, value) in rates where !(value >= 0 && value < 1e6) {
            throw P5Error(.configuration, "soft prompt: \(name): found \(value), expected at least 0 and below 1e6")
        }
    }
}
