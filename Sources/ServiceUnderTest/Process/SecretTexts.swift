/// Texts that must not appear in any log or report, and what stands in their place.
struct SecretTexts: Sendable {
    /// What stands where a secret stood.
    static let placeholder = "[redacted]"

    private let texts: [String]

    /// Creates secrets; those shorter than four characters cannot be told from ordinary text and do not count.
    init(_ texts: [String]) {
        self.texts = Set(texts.filter { $0.utf8.count >= 4 }).sorted { ($1.utf8.count, $0) < ($0.utf8.count, $1) }
    }

    /// Returns a text without the secrets.
    func removed(from text: String) -> String {
        texts.reduce(text) { $0.replacing($1, with: Self.placeholder) }
    }
}
