#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// The memory of this process that is in use.
enum ResidentMemory {
    /// Its bytes; `nil` where the system does not say.
    ///
    /// From `/proc/self/statm`, the second number, in pages (proc_pid_statm(5)).
    static var bytes: Int? {
        #if os(Linux)
        guard let file = fopen("/proc/self/statm", "re") else { return nil }
        defer { fclose(file) }
        var (size, resident) = (0, 0)
        let read = withUnsafeMutablePointer(to: &size) { size in
            withUnsafeMutablePointer(to: &resident) { resident in
                withVaList([size, resident]) { vfscanf(file, "%ld %ld", $0) }
            }
        }
        return read == 2 ? resident * Int(sysconf(Int32(_SC_PAGESIZE))) : nil
        #else
        return nil
        #endif
    }
}
