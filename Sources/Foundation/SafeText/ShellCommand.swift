/// A command for people to paste into a POSIX shell, which takes each word as it is meant.
///
/// See <https://pubs.opengroup.org/onlinepubs/9699919799/utilities/V3_chap02.html#tag_18_02>.
package struct ShellCommand: Hashable, Sendable, CustomStringConvertible {
    /// The program and its arguments.
    package var words: [String]

    /// Creates a command.
    package init(_ words: [String]) {
        self.words = words
    }

    /// The command on one line.
    package var description: String { words.map(Self.quoted).joined(separator: " ") }

    /// Returns a word in single quotes where it holds anything but characters that no shell touches.
    package static func quoted(_ word: String) -> String {
        let isPlain = word.unicodeScalars.allSatisfy { scalar in
            scalar.isASCII
                && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
                    || "/._-+:,=@%".unicodeScalars.contains(scalar))
        }
        // A leading "=" is a path to zsh.
        if isPlain, !word.isEmpty, !word.hasPrefix("=") { return word }
        // Scalars, for a quote with a combining accent is a quote to a shell.
        let parts = word.unicodeScalars.split(separator: "'", omittingEmptySubsequences: false)
        return "'" + parts.map { String($0) }.joined(separator: "'\\''") + "'"
    }
}
