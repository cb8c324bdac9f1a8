import Synchronization

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// A TCP port of this machine that nobody else gets while this value lives; nothing listens on it.
///
/// It lies below the ports that systems give to outgoing connections, so that between its release and the start of the
/// service no connection of anybody can take it.
final class ReservedPort {
    /// The number.
    let number: Int
    private let descriptor: Int32

    private static let range = 18_000..<32_000
    private static let next = Mutex(Int(getpid()) * 37)

    /// Takes a free port.
    ///
    /// - Throws: ``ServiceUnderTestError`` (`launch`) where there is none.
    init() throws(ServiceUnderTestError) {
        for _ in Self.range {
            let offset = Self.next.withLock { next in
                next = (next + 1) % Self.range.count
                return next
            }
            let number = Self.range.lowerBound + offset
            guard let descriptor = Self.bound(to: number) else { continue }
            self.number = number
            self.descriptor = descriptor
            return
        }
        throw ServiceUnderTestError(
            .launch,
            "no free TCP port from \(Self.range.lowerBound) to \(Self.range.upperBound - 1)"
        )
    }

    /// The number of a port that was free a moment ago.
    ///
    /// - Throws: ``ServiceUnderTestError`` (`launch`) where there is none.
    static func freeNumber() throws(ServiceUnderTestError) -> Int { try ReservedPort().number }

    deinit {
        close(descriptor)
    }

    private static func bound(to port: Int) -> Int32? {
        #if os(Linux)
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        #else
        let descriptor = socket(AF_INET, SOCK_STREAM, 0)
        #endif
        guard descriptor >= 0 else { return nil }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(UInt16(port)).bigEndian
        let isBound = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
        if isBound { return descriptor }
        close(descriptor)
        return nil
    }
}
