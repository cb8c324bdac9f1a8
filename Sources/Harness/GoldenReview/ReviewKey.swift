/// A key that a person presses in a review.
package enum ReviewKey: Hashable, Sendable {
    /// A printable character.
    case character(Character)
    /// Enter.
    case enter
    /// Escape alone.
    case escape
    /// Backspace.
    case backspace
    /// One line up.
    case up
    /// One line down.
    case down
    /// Control-C, or the end of the input.
    case interrupt

    /// Takes the keys out of what a terminal sent.
    ///
    /// Arrows come as `ESC [ A` or `ESC O A` (ECMA-48, 5.4; xterm's cursor keys); other sequences are passed over. An
    /// escape at the very end is the key itself, as terminals send sequences in one piece.
    ///
    /// - Parameter bytes: What the terminal sent at once, UTF-8.
    /// - Returns: The keys in order.
    /// - Complexity: O(*n*).
    package static func keys(in bytes: [UInt8]) -> [ReviewKey] {
        var keys: [ReviewKey] = []
        var rest = String(decoding: bytes, as: UTF8.self).unicodeScalars[...]
        while let next = rest.popFirst() {
            switch next {
            case "\u{1b}": keys += escaped(&rest)
            case "\r", "\n": keys.append(.enter)
            case "\u{7f}", "\u{8}": keys.append(.backspace)
            case "\u{3}", "\u{4}": keys.append(.interrupt)
            case _ where next.value < 0x20: break
            default: keys.append(.character(Character(next)))
            }
        }
        return keys
    }

    private static func escaped(_ rest: inout Substring.UnicodeScalarView) -> [ReviewKey] {
        guard let introducer = rest.first, introducer == "[" || introducer == "O" else { return [.escape] }
        rest.removeFirst()
        while let next = rest.popFirst() {
            switch next {
            case "A": return [.up]
            case "B": return [.down]
            // Parameters and intermediate bytes; what is not one of them ends the sequence.
            case " "..."?": continue
            default: return []
            }
        }
        return []
    }
}
