import Checks
import Dispatch

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// Runs work that SIGINT, SIGTERM and SIGHUP cancel, so that it can clean up; a second signal ends the process at once.
///
/// - Throws: What the work throws; the end with code 130 where that came of an interruption.
func withInterruption<Result: Sendable>(
    _ work: @escaping @Sendable () async throws -> Result
) async throws -> Result {
    let task = Task { try await work() }
    let queue = DispatchQueue(label: "coldstart.signals")
    let sources = [SIGINT, SIGTERM, SIGHUP]
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
