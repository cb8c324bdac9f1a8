#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Whether something exists at a path and may be looked at.
package func fileExists(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0
}
