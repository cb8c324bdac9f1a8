/// The two messages of a health check, as gRPC sends them: a prefix of five bytes, and Protocol Buffers.
enum HealthMessage {
    /// The message `HealthCheckRequest`: field 1 is the service's name, left out where it is empty.
    static func request(service: String) -> [UInt8] {
        let name = Array(service.utf8)
        let body = name.isEmpty ? [] : [0x0a] + varint(UInt64(name.count)) + name
        return [0] + (0..<4).map { UInt8(truncatingIfNeeded: body.count >> (24 - 8 * $0)) } + body
    }

    /// Reads the message `HealthCheckResponse`.
    ///
    /// - Parameter bytes: The message with its prefix.
    /// - Returns: The serving status: field 1, 0 (`UNKNOWN`) where it is left out.
    /// - Throws: `HTTP2Error` where it is no such message, or more than one.
    static func status(in bytes: [UInt8]) throws(HTTP2Error) -> UInt64 {
        guard bytes.count >= 5 else { throw HTTP2Error(reason: "the call succeeds without a message") }
        guard bytes[0] == 0 else { throw HTTP2Error(reason: "the message is compressed") }
        let length = bytes[1..<5].reduce(0) { $0 << 8 | Int($1) }
        guard length == bytes.count - 5 else {
            throw HTTP2Error(reason: "the message has \(bytes.count - 5) bytes, its prefix says \(length)")
        }
        var rest = bytes[5...]
        var status: UInt64 = 0
        while !rest.isEmpty {
            let key = try takeVarint(&rest)
            switch (key >> 3, key & 7) {
            case (1, 0): status = try takeVarint(&rest)
            case (2..., 0): _ = try takeVarint(&rest)
            case (2..., 1): try drop(8, &rest)
            case (2..., 2): try drop(try takeVarint(&rest), &rest)
            case (2..., 5): try drop(4, &rest)
            default: throw HTTP2Error(reason: "the message has a field \(key >> 3) of the wire type \(key & 7)")
            }
        }
        return status
    }

    private static func varint(_ number: UInt64) -> [UInt8] {
        var bytes: [UInt8] = []
        var rest = number
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        return bytes + [UInt8(rest)]
    }

    private static func takeVarint(_ bytes: inout ArraySlice<UInt8>) throws(HTTP2Error) -> UInt64 {
        var number: UInt64 = 0
        for shift in stride(from: UInt64(0), to: 64, by: 7) {
            guard let byte = bytes.popFirst() else { throw HTTP2Error(reason: "the message ends within a number") }
            number |= UInt64(byte & 0x7f) << shift
            if byte < 0x80 { return number }
        }
        throw HTTP2Error(reason: "the message has a number of more than ten bytes")
    }

    private static func drop(_ count: UInt64, _ bytes: inout ArraySlice<UInt8>) throws(HTTP2Error) {
        guard count <= UInt64(bytes.count) else { throw HTTP2Error(reason: "the message ends within a field") }
        bytes = bytes.dropFirst(Int(count))
    }
}
