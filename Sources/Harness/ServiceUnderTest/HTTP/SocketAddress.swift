#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// Where a server of this machine, or a resolved one, listens for TCP connections.
struct SocketAddress: Hashable, Sendable {
    private let bytes: [UInt8]
    private let family: Int32

    /// An address as the system stores it.
    init(bytes: [UInt8], family: Int32) {
        self.bytes = bytes
        self.family = family
    }

    /// The address at which an instance is asked on this machine.
    ///
    /// The platform's prober never comes from the instance's own loopback address, so that a server which listens on
    /// 127.0.0.1 alone is never found. On Linux every address of 127/8 is this machine, and such a server is not found
    /// on 127.0.0.2, while one that listens on all addresses is.
    static func instance(port: Int) -> SocketAddress {
        #if os(Linux)
        ipv4(127, 0, 0, 2, port: port)
        #else
        ipv4(127, 0, 0, 1, port: port)
        #endif
    }

    /// An IPv4 address.
    static func ipv4(_ first: UInt8, _ second: UInt8, _ third: UInt8, _ fourth: UInt8, port: Int) -> SocketAddress {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(UInt16(clamping: port)).bigEndian
        address.sin_addr.s_addr =
            in_addr_t(
                UInt32(first) << 24 | UInt32(second) << 16 | UInt32(third) << 8 | UInt32(fourth)
            )
            .bigEndian
        return SocketAddress(bytes: withUnsafeBytes(of: &address) { Array($0) }, family: AF_INET)
    }

    /// Opens a socket for a connection that does not block; -1 where the system refuses.
    func openStream() -> Int32 {
        #if os(Linux)
        return socket(family, Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue), 0)
        #else
        let descriptor = socket(family, SOCK_STREAM, 0)
        guard descriptor >= 0 else { return -1 }
        _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        var on: Int32 = 1
        setsockopt(descriptor, SOL_SOCKET, SO_NOSIGPIPE, &on, socklen_t(MemoryLayout<Int32>.size))
        return descriptor
        #endif
    }

    /// Begins to connect; returns 0 or the system's error.
    func connect(_ descriptor: Int32) -> Int32 {
        withPointer { systemConnect(descriptor, $0, $1) == 0 ? 0 : errno }
    }

    private func withPointer<Value>(_ body: (UnsafePointer<sockaddr>, socklen_t) -> Value) -> Value {
        var storage = sockaddr_storage()
        withUnsafeMutableBytes(of: &storage) { $0.copyBytes(from: bytes.prefix($0.count)) }
        return withUnsafePointer(to: &storage) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, socklen_t(bytes.count)) }
        }
    }
}

private func systemConnect(_ descriptor: Int32, _ address: UnsafePointer<sockaddr>, _ size: socklen_t) -> Int32 {
    connect(descriptor, address, size)
}
