/// A piece of one direction of a PostgreSQL connection: a whole message, or a part of a long one.
///
/// See <https://www.postgresql.org/docs/15/protocol-message-formats.html>.
package struct ProtocolPiece: Hashable, Sendable {
    /// What a piece is.
    package enum Kind: Hashable, Sendable {
        /// The first packet of a client, with the user and the database.
        case startup
        /// A client's question whether the connection can be encrypted (`SSLRequest`, `GSSENCRequest`).
        case encryptionRequest
        /// A client's wish to cancel a statement of another connection.
        case cancelRequest
        /// A message with a type, such as `Q` or `B`, or the beginning of one that is longer than is looked into.
        case message(UInt8)
        /// A further part of a message whose beginning has been handed on.
        case continuation
    }

    /// What the piece is.
    package let kind: Kind
    /// The bytes as they came, with type and length.
    package let bytes: [UInt8]

    /// Creates a piece.
    package init(kind: Kind, bytes: [UInt8]) {
        self.kind = kind
        self.bytes = bytes
    }

    /// The bytes after type and length; empty for what has no type.
    package var body: ArraySlice<UInt8> {
        if case .message = kind { bytes.dropFirst(5) } else { [] }
    }
}
