import LinearAlgebra

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif
#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// What the figures were measured on.
struct Machine: Codable {
    /// The processors that this process may use.
    let cores: Int
    /// The processor's name, where the system says it.
    let processor: String?
    /// The processor family whose kernels OpenBLAS chose.
    let openBLASKernel: String
    /// The mean number of processes that wanted to run over the last minute.
    let load: Double

    /// Looks at this machine.
    static func current() -> Machine {
        var load = 0.0
        getloadavg(&load, 1)
        return Machine(
            cores: ProcessInfo.processInfo.activeProcessorCount,
            processor: field("model name", of: "/proc/cpuinfo"),
            openBLASKernel: BLAS.kernelName,
            load: load
        )
    }

    /// The peak of this process's resident memory in bytes.
    ///
    /// Linux keeps `ru_maxrss` across `exec`, where it may be the parent's, so that the figure of the kernel's status
    /// file is taken there.
    static func peakMemory() -> Int {
        #if canImport(Darwin)
        var usage = rusage()
        getrusage(RUSAGE_SELF, &usage)
        return usage.ru_maxrss
        #else
        return peakMemory(of: getpid()) ?? 0
        #endif
    }

    /// The peak of a process's resident memory in bytes (`VmHWM`, proc(5)); `nil` where the system does not say.
    static func peakMemory(of process: Int32) -> Int? {
        let kilobytes = field("VmHWM", of: "/proc/\(process)/status").flatMap { Int($0.prefix { $0.isNumber }) }
        return kilobytes.map { $0 * 1024 }
    }

    /// The pages that the kernel has mapped into this process because they were touched, read from a disk or not.
    static func pageFaults() -> Int {
        var usage = rusage()
        getrusage(0, &usage)
        return usage.ru_minflt + usage.ru_majflt
    }

    private static func field(_ name: String, of path: String) -> String? {
        guard let contents = FileManager.default.contents(atPath: path) else { return nil }
        for line in String(decoding: contents, as: UTF8.self).split(separator: "\n") where line.hasPrefix(name) {
            guard let colon = line.firstIndex(of: ":") else { continue }
            return String(line[line.index(after: colon)...].drop { $0 == " " || $0 == "\t" })
        }
        return nil
    }
}
