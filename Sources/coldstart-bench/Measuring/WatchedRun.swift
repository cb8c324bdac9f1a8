import Foundation

/// Runs of a workload in a process of its own, under a tool that watches it.
struct WatchedRun {
    /// The arguments of this process, which the other is given as well.
    var arguments = Array(CommandLine.arguments.dropFirst())

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
        _ = try Self.output(of: tool + [CommandLine.arguments[0]] + own)
    }

    /// The standard output of a program found through the search path.
    ///
    /// - Throws: ``BenchError`` with its last line of standard error where it fails.
    static func output(of command: [String], input: String? = nil) throws -> String {
        let process = Process()
        let (output, errors, words) = (Pipe(), Pipe(), Pipe())
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = command
        process.environment = ProcessInfo.processInfo.environment.merging(
            // The same hash tables, hence the same instructions, in every run.
            ["SWIFT_DETERMINISTIC_HASHING": "1", "LC_ALL": "C"]
        ) { $1 }
        process.standardInput = input == nil ? FileHandle.nullDevice : words
        process.standardOutput = output
        process.standardError = errors
        try process.run()
        // Tools say little, and less than a pipe holds, on standard error.
        if let input {
            DispatchQueue.global()
                .async {
                    try? words.fileHandleForWriting.write(contentsOf: Data(input.utf8))
                    try? words.fileHandleForWriting.close()
                }
        }
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
