#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// What the system lets this process have.
enum Resources {
    /// Raises the limit of open files, as far as the system allows, where it is lower than so many.
    ///
    /// - Throws: `ShardError` where so many may not be open.
    static func allowOpenFiles(_ count: Int) throws(ShardError) {
        #if canImport(Glibc)
        let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
        #else
        let resource = RLIMIT_NOFILE
        #endif
        var limit = rlimit()
        guard getrlimit(resource, &limit) == 0, limit.rlim_cur < rlim_t(count) else { return }
        limit.rlim_cur = min(limit.rlim_max, rlim_t(count))
        guard limit.rlim_cur >= rlim_t(count), setrlimit(resource, &limit) == 0 else {
            throw ShardError(
                .unreadable,
                "\(count) files would have to be open, and the system allows \(limit.rlim_max); raise the limit (ulimit -Hn)"
            )
        }
    }
}
