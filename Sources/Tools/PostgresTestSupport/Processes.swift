import Foundation

/// Whether a process runs, that is, has neither gone nor ended and waits to be reaped.
package func isRunning(_ process: Int) -> Bool {
    guard kill(pid_t(process), 0) == 0 else { return false }
    guard let status = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8) else { return true }
    return status.split(separator: ")").last?.split(separator: " ").first != "Z"
}

/// Waits until a process has ended.
package func waitForEnd(of process: Int, atMost seconds: Double) async throws -> Bool {
    for _ in 0..<Int(seconds * 100) where isRunning(process) { try await Task.sleep(for: .milliseconds(10)) }
    return !isRunning(process)
}

/// Runs a line of shell and returns what it printed and its exit code.
package func shell(_ line: String) throws -> (output: String, code: Int32) {
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
