/// How the virtual tokens of a golden's soft prompts were trained, as far as two services may differ in it.
package struct GoldenSoftPrompt: Hashable, Sendable {
    /// The virtual tokens.
    package var virtualTokens = 40
    /// The share of values dropped in training.
    package var dropout = 0.0
    /// What the order of the examples and the dropped values follow from.
    package var seed: UInt64 = 20_251_030

    /// Creates the settings of a golden that names none.
    package init() {}
}
