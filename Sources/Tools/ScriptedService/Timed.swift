#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// A text and a number of seconds that belongs to it.
struct Timed {
    /// The text, such as a status.
    var text: String
    /// The seconds.
    var seconds: Double

    /// Reads a variable that is a list of pairs, `200:0.5,cut:0` or `0:booting,0.5:ready_full`; empty where it is missing.
    static func list(_ variable: String) -> [Timed] {
        (ScriptedService.text(variable) ?? "").split(separator: ",")
            .compactMap { pair in
                let parts = pair.split(separator: ":").map(String.init)
                guard parts.count == 2 else { return nil }
                let isTimeFirst = variable != "SCRIPT_ANSWERS"
                return Double(parts[isTimeFirst ? 0 : 1]).map { Timed(text: parts[isTimeFirst ? 1 : 0], seconds: $0) }
            }
    }
}

extension ScriptedService {
    /// The value of a variable, `nil` where it is missing.
    static func text(_ variable: String) -> String? { getenv(variable).map { String(cString: $0) } }

    /// Writes a line to standard output at once.
    static func say(_ line: String) {
        let bytes = Array((line + "\n").utf8)
        _ = write(1, bytes, bytes.count)
    }

    /// Waits.
    static func pause(_ seconds: Double) { if seconds > 0 { usleep(UInt32(seconds * 1e6)) } }

    /// The lines of a request's head; empty where it does not come whole.
    static func head(from client: Int32) -> [String] {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = recv(client, &buffer, buffer.count, 0)
            guard count > 0 else { return [] }
            bytes += buffer[..<count]
            let text = String(decoding: bytes, as: UTF8.self)
            if let end = text.firstRange(of: "\r\n\r\n") {
                return text[..<end.lowerBound].split(separator: "\r\n").map(String.init)
            }
        }
    }

    /// Answers in JSON.
    static func answer(_ client: Int32, status: Int, body: String) {
        let text =
            "HTTP/1.1 \(status) Scripted\r\nContent-Type: application/json\r\nContent-Length: \(body.utf8.count)\r\n"
            + "Connection: close\r\n\r\n\(body)"
        let bytes = Array(text.utf8)
        _ = send(client, bytes, bytes.count, 0)
    }

    /// Lets the system take connections.
    static func startListening(_ socket: Int32) -> Bool { listen(socket, 128) == 0 }
}

extension [String] {
    /// The number that a header field holds, 1 where there is none.
    func number(_ field: String) -> Int {
        first { $0.hasPrefix(field + ": ") }.flatMap { Int($0.dropFirst(field.count + 2)) } ?? 1
    }
}
