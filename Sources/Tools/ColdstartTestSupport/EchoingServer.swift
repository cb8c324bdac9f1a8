#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif
import Dispatch

/// A PostgreSQL server as bad as can be: it asks for the password in clear and repeats it in its refusal, as it is,
/// percent-encoded, in quotes and as JSON.
///
/// See <https://www.postgresql.org/docs/15/protocol-flow.html>.
package final class EchoingServer: Sendable {
    /// The TCP port on 127.0.0.1.
    package let port: Int
    private let listener: Int32

    /// Starts a server, which runs until ``stop()``.
    package init() {
        #if os(Linux)
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        #else
        let listener = socket(AF_INET, SOCK_STREAM, 0)
        #endif
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                bind(listener, pointer, length) == 0 && listen(listener, 16) == 0
                    && getsockname(listener, pointer, &length) == 0
            }
        }
        precondition(isBound, "no port of 127.0.0.1 is to be had")
        port = Int(UInt16(bigEndian: address.sin_port))
        self.listener = listener
        DispatchQueue(label: "coldstart.tests.echo")
            .async {
                while true {
                    let client = accept(listener, nil, nil)
                    guard client >= 0 else { return }
                    Self.converse(client)
                    close(client)
                }
            }
    }

    /// Stops listening.
    package func stop() {
        shutdown(listener, Int32(SHUT_RDWR))
        close(listener)
    }

    private static func converse(_ client: Int32) {
        // Questions for encryption are answered with no.
        while let first = packet(client, hasType: false) {
            if first.starts(with: [4, 210, 22, 47]) || first.starts(with: [4, 210, 22, 48]) {
                send(client, [UInt8(ascii: "N")])
                continue
            }
            send(client, [UInt8(ascii: "R"), 0, 0, 0, 8, 0, 0, 0, 3])
            guard let answer = packet(client, hasType: true) else { return }
            let password = String(decoding: answer.dropLast(), as: UTF8.self)
            let escaped = password.unicodeScalars
                .map {
                    $0 == "\"" || $0 == "\\"
                        ? "\\\($0)"
                        : $0.value < 32
                            ? "\\u00" + ($0.value < 16 ? "0" : "")
                                + String($0.value, radix: 16) : "\($0)"
                }
                .joined()
            let message =
                "no: \(password) is \(Passwords.percentEncoded(password)), host \"\(password)@127.0.0.1\", "
                + "{\"password\": \"\(escaped)\"}, \(Passwords.quoted(password))"
            var body: [UInt8] = []
            for (name, value) in [("S", "FATAL"), ("V", "FATAL"), ("C", "28P01"), ("M", message)] {
                body += Array(name.utf8) + Array(value.utf8) + [0]
            }
            body.append(0)
            let length = withUnsafeBytes(of: UInt32(body.count + 4).bigEndian) { Array($0) }
            send(client, [UInt8(ascii: "E")] + length + body)
            return
        }
    }

    private static func packet(_ client: Int32, hasType: Bool) -> [UInt8]? {
        if hasType, read(client, 1) == nil { return nil }
        guard let head = read(client, 4) else { return nil }
        let length = head.reduce(0) { $0 << 8 + Int($1) }
        return (4..<100_000).contains(length) ? read(client, length - 4) : nil
    }

    private static func read(_ client: Int32, _ count: Int) -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: count)
        return recv(client, &bytes, count, Int32(MSG_WAITALL)) == count ? bytes : nil
    }

    private static func send(_ client: Int32, _ bytes: [UInt8]) {
        #if canImport(Glibc)
        _ = Glibc.send(client, bytes, bytes.count, 0)
        #elseif canImport(Musl)
        _ = Musl.send(client, bytes, bytes.count, 0)
        #elseif canImport(Darwin)
        _ = Darwin.send(client, bytes, bytes.count, 0)
        #endif
    }
}
