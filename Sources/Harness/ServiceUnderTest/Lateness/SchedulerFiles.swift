#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// Reads what the system counts of the threads that a run depends on.
struct SchedulerFiles: Sendable {
    /// The service's group, `nil` before it is started.
    private(set) var group: pid_t?
    /// The folder of the harness's own thread under `/proc`.
    let ownThread: String
    private var members: [pid_t] = []
    private var servers: [pid_t] = []
    private var readings = 0

    /// The name of the processes of PostgreSQL's server; the harness's own is its child.
    private static let serverName = "postgres"
    /// How many readings go by before the machine's processes are looked through again, which takes milliseconds.
    private static let readingsPerSearch = 4

    /// Creates a reader for the run on the calling thread.
    init() {
        ownThread = "/proc/thread-self".linkTarget.map { "/proc/" + $0 } ?? ""
    }

    /// The same reader with the service's group, whose members it looks for at once.
    func of(_ group: pid_t) -> SchedulerFiles {
        var files = self
        files.group = group
        files.readings = 0
        return files
    }

    /// Reads now.
    ///
    /// - Complexity: O(*n*) in the number of threads; every few times also in the number of all processes.
    mutating func read() -> SchedulerReading {
        if readings % Self.readingsPerSearch == 0 {
            members = group.map { ProcessGroup.members(of: $0).map(\.id) } ?? []
            servers = ProcessGroup.family(named: Self.serverName, of: getpid())
        }
        readings += 1
        var reading = SchedulerReading()
        reading.machine = ProcessGroup.text(of: "/proc/stat").flatMap(SchedulerReading.Machine.init)
        for member in members { Self.add(threadsOf: member, to: &reading.service) }
        for server in servers { Self.add(threadsOf: server, to: &reading.ownThreads) }
        if let own = ProcessGroup.text(of: ownThread + "/schedstat").flatMap(SchedulerReading.Thread.init) {
            reading.ownThreads[0] = own
        }
        return reading
    }

    private static func add(threadsOf process: pid_t, to threads: inout [Int32: SchedulerReading.Thread]) {
        for thread in ProcessGroup.threads(of: process) {
            threads[thread] = ProcessGroup.text(of: "/proc/\(process)/task/\(thread)/schedstat")
                .flatMap(SchedulerReading.Thread.init)
        }
    }
}

extension String {
    /// What a symbolic link at this path leads to, `nil` where it is none.
    var linkTarget: String? {
        var buffer = [CChar](repeating: 0, count: 4096)
        let count = readlink(self, &buffer, buffer.count)
        guard count > 0 else { return nil }
        return String(decoding: buffer.prefix(count).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
