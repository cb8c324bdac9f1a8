/// The shared secret of `/recommend`, which no description, log or report shows.
package struct WebhookSecret: Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    private let bytes: [UInt8]

    /// Creates a secret; an empty text is none.
    package init?(_ text: String) {
        if text.isEmpty { return nil }
        bytes = Array(text.utf8)
    }

    /// Whether an offered text is the secret.
    ///
    /// Takes time that depends on the offer's length alone, so that answers do not tell how much of it was right.
    ///
    /// - Complexity: O(*n*) in the length of the offer.
    package func matches(_ offer: String?) -> Bool {
        let offer = Array((offer ?? "").utf8)
        var difference = UInt64(bytes.count ^ offer.count)
        for (index, byte) in offer.enumerated() {
            difference |= UInt64(byte ^ bytes[index % bytes.count])
        }
        return difference == 0
    }

    /// The text, for redaction alone.
    var text: String { String(decoding: bytes, as: UTF8.self) }

    package var description: String { "***" }
    package var debugDescription: String { "***" }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
