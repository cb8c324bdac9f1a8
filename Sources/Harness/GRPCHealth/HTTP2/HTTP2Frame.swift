/// What is wrong with bytes that are no HTTP/2, or no answer of gRPC over it.
package struct HTTP2Error: Error, Hashable, Sendable {
    /// What was found, in words.
    package let reason: String
}

/// A frame of HTTP/2 (RFC 9113, section 4.1).
struct HTTP2Frame: Hashable, Sendable {
    /// The types of frames that mean something here.
    enum Kind: UInt8 {
        case data = 0
        case headers = 1
        case priority = 2
        case resetStream = 3
        case settings = 4
        case pushPromise = 5
        case ping = 6
        case goAway = 7
        case windowUpdate = 8
        case continuation = 9
    }

    /// The flag ACK of SETTINGS and PING.
    static let acknowledgement: UInt8 = 0x1
    /// The flag END_STREAM of DATA and HEADERS.
    static let endStream: UInt8 = 0x1
    /// The flag END_HEADERS of HEADERS and CONTINUATION.
    static let endHeaders: UInt8 = 0x4

    /// The type as it came.
    let type: UInt8
    /// The flags.
    let flags: UInt8
    /// The stream, 0 for the connection.
    let stream: Int
    /// The payload, at most 16,384 bytes.
    let payload: [UInt8]

    /// The type where it means something.
    var kind: Kind? { Kind(rawValue: type) }
    /// Whether the frame acknowledges another.
    var isAcknowledgement: Bool { flags & Self.acknowledgement != 0 }
    /// Whether nothing follows on the stream.
    var endsStream: Bool { flags & Self.endStream != 0 }
    /// Whether the block of header fields is whole.
    var endsHeaders: Bool { flags & Self.endHeaders != 0 }

    /// The frame as it is sent.
    var bytes: [UInt8] {
        let length = payload.count
        let head = [length >> 16, length >> 8, length].map { UInt8(truncatingIfNeeded: $0) } + [type, flags]
        return head + [stream >> 24, stream >> 16, stream >> 8, stream].map { UInt8(truncatingIfNeeded: $0) } + payload
    }

    /// Returns the number of four bytes at a place.
    ///
    /// - Throws: `HTTP2Error` where the payload is too short for it.
    func number(at place: Int) throws(HTTP2Error) -> Int {
        guard payload.count >= place + 4 else {
            throw HTTP2Error(reason: "a frame of the type \(type) has only \(payload.count) bytes")
        }
        return payload[place..<place + 4].reduce(0) { $0 << 8 | Int($1) }
    }

    /// The data of DATA, without its padding.
    ///
    /// - Throws: `HTTP2Error` where the padding is longer than the frame.
    func data() throws(HTTP2Error) -> [UInt8] { try unpadded(priority: 0) }

    /// The block of header fields of HEADERS, without padding and priority.
    ///
    /// - Throws: `HTTP2Error` where the frame is too short for what its flags promise.
    func fields() throws(HTTP2Error) -> [UInt8] { try unpadded(priority: flags & 0x20 == 0 ? 0 : 5) }

    private func unpadded(priority: Int) throws(HTTP2Error) -> [UInt8] {
        let isPadded = flags & 0x8 != 0
        let padding = isPadded ? Int(payload.first ?? 0) : 0
        let start = (isPadded ? 1 : 0) + priority
        guard start + padding <= payload.count else {
            throw HTTP2Error(reason: "a frame of the type \(type) is shorter than its padding")
        }
        return Array(payload[start..<payload.count - padding])
    }
}
