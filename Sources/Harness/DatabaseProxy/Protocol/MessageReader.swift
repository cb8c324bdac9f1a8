/// Cuts the bytes of one direction of a PostgreSQL connection into messages.
///
/// A message is handed on as a whole up to ``inspectionLimit``; of a longer one the beginning is handed on as soon as it
/// is there and the rest as it comes, so that no length that a peer states decides how much memory is used.
/// The limits on lengths are the server's own (`src/backend/libpq/pqcomm.c`, `postmaster.c` of PostgreSQL 15).
package struct MessageReader: Sendable {
    /// A direction of a connection, by who sends.
    package enum Sender: Hashable, Sendable {
        /// The service, whose first packet has no type.
        case client
        /// The database.
        case server
    }

    /// The most bytes of a message that are gathered.
    package static let inspectionLimit = 65_536
    /// The longest first packet (`MAX_STARTUP_PACKET_LENGTH`).
    static let startupLimit = 10_000
    /// The longest message of any type (`PQ_LARGE_MESSAGE_LIMIT`).
    static let messageLimit = 0x3FFF_FFFF
    /// The longest message of a client of a type that carries no data (`PQ_SMALL_MESSAGE_LIMIT`).
    static let smallMessageLimit = 10_000
    /// The longest answer to a question for a password (`PG_MAX_AUTH_TOKEN_LENGTH`).
    static let passwordLimit = 65_535

    private let sender: Sender
    private var gathered: [UInt8] = []
    private var remaining = 0
    private var hasStarted: Bool

    /// Creates a reader at the beginning of a connection.
    package init(_ sender: Sender) {
        self.sender = sender
        self.hasStarted = sender == .server
    }

    /// Takes in bytes and returns the pieces that they complete.
    ///
    /// - Throws: ``ProxyError`` (`badMessage`) for a length or a type that no PostgreSQL peer sends; the reader is then
    ///   of no further use.
    /// - Complexity: O(*n*) in the bytes that are gathered.
    package mutating func read(_ bytes: [UInt8]) throws(ProxyError) -> [ProtocolPiece] {
        var pieces: [ProtocolPiece] = []
        var start = 0
        if remaining > 0 {
            start = min(remaining, bytes.count)
            remaining -= start
            pieces.append(ProtocolPiece(kind: .continuation, bytes: Array(bytes[..<start])))
        }
        gathered += bytes[start...]
        var position = 0
        while let piece = try nextPiece(at: &position) { pieces.append(piece) }
        gathered.removeFirst(position)
        return pieces
    }

    /// Returns the bytes of a message whose end has not come, for a connection that is over.
    package mutating func takeRest() -> [UInt8] {
        defer { gathered = [] }
        return gathered
    }

    private mutating func nextPiece(at position: inout Int) throws(ProxyError) -> ProtocolPiece? {
        guard hasStarted else { return try startupPiece(at: &position) }
        guard gathered.count - position >= 5 else { return nil }
        let type = gathered[position]
        let length = number(at: position + 1)
        guard isLetter(type) || isDigit(type) else {
            throw ProxyError(.badMessage, "a message of type \(type) is none of PostgreSQL's; a letter was expected")
        }
        let limit = limit(of: type)
        guard (4...limit).contains(length) else {
            throw ProxyError(.badMessage, "a message states a length of \(length) bytes; 4 to \(limit) were expected")
        }
        let available = gathered.count - position
        let size = length + 1
        guard available >= min(size, Self.inspectionLimit) else { return nil }
        let taken = min(size, available)
        remaining = size - taken
        defer { position += taken }
        return ProtocolPiece(kind: .message(type), bytes: Array(gathered[position..<position + taken]))
    }

    private mutating func startupPiece(at position: inout Int) throws(ProxyError) -> ProtocolPiece? {
        guard gathered.count - position >= 4 else { return nil }
        let length = number(at: position)
        guard (8...Self.startupLimit).contains(length) else {
            throw ProxyError(
                .badMessage,
                "a first packet states a length of \(length) bytes; 8 to \(Self.startupLimit) were expected"
            )
        }
        guard gathered.count - position >= length else { return nil }
        let code = number(at: position + 4)
        let kind = try startupKind(code, length: length)
        hasStarted = kind != .encryptionRequest
        defer { position += length }
        return ProtocolPiece(kind: kind, bytes: Array(gathered[position..<position + length]))
    }

    private func startupKind(_ code: Int, length: Int) throws(ProxyError) -> ProtocolPiece.Kind {
        switch (code, length) {
        case (80_877_103, 8), (80_877_104, 8): return .encryptionRequest
        // Newer protocols have longer keys (256 bytes at most).
        case (80_877_102, 16...268): return .cancelRequest
        case (3 << 16..<4 << 16, 9...): return .startup
        default:
            throw ProxyError(
                .badMessage,
                "a first packet of \(length) bytes has the code \(code); version 3 of the protocol was expected"
            )
        }
    }

    private func limit(of type: UInt8) -> Int {
        guard sender == .client else { return Self.messageLimit }
        switch Character(Unicode.Scalar(type)) {
        case "Q", "P", "B", "F", "d": return Self.messageLimit
        case "p": return Self.passwordLimit
        default: return Self.smallMessageLimit
        }
    }

    private func isLetter(_ byte: UInt8) -> Bool { (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte) }

    private func isDigit(_ byte: UInt8) -> Bool { (0x31...0x33).contains(byte) }

    private func number(at index: Int) -> Int {
        Int(Int32(truncatingIfNeeded: gathered[index..<index + 4].reduce(0) { $0 << 8 | Int($1) }))
    }
}
