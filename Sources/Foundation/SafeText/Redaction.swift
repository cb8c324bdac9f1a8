/// Takes secrets out of texts that leave the program: messages, logs, reports, answers.
///
/// A secret is found however each of its characters is written there: as it is, percent-encoded (RFC 3986), behind
/// backslashes, as a JSON `\u` escape or an XML reference, and with its white space folded. Its parts between the
/// characters that end a password in a URL (`@ : / ? #`) and between its lines are secrets too, from five bytes on.
///
/// A secret of fewer than four bytes, of digits alone, or that is also a name that may be shown (a user, a database, a
/// host, the words `password` and `postgres`) cannot be told from ordinary text: it is taken out where a password
/// stands (`password=…`, `"password": "…"`, `://user:…@`), and nowhere else.
package struct Redaction: Hashable, Sendable {
    /// What stands where a secret stood.
    package static let placeholder = "***"

    private static let shortest = 4
    private static let shortestPart = 5
    private static let ordinaryWords: Set<String> = ["password", "postgres"]

    private var secrets: Set<String>
    private var shown: Set<String>
    private var patterns: [SecretPattern] = []
    /// Whether a place where a secret stands can begin with each of the 256 bytes.
    private var canBegin = [Bool](repeating: false, count: 256)

    /// Creates a redaction.
    ///
    /// - Parameters:
    ///   - secrets: The secrets as they are; empty ones do not count.
    ///   - shown: Names that may be shown, even where one of them is also a secret.
    package init(_ secrets: [String] = [], besides shown: [String] = []) {
        self.secrets = Set(secrets.filter { !$0.isEmpty })
        self.shown = Set(shown)
        compile()
    }

    /// Returns a redaction that takes out the secrets of both.
    package func union(_ other: Redaction) -> Redaction {
        union(Array(other.secrets), besides: Array(other.shown))
    }

    /// Returns a redaction that also takes out further secrets; this one where it knows all of them.
    ///
    /// - Parameters:
    ///   - secrets: The secrets as they are; empty ones do not count.
    ///   - shown: Names that may be shown, even where one of them is also a secret.
    /// - Returns: The redaction of all.
    package func union(_ secrets: [String], besides shown: [String] = []) -> Redaction {
        guard !self.secrets.isSuperset(of: secrets.filter { !$0.isEmpty }) || !self.shown.isSuperset(of: shown) else {
            return self
        }
        return Redaction(Array(self.secrets) + secrets, besides: Array(self.shown) + shown)
    }

    /// Returns a text without the secrets.
    ///
    /// - Complexity: O(*n* · *m*) in the text's length and the number of secrets.
    package func removed(from text: String) -> String {
        guard !patterns.isEmpty else { return text }
        let bytes = Array(text.utf8)
        guard bytes.contains(where: { canBegin[Int($0)] }) else { return text }
        return result(of: bytes) { cleaned(bytes[...], of: bytes, isJSON: false, into: &$0) } ?? text
    }

    /// Returns a JSON text whose strings are without the secrets; names of members and numbers stay as they are.
    ///
    /// - Complexity: O(*n* · *m*) in the text's length and the number of secrets.
    package func removed(fromJSON text: String) -> String {
        guard !patterns.isEmpty else { return text }
        let bytes = Array(text.utf8)
        return result(of: bytes) { output in
            var found = false
            var rest = 0
            while let open = bytes[rest...].firstIndex(of: UInt8(ascii: "\"")) {
                var end = open + 1
                while end < bytes.count, bytes[end] != UInt8(ascii: "\"") {
                    end += bytes[end] == UInt8(ascii: "\\") ? 2 : 1
                }
                end = min(end, bytes.count)
                let next = bytes[end...].dropFirst().first { $0 > UInt8(ascii: " ") }
                output += bytes[rest...open]
                if next == UInt8(ascii: ":") {
                    output += bytes[(open + 1)..<end]
                } else if cleaned(bytes[(open + 1)..<end], of: bytes, isJSON: true, into: &output) {
                    found = true
                }
                rest = end
                if end < bytes.count {
                    output.append(bytes[end])
                    rest += 1
                }
            }
            output += bytes[rest...]
            return found
        } ?? text
    }

    private func result(of bytes: [UInt8], _ clean: (inout [UInt8]) -> Bool) -> String? {
        var output: [UInt8] = []
        output.reserveCapacity(bytes.count)
        return clean(&output) ? String(decoding: output, as: UTF8.self) : nil
    }

    /// Appends a part of a text without the secrets, and returns whether there was one.
    private func cleaned(
        _ part: ArraySlice<UInt8>,
        of text: [UInt8],
        isJSON: Bool,
        into output: inout [UInt8]
    ) -> Bool {
        var found = false
        var index = part.startIndex
        while index < part.endIndex {
            if canBegin[Int(part[index])], let end = match(in: part, at: index, of: text, isJSON: isJSON) {
                output += Self.placeholder.utf8
                index = end
                found = true
            } else {
                // Both bytes of an escape stay together.
                let step = isJSON && part[index] == UInt8(ascii: "\\") ? 2 : 1
                output += part[index..<min(index + step, part.endIndex)]
                index += step
            }
        }
        return found
    }

    private func match(in part: ArraySlice<UInt8>, at index: Int, of text: [UInt8], isJSON: Bool) -> Int? {
        for pattern in patterns {
            guard let end = pattern.end(in: part, from: index, isJSON: isJSON) else { continue }
            if pattern.isPlain || PasswordPlace.contains(index..<end, of: text) { return end }
        }
        return nil
    }

    private mutating func compile() {
        var texts: [String: Bool] = [:]
        for secret in secrets {
            for text in [secret, PercentEncoding.decoded(secret)] {
                texts[text] = isPlain(text, atLeast: Self.shortest)
                for part in Self.parts(of: text) where isPlain(part, atLeast: Self.shortestPart) { texts[part] = true }
            }
        }
        patterns = texts.sorted { ($1.key.utf8.count, $0.key) < ($0.key.utf8.count, $1.key) }
            .compactMap { SecretPattern($0.key, isPlain: $0.value) }
        for byte in patterns.flatMap(\.firstBytes) { canBegin[Int(byte)] = true }
    }

    private func isPlain(_ secret: String, atLeast count: Int) -> Bool {
        secret.utf8.count >= count && !secret.utf8.allSatisfy { (48...57).contains($0) }
            && !shown.contains(secret) && !Self.ordinaryWords.contains(secret)
    }

    private static func parts(of secret: String) -> [String] {
        secret.utf8.split { "@:/?#".utf8.contains($0) || $0 <= 32 }.map { String(decoding: $0, as: UTF8.self) }
    }
}
