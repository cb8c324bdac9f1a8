import ColdstartTestSupport
import Foundation

/// Runs the program `coldstart` as a process.
struct CommandLineHarness {
    /// What a finished process left.
    struct Outcome {
        /// The exit code, or 256 and the signal that ended it.
        let status: Int32
        /// Everything on standard output.
        let output: String
        /// Everything on standard error.
        let errors: String
    }

    private let folder: TemporaryFolder

    /// Creates a harness with a folder of its own for the files of one test.
    init() throws {
        folder = try TemporaryFolder()
    }

    /// The folder for report files and scenarios.
    var path: String { folder.path }

    /// The program beside the running tests.
    static let program: URL = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        .deletingLastPathComponent().appendingPathComponent("coldstart")

    /// Starts the program.
    ///
    /// Output goes to files, so that no pipe can fill up; temporary files of the program go to the harness's folder.
    ///
    /// The signals of `ignored`, as a shell names them, are ignored when the program begins. With a terminal that is its
    /// standard input and output.
    func start(
        _ arguments: [String],
        environment: [String: String] = [:],
        ignoring ignored: String = "",
        terminal: FileHandle? = nil
    ) throws -> Process {
        guard !ignored.isEmpty else {
            return try start(Self.program, arguments, environment: environment, terminal: terminal)
        }
        let script = ["-c", "trap '' \(ignored); exec \"$0\" \"$@\"", Self.program.path]
        return try start(URL(fileURLWithPath: "/bin/sh"), script + arguments, environment: environment)
    }

    private func start(
        _ program: URL,
        _ arguments: [String],
        environment: [String: String],
        terminal: FileHandle? = nil
    ) throws -> Process {
        let process = Process()
        process.executableURL = program
        process.arguments = arguments
        process.currentDirectoryURL = URL(fileURLWithPath: Fixtures.packageDirectory)
        let inherited = ProcessInfo.processInfo.environment.filter { Self.isNeeded($0.key) }
        process.environment = inherited.merging(["CI": "true"]) { $1 }.merging(environment) { $1 }
        for name in ["output", "errors"] {
            try Data().write(to: URL(fileURLWithPath: "\(path)/\(name)"))
        }
        process.standardInput = terminal ?? FileHandle.nullDevice
        process.standardOutput = terminal ?? FileHandle(forWritingAtPath: "\(path)/output")
        process.standardError = FileHandle(forWritingAtPath: "\(path)/errors")
        try process.run()
        return process
    }

    /// Whether a program needs the variable to start at all.
    ///
    /// What else the tests were started with (colours, other databases) must change no outcome; a test that is about such
    /// a variable sets it. `CI` is set, so that a golden that fails leaves nothing beside itself in the checkout.
    private static func isNeeded(_ variable: String) -> Bool {
        ["PATH", "HOME", "USER", "LOGNAME", "SHELL", "TMPDIR", "TZ", "LANG"].contains(variable)
            || ["LC_", "LD_", "DYLD_", "ASAN_", "TSAN_", "LSAN_", "UBSAN_"].contains { variable.hasPrefix($0) }
    }

    /// What a started program has written to standard error and standard output so far.
    var errorsSoFar: String {
        ["errors", "output"].map { (try? String(contentsOfFile: "\(path)/\($0)", encoding: .utf8)) ?? "" }.joined()
    }

    /// Waits for a started program to end.
    func finish(_ process: Process) async -> Outcome {
        await Self.onOwnThread { process.waitUntilExit() }
        let signalBase: Int32 = process.terminationReason == .uncaughtSignal ? 256 : 0
        return Outcome(
            status: signalBase + process.terminationStatus,
            output: (try? String(contentsOfFile: "\(path)/output", encoding: .utf8)) ?? "",
            errors: (try? String(contentsOfFile: "\(path)/errors", encoding: .utf8)) ?? ""
        )
    }

    /// Runs the program to its end.
    ///
    /// The report of a run that it wrote is held against the schema, whatever the test is about.
    func run(_ arguments: [String], environment: [String: String] = [:]) async throws -> Outcome {
        let outcome = await finish(try start(arguments, environment: environment))
        try ReportSchemaCheck.look(at: arguments, outcome)
        return outcome
    }

    /// Runs a script of the shell `sh` to its end; `$COLDSTART` is the program, `$FOLDER` the harness's folder.
    func shell(_ script: String, environment: [String: String] = [:]) async throws -> Outcome {
        let variables = ["COLDSTART": Self.program.path, "FOLDER": path].merging(environment) { $1 }
        return await finish(try start(URL(filePath: "/bin/sh"), ["-c", script], environment: variables))
    }

    /// Runs something that waits on a thread of its own: those of the tests may all be busy computing.
    static func onOwnThread<Value: Sendable>(_ body: @escaping @Sendable () -> Value) async -> Value {
        await withCheckedContinuation { continuation in
            Thread.detachNewThread { continuation.resume(returning: body()) }
        }
    }

    /// Writes a scenario over the shipped models, sessions and catalogue.
    ///
    /// - Parameters:
    ///   - name: The scenario's name and that of its file.
    ///   - service: The section `service`, less the bundle.
    ///   - rest: The sections after `catalogue`, at the left margin.
    /// - Returns: The path of the file.
    /// - Throws: The error of the file system.
    func scenario(named name: String = "made-up", service: String = "strategy: blocking", _ rest: String) throws
        -> String
    {
        let shipped = Fixtures.packageDirectory + "/scenarios"
        let text = """
            name: \(name)
            teaches: What the command line does with it.
            platform: {probe: default}
            service: {bundle: "\(shipped)/bundle", \(service)}
            stages: {boot: 1s, svd: 1s, datamaps: 0s, tokenizer: 0s, checkpoint: 1s}
            sessions: {file: "\(shipped)/sessions/demo.jsonl", select: first 1}
            catalogue: "\(shipped)/catalogue.jsonl"
            \(rest)

            """
        let file = "\(path)/\(name).yaml"
        try text.write(toFile: file, atomically: true, encoding: .utf8)
        if !FileManager.default.fileExists(atPath: "\(path)/schema.sql") {
            try FileManager.default.copyItem(atPath: shipped + "/schema.sql", toPath: "\(path)/schema.sql")
        }
        return file
    }
}
