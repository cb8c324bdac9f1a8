import Checks
import Dispatch

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// Runs work that SIGINT, SIGTERM and SIGHUP cancel, so that it can clean up; a second signal ends the process at once.
///
/// A signal that was ignored when the program began stays ignored, as POSIX `nohup` and background jobs rely on.
///
/// - Throws: What the work throws; the end with code 130 where that came of an interruption.
func withInterruption<Result: Sendable>(
    _ work: @escaping @Sendable () async throws -> Result
) async throws -> Result {
    let task = Task { try await work() }
    let queue = DispatchQueue(label: "coldstart.signals")
    let sources = [SIGINT, SIGTERM, SIGHUP]
        .filter { !SignalsIgnoredAtStart.contains($0) }
        .map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
            source.setEventHandler {
                if task.isCancelled { _exit(130) }
                task.cancel()
            }
            source.resume()
            return source
        }
    defer { for source in sources { source.cancel() } }
    do {
        return try await task.value
    } catch  where task.isCancelled {
        throw CommandEnd(exitCode: .interrupted, message: "interrupted")
    }
}

/// The signals that were ignored when the program began, as whoever started it asked for (`nohup`, `trap "" INT`).
enum SignalsIgnoredAtStart {
    private static let numbers = Set([SIGHUP, SIGINT, SIGTERM].filter(isIgnored))

    /// Looks; to be called before the program changes what a signal does.
    static func look() { _ = numbers }

    /// Returns whether a signal was ignored.
    static func contains(_ number: Int32) -> Bool { numbers.contains(number) }

    private static func isIgnored(_ number: Int32) -> Bool {
        var current = sigaction()
        guard sigaction(number, nil, &current) == 0 else { return false }
        #if canImport(Darwin)
        let handler = current.__sigaction_u.__sa_handler
        #else
        let handler = current.__sigaction_handler.sa_handler
        #endif
        // SIG_IGN is no function but a number in the place of one.
        return unsafeBitCast(handler, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
    }
}
