import Domain
import Logging
import RecommendationEngine

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// Plays the stages of a rehearsal around the real ones.
struct RehearsedStages: Sendable {
    /// How the stages go.
    let rehearsal: Rehearsal
    /// Where each fault is told as it strikes.
    let logger: Logger

    /// A stage that fails because the rehearsal says so.
    private struct Failed: Error, CustomStringConvertible {
        let description: String
    }

    /// Returns a loader that takes the rehearsal's times and fails where it says so.
    func around(_ load: @escaping ServiceModels.StageLoader) -> ServiceModels.StageLoader {
        { stage, models in
            let plan = rehearsal[stage: stage]
            if let delay = plan.delay, delay > 0 {
                logger.notice("rehearsal: \(stage.rawValue) is delayed by \(delay) s")
                usleep(UInt32(delay * 1e6))
            }
            var pace = rehearsal.pace(of: plan.seconds)
            let clock = ContinuousClock()
            let start = clock.now
            // The failure that is rehearsed comes instead of any that the real files would give.
            if plan.fails == nil { try load(stage, &models) }
            pace.worked(start.duration(to: clock.now))
            pace.takeBlocking()
            if let message = plan.fails {
                logger.notice("rehearsal: \(stage.rawValue) fails", metadata: ["fault": "\(message)"])
                throw Failed(description: message)
            }
            if let code = plan.exits {
                logger.notice("rehearsal: the process exits with \(code) in \(stage.rawValue)")
                // At once, as a program that crashes: no handler has a say.
                _exit(code)
            }
            if let number = plan.signal {
                logger.notice("rehearsal: the process ends on signal \(number) in \(stage.rawValue)")
                signal(number, SIG_DFL)
                kill(getpid(), number)
                // It may come on another thread.
                while true { sleep(3_600) }
            }
            if plan.hangs == true {
                logger.notice("rehearsal: \(stage.rawValue) hangs")
                while true { sleep(3_600) }
            }
        }
    }

    /// Takes the time from the start of the process to the environment check.
    func boot() {
        var pace = rehearsal.pace(of: rehearsal.boot)
        if let started = rehearsal.started {
            let now = Double(monotonicNanoseconds()) / 1e9
            pace.worked(.seconds(max(0, now - started)))
        }
        pace.takeBlocking()
    }
}

private func monotonicNanoseconds() -> Int {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return time.tv_sec * 1_000_000_000 + time.tv_nsec
}
