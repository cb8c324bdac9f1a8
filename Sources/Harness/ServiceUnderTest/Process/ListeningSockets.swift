import Observations

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// Where the processes of a group listen, as the system shows it: `/proc/PID/net/tcp` and `tcp6` (proc(5)).
enum ListeningSockets {
    /// Returns the sockets on which any member of a group listens, by port; empty where the system does not say.
    ///
    /// - Complexity: O(*n*) in the number of all processes of the machine and all sockets of the group's network.
    static func of(group: pid_t) -> [MisplacedService.Socket] {
        let members = ProcessGroup.members(of: group).map(\.id)
        guard let first = members.first else { return [] }
        let inodes = Set(members.flatMap(socketInodes))
        return ["tcp", "tcp6"].flatMap { listening(in: ProcessGroup.whole("/proc/\(first)/net/\($0)") ?? "") }
            .filter { inodes.contains($0.inode) }
            .map(\.socket)
            .sorted { ($0.port, $0.address) < ($1.port, $1.address) }
    }

    /// Reads a table of sockets and returns those that listen (state `0A`), with their inodes.
    ///
    /// Addresses are groups of 32 bits, each in the byte order of the machine, in hexadecimal digits.
    static func listening(in table: String) -> [(inode: Int, socket: MisplacedService.Socket)] {
        table.split(separator: "\n").dropFirst()
            .compactMap { line in
                let fields = line.split(separator: " ")
                guard fields.count > 9, fields[3] == "0A", let inode = Int(fields[9]) else { return nil }
                let local = fields[1].split(separator: ":")
                guard local.count == 2, let port = Int(local[1], radix: 16), let address = address(local[0])
                else { return nil }
                return (inode, MisplacedService.Socket(address: address, port: port))
            }
    }

    private static func address(_ digits: Substring) -> String? {
        let groups = stride(from: 0, to: digits.count, by: 8)
            .compactMap { UInt32(digits.dropFirst($0).prefix(8), radix: 16) }
        var bytes = groups.flatMap { group in withUnsafeBytes(of: group) { Array($0) } }
        let family = bytes.count == 4 ? AF_INET : AF_INET6
        guard [4, 16].contains(bytes.count) else { return nil }
        var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
        guard inet_ntop(family, &bytes, &text, socklen_t(text.count)) != nil else { return nil }
        return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    private static func socketInodes(of process: pid_t) -> [Int] {
        let folder = "/proc/\(process)/fd"
        return ProcessGroup.entries(of: folder)
            .compactMap { name in
                guard let target = "\(folder)/\(name)".linkTarget, target.hasPrefix("socket:["), target.hasSuffix("]")
                else { return nil }
                return Int(target.dropFirst(8).dropLast())
            }
    }
}
