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
    static func time(_ command: [String]) throws -> Timing {
        let before = childrenCPU()
        let run = try timed { () throws -> Int32 in
            let process = Process()
            process.executableURL = URL(fileURLWithPath: command[0])
            process.arguments = Array(command.dropFirst())
            process.standardInput = FileHandle.nullDevice
            process.standardOutput = FileHandle.nullDevice
            process.standardError = FileHandle.nullDevice
            try process.run()
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
