#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// What the system knows of running processes.
enum ProcessTable {
    /// Whether a process runs; one that has ended and waits to be reaped does not.
    static func isRunning(_ processID: pid_t) -> Bool {
        #if os(Linux)
        guard let state = statusFields(processID)?.first else { return false }
        return state != "Z" && state != "X"
        #else
        return kill(processID, 0) == 0 || errno == EPERM
        #endif
    }

    /// When a process started, in a unit of the system's own; 0 where the system does not say.
    static func startTime(of processID: pid_t) -> UInt64 {
        #if os(Linux)
        // Field 22 of proc(5)'s stat; the fields here begin with the third.
        guard let fields = statusFields(processID), fields.count > 19 else { return 0 }
        return UInt64(fields[19]) ?? 0
        #else
        return 0
        #endif
    }

    /// Whether a process is a PostgreSQL server of a data folder.
    static func isServer(_ processID: pid_t, of dataFolder: String) -> Bool {
        #if os(Linux)
        let words = (text(of: "/proc/\(processID)/cmdline") ?? "").split(separator: "\0")
        return words.first?.hasSuffix("postgres") == true && words.contains { $0 == dataFolder }
        #else
        return isRunning(processID)
        #endif
    }

    /// Returns the processes that a process has started and that have not ended.
    static func children(of processID: pid_t) -> [pid_t] {
        #if os(Linux)
        // Field 4 of proc(5)'s stat; the fields here begin with the third.
        let all = ((try? FileTree.names(in: "/proc")) ?? []).compactMap { pid_t($0) }
        return
            all.filter { process in
                guard let fields = statusFields(process), fields.count > 1 else { return false }
                return pid_t(fields[1]) == processID && isRunning(process)
            }
            .sorted()
        #else
        return []
        #endif
    }

    /// Returns the text of a small file, `nil` where it cannot be read.
    static func text(of path: String) -> String? {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return nil }
        defer { close(file) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 16_384)
        while bytes.count < 1 << 20 {
            let count = read(file, &buffer, buffer.count)
            guard count > 0 else { break }
            bytes += buffer.prefix(count)
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func statusFields(_ processID: pid_t) -> [Substring]? {
        // The second field, the program's name in parentheses, may hold spaces and parentheses itself.
        guard let line = text(of: "/proc/\(processID)/stat"), let end = line.lastIndex(of: ")") else { return nil }
        return line[line.index(after: end)...].split(separator: " ")
    }
}
