import DatabaseProxy
import Foundation
import PostgresClient
import Testing

/// A TCP client that sends any bytes, and neither reads nor closes unless it is told to.
final class RawSocket: Sendable {
    private let descriptor: Int32

    /// Connects to the place of an address.
    init(_ address: PostgresAddress) throws {
        guard case .tcp(_, let port) = address.endpoint else { throw POSIXError(.EADDRNOTAVAIL) }
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        let result = withLocalAddress(port) { connect(descriptor, $0, $1) }
        guard result == 0 else { throw POSIXError(.ECONNREFUSED) }
        _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
    }

    deinit { close(descriptor) }

    /// The other end of the connection, where this process holds it.
    var otherEnd: OpenSocket? {
        guard let own = OpenSocket.port(getsockname, descriptor), let peer = OpenSocket.port(getpeername, descriptor)
        else { return nil }
        return OpenSocket(port: peer, peer: own)
    }

    func send(_ bytes: [UInt8]) { _ = Glibc.send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL)) }

    /// Sends zeros until nothing has been taken for a second, and returns how many were.
    func sendUntilBlocked(atMost limit: Int) async -> Int {
        let zeros = [UInt8](repeating: 0, count: 65_536)
        var (taken, idle) = (0, 0)
        while taken < limit, idle < 20 {
            let count = Glibc.send(descriptor, zeros, zeros.count, Int32(MSG_NOSIGNAL))
            if count > 0 {
                taken += count
                idle = 0
            } else {
                idle += 1
                try? await Task.sleep(for: .milliseconds(50))
            }
        }
        return taken
    }

    func receive(_ count: Int, within seconds: Int) async -> [UInt8] {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: count)
        for _ in 0..<seconds * 100 where bytes.count < count {
            let got = recv(descriptor, &buffer, count - bytes.count, 0)
            if got > 0 { bytes += buffer.prefix(got) } else { try? await Task.sleep(for: .milliseconds(10)) }
        }
        return bytes
    }

    func isClosed(within seconds: Int) async -> Bool { await end(within: seconds) != nil }

    /// Reads to the end and returns the error that the connection ended with, 0 for none; `nil` where it has not ended.
    func end(within seconds: Int) async -> Int32? {
        var buffer = [UInt8](repeating: 0, count: 4_096)
        for _ in 0..<seconds * 100 {
            let got = recv(descriptor, &buffer, buffer.count, 0)
            if got == 0 { return 0 }
            if got < 0, errno != EAGAIN { return errno }
            if got < 0 { try? await Task.sleep(for: .milliseconds(10)) }
        }
        return nil
    }
}

/// A TCP port that accepts nothing beyond what the system does by itself.
final class RawListener: Sendable {
    let port: Int
    private let descriptor: Int32

    init() throws {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard withLocalAddress(0, { bind(descriptor, $0, $1) }) == 0, listen(descriptor, 8) == 0 else {
            throw POSIXError(.EADDRINUSE)
        }
        var address = sockaddr_in()
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        _ = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &length) }
        }
        self.descriptor = descriptor
        port = Int(UInt16(bigEndian: address.sin_port))
    }

    deinit { close(descriptor) }
}

private func withLocalAddress<Value>(
    _ port: Int,
    _ body: (UnsafePointer<sockaddr>, socklen_t) -> Value
) -> Value {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = UInt16(port).bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    return withUnsafePointer(to: address) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
            body($0, socklen_t(MemoryLayout<sockaddr_in>.size))
        }
    }
}
