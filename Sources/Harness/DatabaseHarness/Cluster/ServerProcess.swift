import CSpawn
import PostgresClient
import Synchronization

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// A program that runs beside the harness, watched by a thread of its own.
///
/// The thread that starts the program waits for its end and does nothing else. That matters on Linux, where a parent
/// death signal (`prctl(PR_SET_PDEATHSIG)`) is tied to the *thread* that started the child: from a thread of a pool the
/// program could be ended with the thread. Here the thread ends only with the program or with the whole harness.
final class ServerProcess: Sendable {
    /// What to run.
    struct Command: Hashable, Sendable {
        /// The program's path.
        var executable: String
        /// Its arguments, without its name.
        var arguments: [String]
        /// Its whole environment.
        var environment: [String: String]
        /// The file that gets its standard output and error.
        var logFile: String
    }

    private enum State {
        case running
        case ended(description: String)
    }

    /// The process id, meaningless once the program has ended.
    let processID: pid_t
    private let state = Mutex(State.running)

    private init(processID: pid_t) {
        self.processID = processID
    }

    /// Starts a program in a session of its own, so that Ctrl-C on the terminal reaches only the harness.
    ///
    /// - Throws: ``PostgresError`` (`serverStart`) where it cannot be started.
    static func start(_ command: Command) async throws -> ServerProcess {
        let thread = BlockingExecutor(label: "coldstart.server")
        return try await withCheckedThrowingContinuation { continuation in
            thread.run {
                do {
                    let process = ServerProcess(processID: try spawn(command))
                    continuation.resume(returning: process)
                    process.waitForEnd()
                } catch {
                    continuation.resume(throwing: error)
                }
            }
        }
    }

    /// How the program ended, `nil` while it runs.
    var end: String? {
        state.withLock { state in
            if case .ended(let description) = state { description } else { nil }
        }
    }

    /// Sends a signal, unless the program has ended.
    func send(_ signal: Int32) {
        state.withLock { state in
            // The process is reaped under this lock, so the id cannot have passed to another program.
            if case .running = state { kill(processID, signal) }
        }
    }

    /// Waits until the program has ended.
    ///
    /// - Returns: Whether it ended in time.
    func waitForEnd(atMost limit: Duration) async -> Bool {
        let clock = ContinuousClock()
        let deadline = clock.now + limit
        while end == nil {
            if clock.now > deadline { return false }
            try? await clock.sleep(for: .milliseconds(2))
        }
        return true
    }

    private func waitForEnd() {
        var information = siginfo_t()
        while waitid(P_PID, id_t(processID), &information, WEXITED | WNOWAIT) != 0, errno == EINTR {}
        state.withLock { state in
            var status: Int32 = 0
            while waitpid(processID, &status, 0) < 0, errno == EINTR {}
            let signal = status & 0x7F
            let description = signal == 0 ? "exit code \((status >> 8) & 0xFF)" : "signal \(signal)"
            state = .ended(description: description)
        }
    }

    private static func spawn(_ command: Command) throws(PostgresError) -> pid_t {
        var processID: pid_t = 0
        let arguments = ([command.executable] + command.arguments).map { strdup($0) } + [nil]
        let environment = command.environment.sorted { $0.key < $1.key }.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer {
            for text in arguments + environment { free(text) }
        }
        let code = coldstart_spawn(&processID, command.executable, arguments, environment, command.logFile)
        guard code == 0 else {
            throw PostgresError(.serverStart, "cannot start \(command.executable): \(String(cString: strerror(code)))")
        }
        return processID
    }
}
