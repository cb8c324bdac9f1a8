/// How virtual tokens are trained before scoring; the defaults are those of the deployed service without its dropout.
///
/// Follows Hugging Face PEFT's prompt tuning for encoder-decoder models (Lester et al., "The Power of Scale for
/// Parameter-Efficient Prompt Tuning", EMNLP 2021).
package struct SoftPromptSettings: Hashable, Sendable {
    /// The seed of the shipped goldens, which a service without one uses too.
    package static let defaultSeed: UInt64 = 20_251_030

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
    package var dropout = 0.0
    /// What the order of the examples and the dropped values follow from.
    package var seed = SoftPromptSettings.defaultSeed

    /// Creates settings with the defaults.
    package init() {}

    /// Checks that every setting is within its range.
    ///
    /// - Throws: ``SettingError`` that names the setting.
    package func validate() throws(SettingError) {
        try P5Limits.virtualTokens.check(virtualTokens)
        try P5Limits.examples.check(exampleLimit)
        try P5Limits.targetLength.check(targetLength)
        try P5Limits.steps.check(steps)
        try P5Limits.stepBatch.check(batch)
        try P5Limits.dropout.check(dropout)
        let rates = [("learning rate", learningRate), ("weight decay", weightDecay), ("largest norm", largestNorm)]
        for (name, rate) in rates { try SettingRange("soft prompt: \(name)", P5Limits.rates).check(rate) }
    }
}
