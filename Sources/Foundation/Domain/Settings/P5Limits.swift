/// The ranges of P5's settings: what scenarios, the command line, the environment and goldens may ask for.
package enum P5Limits {
    /// The longest encoder input in tokens.
    package static let maximumLength = SettingRange("P5_MAX_LEN", 1...65_536)
    /// The longest decoder sequence in tokens; the start token and one more.
    package static let generationLimit = SettingRange("P5_GEN_MAX_LEN", 2...1_024)
    /// The prompts that a thread encodes at a time.
    package static let batch = SettingRange("P5_BATCH", 1...65_536)
    /// The texts that a beam search follows at once.
    package static let beams = SettingRange("beams", 1...64)
    /// The threads that work at once.
    package static let threads = SettingRange("threads of P5", 1...1_024)
    /// The share of values dropped while virtual tokens are trained.
    package static let dropout = SettingRange("soft prompt: dropout", 0...0.9)
    /// The virtual tokens of a soft prompt.
    package static let virtualTokens = SettingRange("soft prompt: virtual tokens", 1...1_024)
    /// The ratings that become examples of a soft prompt.
    package static let examples = SettingRange("soft prompt: examples", 1...1_024)
    /// The tokens of an example's answer.
    package static let targetLength = SettingRange("soft prompt: tokens of a target", 1...256)
    /// The steps of a soft prompt's training.
    package static let steps = SettingRange("soft prompt: steps", 0...100_000)
    /// The examples of a step.
    package static let stepBatch = SettingRange("soft prompt: batch", 1...1_024)
    /// The learning rate, the weight decay and the largest norm of a gradient.
    package static let rates = 0...Float(1e6)
}
