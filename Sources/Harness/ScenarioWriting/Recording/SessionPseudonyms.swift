package import Domain
import ModelFiles

/// Replaces session ids by ids that cannot be turned back without the key, and are the same for the same key.
///
/// The new id is the beginning of HMAC-SHA256 (RFC 2104, FIPS 198-1) of the old one's text as a UUID of version 8
/// (RFC 9562, section 5.8).
package struct SessionPseudonyms: Sendable {
    private let innerKey: [UInt8]
    private let outerKey: [UInt8]

    /// Takes a key; one of more than 64 bytes counts by its hash, as in the RFC.
    package init(key: some Sequence<UInt8>) {
        var block = Array(key)
        if block.count > 64 { block = Self.hash(block) }
        block += [UInt8](repeating: 0, count: 64 - block.count)
        innerKey = block.map { $0 ^ 0x36 }
        outerKey = block.map { $0 ^ 0x5c }
    }

    /// Creates a random key that is stored nowhere, so that two recordings cannot be linked.
    package static func random() -> SessionPseudonyms {
        var generator = SystemRandomNumberGenerator()
        return SessionPseudonyms(key: (0..<32).map { _ in UInt8.random(in: 0...255, using: &generator) })
    }

    /// The id that stands for a session.
    package func pseudonym(of session: SessionID) -> SessionID {
        var bytes = Array(authenticationCode(of: Array(session.text.utf8)).prefix(16))
        bytes[6] = bytes[6] & 0x0f | 0x80
        bytes[8] = bytes[8] & 0x3f | 0x80
        var text = ""
        for (index, byte) in bytes.enumerated() {
            if [4, 6, 8, 10].contains(index) { text += "-" }
            text += (byte < 16 ? "0" : "") + String(byte, radix: 16)
        }
        guard let id = SessionID(text) else { preconditionFailure("16 bytes make no UUID: \(text)") }
        return id
    }

    /// The HMAC-SHA256 of a message.
    package func authenticationCode(of message: [UInt8]) -> [UInt8] {
        Self.hash(outerKey + Self.hash(innerKey + message))
    }

    private static func hash(_ bytes: [UInt8]) -> [UInt8] {
        let digits = Fingerprint.sha256(bytes).utf8.map { $0 < 58 ? $0 - 48 : $0 - 87 }
        return stride(from: 0, to: digits.count, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
    }
}
