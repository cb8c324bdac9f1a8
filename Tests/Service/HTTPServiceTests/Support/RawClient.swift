import NIOCore
import NIOPosix

/// An HTTP/1.1 client that sends exactly the bytes it is given.
struct RawClient {
    /// A parsed answer.
    struct Answer {
        let status: Int
        let headers: [String: String]
        let body: String

        subscript(header: String) -> String? { headers[header.lowercased()] }
    }

    /// The connection ended before an answer was complete.
    struct Ended: Error {
        let received: String
    }

    let port: Int

    /// Sends a request with a body and `Connection: close`.
    func request(
        _ method: String,
        _ path: String,
        headers: [String: String] = [:],
        body: String = ""
    ) async throws -> Answer {
        let fields = headers.map { "\($0.key): \($0.value)\r\n" }.joined()
        let length = body.isEmpty && method == "GET" ? "" : "Content-Length: \(body.utf8.count)\r\n"
        return try await exchange(
            ["\(method) \(path) HTTP/1.1\r\nHost: test\r\n\(length)\(fields)Connection: close\r\n\r\n\(body)"]
        )
    }

    /// Sends pieces with a pause between them and returns the first answer.
    func exchange(_ pieces: [String], pause: Duration = .zero) async throws -> Answer {
        try await answers(1, to: pieces, pause: pause)[0]
    }

    /// Sends pieces on one connection and returns that many answers.
    func answers(_ count: Int, to pieces: [String], pause: Duration = .zero) async throws -> [Answer] {
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connect(host: "127.0.0.1", port: port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
                }
            }
        return try await channel.executeThenClose { inbound, outbound in
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask {
                    for (index, piece) in pieces.enumerated() {
                        if index > 0 { try await Task.sleep(for: pause) }
                        // The service may have answered and closed already.
                        try? await outbound.write(ByteBuffer(string: piece))
                    }
                }
                defer { group.cancelAll() }
                var received = ""
                var answers: [Answer] = []
                for try await buffer in inbound {
                    received += String(buffer: buffer)
                    while let answer = Self.takeAnswer(from: &received) {
                        answers.append(answer)
                        if answers.count == count { return answers }
                    }
                }
                throw Ended(received: received)
            }
        }
    }

    /// Sends pieces on one connection and returns everything that comes until the service closes it.
    func everything(after pieces: [String]) async throws -> String {
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connect(host: "127.0.0.1", port: port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
                }
            }
        return try await channel.executeThenClose { inbound, outbound in
            for piece in pieces { try await outbound.write(ByteBuffer(string: piece)) }
            var received = ""
            for try await buffer in inbound { received += String(buffer: buffer) }
            return received
        }
    }

    private static func takeAnswer(from text: inout String) -> Answer? {
        guard let end = text.firstRange(of: "\r\n\r\n") else { return nil }
        let lines = text[..<end.lowerBound].split(separator: "\r\n")
        var headers: [String: String] = [:]
        for line in lines.dropFirst() {
            let parts = line.split(separator: ": ", maxSplits: 1)
            headers[parts[0].lowercased()] = parts.count > 1 ? String(parts[1]) : ""
        }
        let length = Int(headers["content-length"] ?? "0") ?? 0
        let rest = Array(text[end.upperBound...].utf8)
        guard rest.count >= length else { return nil }
        text = String(decoding: rest[length...], as: UTF8.self)
        return Answer(
            status: Int(lines[0].split(separator: " ")[1]) ?? 0,
            headers: headers,
            body: String(decoding: rest[..<length], as: UTF8.self)
        )
    }
}
