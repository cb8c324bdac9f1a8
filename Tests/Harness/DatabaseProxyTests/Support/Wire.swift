import DatabaseProxy
import Domain

/// Builds messages of PostgreSQL's protocol.
enum Wire {
    static func number(_ value: Int32) -> [UInt8] { withUnsafeBytes(of: value.bigEndian) { Array($0) } }

    static func text(_ text: String) -> [UInt8] { Array(text.utf8) + [0] }

    static func message(_ type: Character, _ body: [UInt8] = []) -> [UInt8] {
        [type.asciiValue ?? 0] + number(Int32(body.count + 4)) + body
    }

    static func startup(_ code: Int32 = 196_608, _ body: [UInt8] = text("user") + text("me") + [0]) -> [UInt8] {
        number(Int32(body.count + 8)) + number(code) + body
    }

    static func query(_ sql: String) -> [UInt8] { message("Q", text(sql)) }

    static func parse(_ sql: String, name: String = "") -> [UInt8] {
        message("P", text(name) + text(sql) + [0, 0])
    }

    static func bind(name: String = "", _ parameters: [[UInt8]] = []) -> [UInt8] {
        let values = parameters.flatMap { number(Int32($0.count)) + $0 }
        return message("B", text("") + text(name) + [0, 0, 0, UInt8(parameters.count)] + values + [0, 0])
    }

    static let execute = message("E", text("") + number(0))
    static let sync = message("S")

    /// A statement as `PQexecParams` sends it, without the `Sync`.
    static func statement(_ sql: String, _ parameters: [[UInt8]] = []) -> [UInt8] {
        parse(sql) + bind(parameters) + message("D", [UInt8(ascii: "P")] + text("")) + execute
    }

    static func complete(_ tag: String) -> [UInt8] { message("C", text(tag)) }
    static let ready = message("Z", [UInt8(ascii: "I")])
    static let error = message("E", [UInt8(ascii: "S")] + text("ERROR") + [0])
}

extension MessageReader {
    /// The pieces of a whole stream.
    static func pieces(_ sender: Sender, _ bytes: [UInt8]) throws -> [ProtocolPiece] {
        var reader = MessageReader(sender)
        return try reader.read(bytes)
    }
}

extension WireProtocolTracker {
    /// The boundaries that a client's messages pass, behind a startup packet.
    mutating func sends(_ bytes: [UInt8], lookingFor sessions: Set<SessionID> = []) throws -> [BoundaryCrossing] {
        try MessageReader.pieces(.client, Wire.startup() + bytes).dropFirst()
            .flatMap { try clientSends($0, lookingFor: sessions) }
    }

    /// The boundaries that a server's messages pass.
    mutating func receives(_ bytes: [UInt8]) throws -> [BoundaryCrossing] {
        try MessageReader.pieces(.server, bytes).flatMap { serverSends($0) }
    }
}
