import Foundation

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// A recommendation service that runs as a process of its own on a port of this machine.
final class ServiceProcess {
    /// The port that it listens on.
    let port: Int

    private let process = Process()
    private let name: String

    /// Starts a service; whoever starts it stops it.
    ///
    /// - Parameters:
    ///   - command: The program and its arguments.
    ///   - environment: Variables beside those of this process; `PORT` is added.
    ///   - folder: The folder that it runs in, `nil` for this one.
    /// - Throws: ``BenchError`` where there is no free port, and the error of the system where no process can be started.
    init(_ command: [String], environment: [String: String], folder: String? = nil) throws {
        port = try Self.freePort()
        name = command.joined(separator: " ")
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = command
        if let folder { process.currentDirectoryURL = URL(fileURLWithPath: folder, isDirectory: true) }
        let inherited = ProcessInfo.processInfo.environment
        process.environment = inherited.merging(environment.merging(["PORT": String(port)]) { $1 }) { $1 }
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try Self.withoutBlockedSignals { try process.run() }
    }

    /// Runs something on a thread whose children take every signal.
    ///
    /// The threads of a pool block nearly all of them, a child inherits that, and one that does not unblock them would
    /// never hear SIGTERM.
    private static func withoutBlockedSignals(_ body: () throws -> Void) rethrows {
        var none = sigset_t()
        var before = sigset_t()
        sigemptyset(&none)
        pthread_sigmask(SIG_SETMASK, &none, &before)
        defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
        try body()
    }

    /// Waits until `/health` says that the service is in a state.
    ///
    /// - Throws: ``BenchError`` where the process ends, its initialisation fails, or the time is over.
    func wait(for status: String, atMost limit: Duration = .seconds(120)) throws {
        let deadline = ContinuousClock.now + limit
        while true {
            let answer = try? HTTPExchange.get("/health", port: port)
            if let answer, answer.contains("\"\(status)\"") { return }
            if let answer, answer.contains("init_error") { throw BenchError("\(name): \(answer)") }
            guard process.isRunning else {
                throw BenchError("\(name): it ended with \(process.terminationStatus) before it was \(status)")
            }
            guard ContinuousClock.now < deadline else {
                throw BenchError("\(name): not \(status) after \(limit)")
            }
            // A connection that is refused costs some ten microseconds: too little to slow the start down.
            usleep(1_000)
        }
    }

    /// The resident memory in bytes, 0 where the system does not say.
    var residentBytes: Double {
        let status = (try? String(contentsOfFile: "/proc/\(process.processIdentifier)/status", encoding: .utf8)) ?? ""
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmRSS:") } ?? ""
        return (line.split(separator: " ").dropFirst().first.flatMap { Double($0) } ?? 0) * 1024
    }

    /// The processor time used so far in seconds, 0 where the system does not say.
    var processorSeconds: Double {
        let path = "/proc/\(process.processIdentifier)/stat"
        let fields = ((try? String(contentsOfFile: path, encoding: .utf8)) ?? "").split(separator: ")").last?
            .split(separator: " ")
        guard let fields, fields.count > 12, let user = Double(fields[11]), let system = Double(fields[12]) else {
            return 0
        }
        return (user + system) / Double(sysconf(Int32(_SC_CLK_TCK)))
    }

    /// Tells the service to stop and waits until it has.
    func stop() {
        process.terminate()
        process.waitUntilExit()
    }

    /// A port that nobody listens on now.
    private static func freePort() throws -> Int {
        let descriptor = socket(AF_INET, HTTPExchange.stream, 0)
        defer { close(descriptor) }
        var address = HTTPExchange.address(port: 0)
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                bind(descriptor, pointer, length) == 0 && getsockname(descriptor, pointer, &length) == 0
            }
        }
        guard isBound else { throw BenchError("no free port on 127.0.0.1") }
        return Int(UInt16(bigEndian: address.sin_port))
    }
}
