import Foundation

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// A run of a program from its start to its end.
enum ProgramRun {
    /// Runs a program and takes its time.
    ///
    /// - Throws: ``BenchError`` where it fails, and the error of the system where it cannot be started.
    static func time(_ command: [String]) throws -> Timing { try run(command) { _ in } }

    /// Runs a program, takes its time, and looks at its memory now and then.
    ///
    /// - Returns: The time, and the most memory in bytes that it had when it was looked at last; 0 where the system does
    ///   not say.
    /// - Throws: As ``time(_:)``.
    static func watch(_ command: [String]) throws -> (timing: Timing, peakMemory: Int) {
        var peak = 0
        let timing = try run(command) { process in
            while process.isRunning {
                peak = max(peak, Machine.peakMemory(of: process.processIdentifier) ?? 0)
                usleep(20_000)
            }
        }
        return (timing, peak)
    }

    private static func run(_ command: [String], waiting wait: (Process) -> Void) throws -> Timing {
        let before = childrenCPU()
        let run = try timed { () throws -> Int32 in
            let process = Process()
            process.executableURL = URL(fileURLWithPath: command[0])
            process.arguments = Array(command.dropFirst())
            process.standardInput = FileHandle.nullDevice
            process.standardOutput = FileHandle.nullDevice
            process.standardError = FileHandle.nullDevice
            try process.run()
            wait(process)
            process.waitUntilExit()
            return process.terminationStatus
        }
        guard run.result == 0 else {
            throw BenchError("\(command.joined(separator: " ")): it ended with \(run.result)")
        }
        return Timing(seconds: run.timing.seconds, cpu: childrenCPU() - before)
    }

    /// The processor time of the processes that have been waited for, in seconds.
    static func childrenCPU() -> Double {
        var usage = rusage()
        getrusage(-1, &usage)
        let times = [usage.ru_utime, usage.ru_stime]
        return times.reduce(0) { $0 + Double($1.tv_sec) + Double($1.tv_usec) / 1e6 }
    }
}
