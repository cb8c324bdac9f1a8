import Foundation

/// Runs of a workload in a process of its own, under a tool that watches it.
struct WatchedRun {
    /// The arguments of this process, which the other is given as well.
    var arguments = Array(CommandLine.arguments.dropFirst())
    /// The program, this one.
    var program = CommandLine.arguments[0]

    /// Whether a tool is there and runs.
    static func isAvailable(_ tool: String) -> Bool {
        (try? output(of: [tool, "--version"])) != nil
    }

    /// Runs a workload under a tool.
    ///
    /// - Parameters:
    ///   - workload: The workload.
    ///   - tool: The tool with its options, before the program.
    ///   - threads: The threads of the workload.
    /// - Throws: ``BenchError`` where it fails.
    func run(_ workload: Workload, under tool: [String], threads: Int) throws {
        let own = arguments + ["--threads", String(threads), "--only-workload", workload.rawValue]
        _ = try Self.output(of: ["OPENBLAS_NUM_THREADS=\(threads)"] + tool + [program] + own)
    }

    /// The standard output of a program found through the search path.
    ///
    /// - Throws: ``BenchError`` with its last line of standard error where it fails.
    static func output(of command: [String]) throws -> String {
        let process = Process()
        let (output, errors) = (Pipe(), Pipe())
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = command
        process.environment = ProcessInfo.processInfo.environment.merging(
            // The same hash tables, hence the same instructions, in every run.
            ["SWIFT_DETERMINISTIC_HASHING": "1", "LC_ALL": "C"]
        ) { $1 }
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output
        process.standardError = errors
        try process.run()
        // Tools say less on standard error than a pipe holds.
        let data = output.fileHandleForReading.readDataToEndOfFile()
        let said = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            let last = said.split(separator: "\n").last ?? ""
            throw BenchError(
                "\(command.prefix(3).joined(separator: " ")): ended with \(process.terminationStatus); \(last)"
            )
        }
        return String(decoding: data, as: UTF8.self)
    }
}
