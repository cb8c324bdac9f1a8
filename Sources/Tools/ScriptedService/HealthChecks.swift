#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// Health checks of gRPC, by what the script says the server is, in the frames that a server of gRPC sends.
extension ScriptedService {
    /// Whether a client begins to speak HTTP/2; what it has sent stays to be read.
    static func speaksHTTP2(_ client: Int32) -> Bool {
        let preface = Array("PRI * HTTP/2.0".utf8)
        var buffer = [UInt8](repeating: 0, count: preface.count)
        let count = recv(client, &buffer, buffer.count, Int32(MSG_PEEK) | Int32(MSG_WAITALL))
        return count == preface.count && buffer == preface
    }

    /// Answers one health check: `SERVING`, `NOT_SERVING`, `silent`, or the number of a status of gRPC.
    static func check(_ client: Int32, saying words: String) {
        let preface = read(client, 24)
        guard preface.count == 24 else { return }
        // SETTINGS, and a PING that the client has to acknowledge.
        write(client, frame(4, []) + frame(6, [1, 2, 3, 4, 5, 6, 7, 8]))
        var hasPong = false
        while true {
            let head = read(client, 9)
            guard head.count == 9 else { return }
            let payload = read(client, Int(head[0]) << 16 | Int(head[1]) << 8 | Int(head[2]))
            let (type, flags) = (head[3], head[4])
            if type == 4, flags & 1 == 0 { write(client, frame(4, [], flags: 1)) }
            if type == 6, flags & 1 == 1 { hasPong = payload == [1, 2, 3, 4, 5, 6, 7, 8] }
            guard type == 0, flags & 1 == 1 else { continue }
            say("checks \(payload.count - 5)")
            break
        }
        if !hasPong {
            let head = read(client, 9)
            guard head.count == 9, head[3] == 6, read(client, 8).count == 8 else { return say("misses its PING") }
        }
        if words == "silent" { pause(3600) }
        answer(client, saying: words)
        // The client closes the connection.
        _ = read(client, 1)
    }

    private static func answer(_ client: Int32, saying words: String) {
        let fields = [0x88, 0x0f, 0x10, 16] + Array("application/grpc".utf8)
        write(client, frame(1, fields, flags: 4, stream: 1))
        if Int(words) == nil {
            write(client, frame(0, [0, 0, 0, 0, 2, 8, words == "SERVING" ? 1 : 2], stream: 1))
        }
        let status = Array((Int(words).map(String.init) ?? "0").utf8)
        let trailers = [0, 11] + Array("grpc-status".utf8) + [UInt8(status.count)] + status
        write(client, frame(1, trailers, flags: 5, stream: 1))
    }

    private static func frame(_ type: UInt8, _ payload: [UInt8], flags: UInt8 = 0, stream: UInt8 = 0) -> [UInt8] {
        [0, UInt8(payload.count >> 8), UInt8(payload.count & 0xff), type, flags, 0, 0, 0, stream] + payload
    }

    /// Reads so many bytes, fewer where the connection ends before.
    private static func read(_ client: Int32, _ count: Int) -> [UInt8] {
        var bytes: [UInt8] = []
        while bytes.count < count {
            var buffer = [UInt8](repeating: 0, count: count - bytes.count)
            let received = recv(client, &buffer, buffer.count, 0)
            guard received > 0 else { break }
            bytes += buffer[..<received]
        }
        return bytes
    }

    private static func write(_ client: Int32, _ bytes: [UInt8]) { _ = send(client, bytes, bytes.count, 0) }
}
