/// What is divided into shards: all that decides the result, but for which shard it is.
///
/// Shards are put together only where it is the same for all of them.
package struct ShardWork: Hashable, Sendable, Codable {
    /// The command, such as `rank`.
    package var command: String
    /// Its words as they were given, less those about shards, and without secrets.
    package var words: [String]
    /// The version of Coldstart.
    package var tool: String
    /// The fingerprint of every file that is read, by what it is: models, sessions, catalogue.
    package var files: [String: String]
    /// What else changes results, by name: settings that variables give.
    package var settings: [String: String]

    /// Creates a description of work.
    package init(
        command: String,
        words: [String],
        tool: String,
        files: [String: String] = [:],
        settings: [String: String] = [:]
    ) {
        self.command = command
        self.words = words
        self.tool = tool
        self.files = files
        self.settings = settings
    }

    /// What differs from other work, in words; `nil` where nothing does.
    ///
    /// - Parameter other: The other work.
    /// - Returns: The first difference, both sides named.
    package func difference(from other: ShardWork) -> String? {
        if command != other.command { return "the command is \(command), and \(other.command)" }
        if tool != other.tool { return "the version of Coldstart is \(tool), and \(other.tool)" }
        return Self.difference("the file", files, other.files)
            ?? Self.difference("the setting", settings, other.settings)
            ?? (words == other.words
                ? nil
                : "the words are `\(words.joined(separator: " "))`, and "
                    + "`\(other.words.joined(separator: " "))`")
    }

    private static func difference(_ what: String, _ one: [String: String], _ other: [String: String]) -> String? {
        let names = Set(one.keys).union(other.keys).sorted()
        guard let name = names.first(where: { one[$0] != other[$0] }) else { return nil }
        return "\(what) \(name) is \(one[name] ?? "missing"), and \(other[name] ?? "missing")"
    }
}
