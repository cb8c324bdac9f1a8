/// The name of a container's port, by which a Kubernetes probe may ask for it: 1 to 15 lower-case letters, digits and
/// hyphens (the length and letters of RFC 6335, section 5.1, in the case that Kubernetes asks for).
///
/// It lies in two words, so that what a probe saw is copied without counting references: a sweep copies it millions of
/// times a second.
package struct PortName: Hashable, Sendable {
    /// The most characters a name has.
    package static let longest = 15

    /// The bytes, the first in the lowest place, and zeros behind them.
    private var low: UInt64 = 0
    private var high: UInt64 = 0

    /// Creates a name, absent where the text is none.
    package init?(_ text: String) {
        let bytes = text.utf8
        guard (1...Self.longest).contains(bytes.count), bytes.allSatisfy(Self.isAllowed) else { return nil }
        for (index, byte) in bytes.enumerated() {
            if index < 8 { low |= UInt64(byte) << (8 * index) } else { high |= UInt64(byte) << (8 * (index - 8)) }
        }
    }

    /// The name.
    package var text: String {
        let bytes = (0..<16).map { UInt8(truncatingIfNeeded: ($0 < 8 ? low : high) >> (8 * ($0 % 8))) }
        return String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }

    private static func isAllowed(_ byte: UInt8) -> Bool {
        (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte) || byte == 0x2D
    }
}

extension PortName: ExpressibleByStringLiteral {
    /// Creates a name that stands in the source.
    ///
    /// - Precondition: It is a name.
    package init(stringLiteral text: String) {
        guard let name = PortName(text) else { preconditionFailure("'\(text)' names no port") }
        self = name
    }
}

extension PortName: Codable {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let name = PortName(text) else {
            throw DecodingError.dataCorruptedError(
                in: container,
                debugDescription: "a port's name has 1 to 15 lower-case letters, digits and hyphens, found '\(text)'"
            )
        }
        self = name
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}
