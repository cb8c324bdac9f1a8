import Foundation

/// A TCP socket that this process has open, whoever owns it.
struct OpenSocket {
    private let descriptor: Int32

    /// The socket of 127.0.0.1 between two ports; `nil` where this process has none.
    init?(port: UInt16, peer: UInt16) {
        let open = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")) ?? []
        let found = open.compactMap { Int32($0) }
            .first { Self.port(getsockname, $0) == port && Self.port(getpeername, $0) == peer }
        guard let found else { return nil }
        descriptor = found
    }

    /// An option's value, `nil` where it cannot be asked for.
    func option(_ level: Int, _ name: Int32) -> Int32? {
        var value: Int32 = 0
        var length = socklen_t(MemoryLayout<Int32>.size)
        return getsockopt(descriptor, Int32(level), name, &value, &length) == 0 ? value : nil
    }

    /// The port of an end of a socket, `nil` where it is none of IPv4.
    static func port(
        _ end: (Int32, UnsafeMutablePointer<sockaddr>, UnsafeMutablePointer<socklen_t>) -> Int32,
        _ descriptor: Int32
    ) -> UInt16? {
        var address = sockaddr_in()
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let result = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { end(descriptor, $0, &length) }
        }
        guard result == 0, Int32(address.sin_family) == AF_INET else { return nil }
        return UInt16(bigEndian: address.sin_port)
    }
}
