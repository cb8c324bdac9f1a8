import NIOCore

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

extension IOError {
    /// Whether nothing listened.
    var isRefusal: Bool { errnoCode == ECONNREFUSED }
}
