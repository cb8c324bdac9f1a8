/// What is wrong with one key of the body of a successful answer.
package struct BodyFault: Hashable, Sendable {
    /// The key, `nil` where the body is no object that could have keys.
    package let key: String?
    /// What was found and what was expected, in one phrase.
    package let text: String

    /// Creates a fault.
    package init(key: String?, text: String) {
        self.key = key
        self.text = text
    }
}
