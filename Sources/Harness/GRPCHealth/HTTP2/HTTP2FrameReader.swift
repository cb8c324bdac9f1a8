/// Cuts bytes into frames as they come.
struct HTTP2FrameReader: Sendable {
    /// The longest payload that a server may send to a client that has not asked for more (RFC 9113, section 4.2).
    static let longestPayload = 16_384

    private var bytes: [UInt8] = []
    private var start = 0

    /// Takes bytes.
    mutating func take(_ more: some Collection<UInt8>) {
        bytes.removeFirst(start)
        start = 0
        bytes += more
    }

    /// Whether the bytes begin as an answer of HTTP/1 does.
    var beginsLikeHTTP1: Bool { bytes[start...].starts(with: "HTTP/1.".utf8) }

    /// Takes out the next frame.
    ///
    /// - Returns: The frame; `nil` where it has not come whole.
    /// - Throws: `HTTP2Error` for a frame that is too long.
    mutating func next() throws(HTTP2Error) -> HTTP2Frame? {
        guard bytes.count - start >= 9 else { return nil }
        let head = bytes[start..<start + 9]
        let length = head.prefix(3).reduce(0) { $0 << 8 | Int($1) }
        guard length <= Self.longestPayload else {
            throw HTTP2Error(reason: "what comes is no frame of HTTP/2, or one of \(length) bytes")
        }
        let end = start + 9 + length
        guard bytes.count >= end else { return nil }
        defer { start = end }
        return HTTP2Frame(
            type: bytes[start + 3],
            flags: bytes[start + 4],
            stream: head.suffix(4).reduce(0) { $0 << 8 | Int($1) } & 0x7fff_ffff,
            payload: Array(bytes[start + 9..<end])
        )
    }
}
