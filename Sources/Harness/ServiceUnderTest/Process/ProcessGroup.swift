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

    /// Returns the children of a process whose program has a name, with their own children, by id.
    ///
    /// - Complexity: O(*n*) in the number of all processes of the machine.
    static func family(named name: String, of process: pid_t) -> [pid_t] {
        let named = entries(of: "/proc").compactMap(pid_t.init).sorted()
            .filter { text(of: "/proc/\($0)/comm") == name + "\n" }
        let parents = Dictionary(uniqueKeysWithValues: named.map { ($0, parent(of: $0)) })
        return named.filter { child in
            guard let parent = parents[child] ?? nil else { return false }
            return parent == process || (parents[parent] ?? nil) == process
        }
    }

    /// The parent of a process, `nil` where it is gone.
    static func parent(of process: pid_t) -> pid_t? {
        fields(of: process).flatMap { pid_t($0[1]) }
    }

    /// The fields of proc(5)'s `stat` from the third on: state, parent, group, …; at least 22 of them.
    ///
    /// The second field, the program's name in parentheses, may hold spaces and parentheses itself.
    private static func fields(of process: pid_t) -> [Substring]? {
        guard let line = text(of: "/proc/\(process)/stat"), let end = line.lastIndex(of: ")") else { return nil }
        let fields = line[line.index(after: end)...].split(separator: " ")
        return fields.count > 21 ? fields : nil
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
        // The 24th field is the resident set in pages.
        guard let fields = fields(of: process), pid_t(fields[2]) == group, let state = fields[0].first,
            state != "Z", state != "X"
        else { return nil }
        return GroupMember(id: process, state: state, residentBytes: (Int(fields[21]) ?? 0) * Int(getpagesize()))
    }

    /// The most resident memory that a process has held, in bytes; `nil` where the system does not say.
    static func peakMemory(of process: pid_t) -> Int? {
        guard let status = text(of: "/proc/\(process)/status"), let field = status.firstRange(of: "VmHWM:") else {
            return nil
        }
        let words = status[field.upperBound...].prefix { !$0.isNewline }.split { $0 == " " || $0 == "\t" }
        return words.first.flatMap { Int($0) }.map { $0 * 1024 }
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
