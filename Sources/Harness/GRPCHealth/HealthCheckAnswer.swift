/// The answer to a health check as its frames come: header fields, one message, and the fields behind it.
struct HealthCheckAnswer: Sendable {
    /// The longest block of header fields.
    private static let headersLimit = 16_384
    /// The longest message, with its prefix.
    private static let messageLimit = 4_096

    /// The beginning of a block of header fields whose end has not come, and whether it ends the call.
    private var block: (bytes: [UInt8], endsStream: Bool)?
    private var hasFields = false
    private var message: [UInt8] = []

    /// Takes a frame of the call.
    ///
    /// - Returns: What the call came to, where the frame ends it.
    /// - Throws: `HTTP2Error` for what is no answer of gRPC.
    mutating func take(_ frame: HTTP2Frame) throws(HTTP2Error) -> HealthCheckResult? {
        switch (frame.kind, block) {
        case (.headers, nil):
            return try takeBlock(try frame.fields(), endsStream: frame.endsStream, isWhole: frame.endsHeaders)
        case (.continuation, let begun?):
            let bytes = begun.bytes + frame.payload
            return try takeBlock(bytes, endsStream: begun.endsStream, isWhole: frame.endsHeaders)
        case (.data, nil):
            guard hasFields else { throw HTTP2Error(reason: "DATA comes before HEADERS") }
            message += try frame.data()
            guard message.count <= Self.messageLimit else {
                throw HTTP2Error(reason: "the message has more than \(Self.messageLimit) bytes")
            }
            guard frame.endsStream else { return nil }
            throw HTTP2Error(reason: "the call ends without a status of gRPC")
        default:
            throw HTTP2Error(reason: "a frame of the type \(frame.type) in the middle of header fields")
        }
    }

    private mutating func takeBlock(
        _ bytes: [UInt8],
        endsStream: Bool,
        isWhole: Bool
    ) throws(HTTP2Error) -> HealthCheckResult? {
        guard bytes.count <= Self.headersLimit else {
            throw HTTP2Error(reason: "the header fields have more than \(Self.headersLimit) bytes")
        }
        block = isWhole ? nil : (bytes, endsStream)
        guard isWhole else { return nil }
        let fields = try HeaderDecoder.fields(of: bytes)
        if let status = fields.first(named: ":status") {
            // What comes before an answer is none (RFC 9110, section 15.2).
            if status.hasPrefix("1"), !endsStream { return nil }
            guard !hasFields else { throw HTTP2Error(reason: "a second answer begins within the first") }
            try requireGRPC(fields, status: status)
            hasFields = true
        } else if !hasFields || !endsStream {
            throw HTTP2Error(reason: "header fields without a status")
        }
        return endsStream ? try result(fields) : nil
    }

    private func requireGRPC(_ fields: [HeaderField], status: String) throws(HTTP2Error) {
        guard status == "200" else { throw HTTP2Error(reason: "the server answers with the HTTP status \(status)") }
        let type = fields.first(named: "content-type") ?? "none"
        guard type == "application/grpc" || type.hasPrefix("application/grpc+") || type.hasPrefix("application/grpc;")
        else { throw HTTP2Error(reason: "the answer's content type is \(type.prefix(80)), not application/grpc") }
    }

    private func result(_ fields: [HeaderField]) throws(HTTP2Error) -> HealthCheckResult {
        guard let text = fields.first(named: "grpc-status"), let code = Int(text), code >= 0 else {
            throw HTTP2Error(reason: "the call ends without a status of gRPC")
        }
        guard code == 0 else { return .failed(code: code) }
        return .answered(status: try HealthMessage.status(in: message))
    }
}
