#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// A TCP port of 127.0.0.1 that stays the proxy's while it is closed to connections.
///
/// A second socket, bound and never listening, holds it: with `SO_REUSEADDR` on both Linux lets the listening one come
/// and go beside it (socket(7)), and in between the system refuses connections.
final class ReservedPort {
    /// The port.
    let number: Int
    private var descriptor: Int32

    init() throws(ProxyError) {
        let (descriptor, number) = Self.reserve()
        guard number > 0 else {
            throw ProxyError(.listen, "no port of 127.0.0.1 is to be had: \(String(cString: strerror(errno)))")
        }
        self.number = number
        self.descriptor = descriptor
    }

    deinit { release() }

    /// Lets the port go.
    func release() {
        if descriptor >= 0 { close(descriptor) }
        descriptor = -1
    }

    private static func reserve() -> (descriptor: Int32, number: Int) {
        #if os(Linux)
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        #else
        let descriptor = socket(AF_INET, SOCK_STREAM, 0)
        #endif
        guard descriptor >= 0 else { return (-1, 0) }
        var one: Int32 = 1
        setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &one, socklen_t(MemoryLayout<Int32>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                bind(descriptor, pointer, length) == 0 && getsockname(descriptor, pointer, &length) == 0
            }
        }
        guard isBound else {
            close(descriptor)
            return (-1, 0)
        }
        return (descriptor, Int(UInt16(bigEndian: address.sin_port)))
    }
}
