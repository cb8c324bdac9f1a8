import DatabaseProxy
import GRPCHealth
import ServiceUnderTest

extension FuzzedReader {
    /// What comes over sockets, in one piece and byte by byte.
    static let connections = [
        FuzzedReader("http-answer") { bytes in
            try readAnswer([bytes])
            try readAnswer(bytes.map { [$0] })
        },
        FuzzedReader("grpc-answer") { bytes in
            check([bytes])
            check(bytes.map { [$0] })
        },
        FuzzedReader("postgres-client") { bytes in try readMessages(bytes, from: .client) },
        FuzzedReader("postgres-server") { bytes in try readMessages(bytes, from: .server) },
    ]

    private static func readAnswer(_ pieces: [[UInt8]]) throws {
        var reader = AnswerReader(bodyLimit: 4096)
        for piece in pieces { try reader.take(piece) }
        try reader.takeEnd()
    }

    private static func check(_ pieces: [[UInt8]]) {
        var call = HealthCheckCall(service: "movies", authority: "127.0.0.2:8080", agent: "fuzzed")
        for piece in pieces where call.result == nil {
            call.take(piece)
            _ = call.takeOutput()
        }
        call.takeEnd()
        precondition(call.result != nil, "a call without an end")
    }

    private static func readMessages(_ bytes: [UInt8], from sender: MessageReader.Sender) throws {
        var reader = MessageReader(sender)
        var tracker = WireProtocolTracker()
        // Cut where the first byte says, as a connection cuts anywhere.
        let cut = min(Int(bytes.first ?? 0), bytes.count)
        for part in [bytes.prefix(cut), bytes.dropFirst(cut)] {
            for piece in try reader.read(Array(part)) {
                switch sender {
                case .client: _ = try tracker.clientSends(piece)
                case .server: _ = tracker.serverSends(piece)
                }
            }
        }
        _ = reader.takeRest()
    }
}
