import Foundation
import PostgresStore
import Synchronization

private let sandboxes = Atomic<Int>(0)

/// A folder of one test's own, open to the server's user, removed at the end.
struct Sandbox: ~Copyable {
    let path: String

    init() throws {
        // In memory where that is possible, as the clusters themselves.
        let parent = access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp"
        path = "\(parent)/cs-\(getpid())-\(sandboxes.add(1, ordering: .relaxed).newValue)"
        try FileManager.default.createDirectory(
            atPath: path,
            withIntermediateDirectories: false,
            attributes: [.posixPermissions: 0o755]
        )
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }

    /// Options that keep to the folder; the cache is the user's own unless the test is about it.
    func options(ownCache: Bool = false) -> ThrowAwayCluster.Options {
        ThrowAwayCluster.Options(cacheFolder: ownCache ? "\(path)/cache" : nil, temporaryFolder: path)
    }

    /// The clusters' folders that are there.
    var clusters: [String] { names.filter { $0.hasPrefix("coldstart-pg-") } }

    /// What is in the cache of the sandbox.
    var cached: [String] { (try? FileManager.default.contentsOfDirectory(atPath: "\(path)/cache")) ?? [] }

    func read(_ name: String) throws -> String {
        try String(contentsOfFile: "\(path)/\(name)", encoding: .utf8)
    }

    private var names: [String] { (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? [] }
}

/// Whether a process runs, that is, has neither gone nor ended and waits to be reaped.
func isRunning(_ process: Int) -> Bool {
    guard kill(pid_t(process), 0) == 0 else { return false }
    guard let status = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8) else { return true }
    return status.split(separator: ")").last?.split(separator: " ").first != "Z"
}

/// Waits until a process has ended.
func waitForEnd(of process: Int, atMost seconds: Double) async throws -> Bool {
    for _ in 0..<Int(seconds * 100) where isRunning(process) { try await Task.sleep(for: .milliseconds(10)) }
    return !isRunning(process)
}

/// Runs a line of shell and returns what it printed and its exit code.
func shell(_ line: String) throws -> (output: String, code: Int32) {
    let process = Process()
    let pipe = Pipe()
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = ["-c", line]
    process.standardOutput = pipe
    try process.run()
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (String(decoding: data, as: UTF8.self), process.terminationStatus)
}
