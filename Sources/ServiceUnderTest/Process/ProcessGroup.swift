#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// A process of a group as the system shows it.
struct GroupMember: Hashable, Sendable {
    /// Its id.
    let id: pid_t
    /// Its state as proc(5) letters it: `R`, `S`, `D`, `T`, ….
    let state: Character
    /// Its resident memory in bytes.
    let residentBytes: Int

    /// Whether it is stopped by a signal.
    var isStopped: Bool { state == "T" || state == "t" }
}

/// What the system knows of the processes of a group.
enum ProcessGroup {
    /// Returns the members that have not ended, by id; empty where the system does not say.
    ///
    /// - Complexity: O(*n*) in the number of all processes of the machine.
    static func members(of group: pid_t) -> [GroupMember] {
        entries(of: "/proc").compactMap(pid_t.init).sorted().compactMap { member($0, of: group) }
    }

    /// Returns the threads of a process.
    static func threads(of process: pid_t) -> [pid_t] {
        entries(of: "/proc/\(process)/task").compactMap(pid_t.init)
    }

    /// Returns the processes whose program has a name, by id.
    ///
    /// - Complexity: O(*n*) in the number of all processes of the machine.
    static func processes(named name: String) -> [pid_t] {
        entries(of: "/proc").compactMap(pid_t.init).sorted().filter { text(of: "/proc/\($0)/comm") == name + "\n" }
    }

    /// The whole of a file whose length is not known before it is read, `nil` where it cannot be read.
    static func whole(_ path: String) -> String? {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return nil }
        defer { close(file) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = read(file, &buffer, buffer.count)
            guard count > 0 else { break }
            bytes += buffer[..<count]
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func member(_ process: pid_t, of group: pid_t) -> GroupMember? {
        // The second field, the program's name in parentheses, may hold spaces and parentheses itself; the fields
        // after it begin with the third: state, parent, group. The 24th of proc(5) is the resident set in pages.
        guard let line = text(of: "/proc/\(process)/stat"), let end = line.lastIndex(of: ")") else { return nil }
        let fields = line[line.index(after: end)...].split(separator: " ")
        guard fields.count > 21, pid_t(fields[2]) == group, let state = fields[0].first, state != "Z", state != "X"
        else { return nil }
        return GroupMember(id: process, state: state, residentBytes: (Int(fields[21]) ?? 0) * Int(getpagesize()))
    }

    /// The names in a folder; empty where it cannot be read.
    static func entries(of folder: String) -> [String] {
        guard let stream = opendir(folder) else { return [] }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            names.append(
                withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
                    String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
                }
            )
        }
        return names
    }

    /// The first 4096 bytes of a file, `nil` where it is empty or cannot be read.
    static func text(of path: String) -> String? {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return nil }
        defer { close(file) }
        var buffer = [UInt8](repeating: 0, count: 4096)
        let count = read(file, &buffer, buffer.count)
        guard count > 0 else { return nil }
        return String(decoding: buffer.prefix(count), as: UTF8.self)
    }
}
