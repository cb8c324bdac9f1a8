import SafeText

/// Texts as the database gets them: without secrets, without the character that PostgreSQL refuses, and of bounded length.
enum StoredText {
    /// The longest name, in characters: an index takes no value of any length.
    static let shortest = 300
    /// The longest message.
    static let longest = 4_000

    /// A name.
    static func short(_ text: String) -> String { clean(text, shortest) }

    /// A message.
    static func long(_ text: String) -> String { clean(text, longest) }

    /// The words of a command, as one pastes them.
    static func words(_ words: [String]) -> String { long(ShellCommand(["coldstart"] + words).description) }

    private static func clean(_ text: String, _ limit: Int) -> String {
        let clean = Redaction.ofProcess.removed(from: text).replacing("\0", with: "\u{FFFD}")
        // Scalars: a character may be of any length.
        guard clean.unicodeScalars.count > limit else { return clean }
        return String(String.UnicodeScalarView(clean.unicodeScalars.prefix(limit - 1))) + "…"
    }
}
