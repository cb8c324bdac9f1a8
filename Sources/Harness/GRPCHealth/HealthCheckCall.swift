/// One call of `grpc.health.v1.Health/Check` over a connection of its own, as a state machine without sockets or clock.
///
/// Its owner sends what ``takeOutput()`` gives, hands over what comes, in pieces of any size, and drops the connection
/// once there is a ``result``; deadlines are the owner's. The call is made when the server's first SETTINGS frame has
/// come, as clients of gRPC do that wait for a connection. HTTP/2 without TLS and with prior knowledge (RFC 9113, section
/// 3.3), gRPC over HTTP/2, and the health checking protocol of gRPC. The server is told to keep no table of header fields
/// (RFC 7541, section 4.2), so that none is kept here.
package struct HealthCheckCall: Sendable {
    /// The most bytes of an answer that are read.
    package static let limit = 65_536

    /// What it came to, `nil` while it is under way.
    package private(set) var result: HealthCheckResult?
    /// Whether the server has shown that it speaks HTTP/2: the connection counts as made.
    package private(set) var isConnected = false
    private let fields: [UInt8]
    private let message: [UInt8]
    private var output: [UInt8]
    private var reader = HTTP2FrameReader()
    private var answer = HealthCheckAnswer()
    private var received = 0
    /// The bytes that the server still takes: of all, and of the call alone.
    private var window = (connection: 65_535, stream: 65_535)
    private var hasCalled = false
    private var hasSentMessage = false

    /// Creates a call that has sent nothing.
    ///
    /// - Parameters:
    ///   - service: The name of the service that is asked about; empty for the server as a whole.
    ///   - authority: The host and port that are asked.
    ///   - agent: The field `user-agent`.
    package init(service: String, authority: String, agent: String) {
        var fields = HeaderEncoder()
        fields.add(staticField: 3)  // :method POST
        fields.add(staticField: 6)  // :scheme http
        fields.add(nameOf: 4, "/grpc.health.v1.Health/Check")  // :path
        fields.add(nameOf: 1, authority)  // :authority
        fields.add(nameOf: 31, "application/grpc")  // content-type
        fields.add("te", "trailers")
        fields.add(nameOf: 58, agent)  // user-agent
        self.fields = fields.bytes
        message = HealthMessage.request(service: service)
        output = Array("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".utf8)
        // SETTINGS_HEADER_TABLE_SIZE 0, SETTINGS_ENABLE_PUSH 0.
        send(.settings, [0, 1, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0], stream: 0)
    }

    /// Takes out what is to be sent now.
    package mutating func takeOutput() -> [UInt8] {
        defer { output = [] }
        return output
    }

    /// Takes bytes that have come.
    ///
    /// - Complexity: O(*n*) in the number of bytes.
    package mutating func take(_ bytes: some Collection<UInt8>) {
        guard result == nil else { return }
        received += bytes.count
        reader.take(bytes)
        do throws(HTTP2Error) {
            if !isConnected, reader.beginsLikeHTTP1 {
                return end(.noConnection(reason: "the server answers in HTTP/1"))
            }
            while result == nil, let frame = try reader.next() { try take(frame) }
        } catch {
            end(isConnected ? .malformed(reason: error.reason) : .noConnection(reason: error.reason))
        }
        if result == nil, received > Self.limit {
            end(.malformed(reason: "the answer has more than \(Self.limit) bytes"))
        }
    }

    /// Takes the end of the connection.
    package mutating func takeEnd() {
        guard result == nil else { return }
        end(
            isConnected
                ? .malformed(reason: "the connection was closed before the call had ended")
                : .noConnection(reason: "the connection was closed before the server had spoken HTTP/2")
        )
    }

    private mutating func take(_ frame: HTTP2Frame) throws(HTTP2Error) {
        guard isConnected || frame.kind == .settings else {
            throw HTTP2Error(reason: "a frame of the type \(frame.type) comes before SETTINGS")
        }
        switch frame.kind {
        case .settings: try takeSettings(frame)
        case .ping:
            guard frame.payload.count == 8 else { throw HTTP2Error(reason: "PING has \(frame.payload.count) bytes") }
            if !frame.isAcknowledgement { send(.ping, frame.payload, flags: HTTP2Frame.acknowledgement, stream: 0) }
        case .windowUpdate:
            let increment = try frame.number(at: 0) & 0x7fff_ffff
            if frame.stream == 0 { window.connection += increment }
            if frame.stream == 1 { window.stream += increment }
        case .goAway:
            // The call was made where the last stream that the server works on is not before it.
            guard hasCalled, try frame.number(at: 0) & 0x7fff_ffff >= 1 else {
                throw HTTP2Error(reason: "the server takes no call (GOAWAY, error \(try frame.number(at: 4)))")
            }
        case .resetStream where frame.stream == 1:
            throw HTTP2Error(reason: "the server reset the call (RST_STREAM, error \(try frame.number(at: 0)))")
        case .headers, .continuation, .data:
            guard frame.stream == 1, hasCalled else {
                throw HTTP2Error(reason: "a frame of the type \(frame.type) for the stream \(frame.stream)")
            }
            if let result = try answer.take(frame) { end(result) }
        case .pushPromise:
            throw HTTP2Error(reason: "the server pushes what it must not push")
        case .resetStream, .priority, nil:
            break
        }
        sendMessage()
    }

    private mutating func takeSettings(_ frame: HTTP2Frame) throws(HTTP2Error) {
        guard frame.payload.count % 6 == 0 else {
            throw HTTP2Error(reason: "SETTINGS has \(frame.payload.count) bytes")
        }
        guard !frame.isAcknowledgement else { return }
        for place in stride(from: 0, to: frame.payload.count, by: 6)
        where frame.payload[place] == 0 && frame.payload[place + 1] == 4 {
            // SETTINGS_INITIAL_WINDOW_SIZE, which holds for a call that is under way too.
            let size = try frame.number(at: place + 2)
            window.stream += size - initialWindow
            initialWindow = size
        }
        send(.settings, [], flags: HTTP2Frame.acknowledgement, stream: 0)
        isConnected = true
        guard !hasCalled else { return }
        hasCalled = true
        send(.headers, fields, flags: HTTP2Frame.endHeaders, stream: 1)
    }

    private var initialWindow = 65_535

    /// Sends the request once the server takes so much.
    private mutating func sendMessage() {
        guard hasCalled, !hasSentMessage, min(window.connection, window.stream) >= message.count else { return }
        hasSentMessage = true
        send(.data, message, flags: HTTP2Frame.endStream, stream: 1)
    }

    private mutating func send(_ kind: HTTP2Frame.Kind, _ payload: [UInt8], flags: UInt8 = 0, stream: Int) {
        output += HTTP2Frame(type: kind.rawValue, flags: flags, stream: stream, payload: payload).bytes
    }

    private mutating func end(_ result: HealthCheckResult) {
        self.result = result
        output = []
    }
}
