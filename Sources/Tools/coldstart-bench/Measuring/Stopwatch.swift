#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// What one run of some work took.
struct Timing: Codable {
    /// The time that passed, in seconds.
    let seconds: Double
    /// The processor time of all threads of the process, in seconds.
    let cpu: Double
}

/// Runs work and takes its time.
func timed<Result>(_ work: () throws -> Result) rethrows -> (timing: Timing, result: Result) {
    let began = (clock(CLOCK_MONOTONIC), clock(CLOCK_PROCESS_CPUTIME_ID))
    let result = try work()
    let ended = (clock(CLOCK_MONOTONIC), clock(CLOCK_PROCESS_CPUTIME_ID))
    return (Timing(seconds: ended.0 - began.0, cpu: ended.1 - began.1), result)
}

private func clock(_ identifier: clockid_t) -> Double {
    var time = timespec()
    clock_gettime(identifier, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}
