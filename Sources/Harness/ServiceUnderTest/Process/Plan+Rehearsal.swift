import ContainerPlatform
import Domain
import RecommendationEngine
import Scenarios

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif
#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

extension Plan {
    /// What a real service is to act out: how long its stages and answers take, and what fails.
    ///
    /// A service that knows nothing of rehearsals takes the time that it takes. Stages that the plan measures take
    /// their own time, unless a fault strikes them.
    ///
    /// - Parameters:
    ///   - speed: How many seconds of the scenario pass in one real second.
    ///   - life: The life of the container, from 1.
    /// - Returns: The rehearsal, in real seconds.
    func rehearsal(speed: Double, life: Int = 1) -> Rehearsal {
        func real(_ duration: Duration) -> Double { (duration / speed).seconds }
        let cores = max(1, platform.cpu.duringStartup)
        // The work is that of the simulation: spread over the cores that there are while the instance starts.
        func paced(_ timing: StageTiming) -> Double { real(timing.duration) / min(Double(timing.threads), cores) }
        var rehearsal = Rehearsal()
        rehearsal.boot = paced(boot)
        let measured = measuredStages
        for stage in InitialisationStage.allCases where !measured.contains(stage) {
            rehearsal[stage: stage].seconds = paced(timing(of: stage))
        }
        for case .stage(let stage, let fault) in faults.map(\.fault) {
            switch fault.inLife(life) {
            case .inFirstLives, nil: break
            case .fails(let message): rehearsal[stage: stage].fails = message
            case .ends(.code(let code)): rehearsal[stage: stage].exits = code
            case .ends(.signal(let signal)): rehearsal[stage: stage].signal = signal
            case .hangs: rehearsal[stage: stage].hangs = true
            case .delayed(let delay): rehearsal[stage: stage].delay = real(delay)
            }
        }
        let time = service.servingTime
        rehearsal.serving = .init(svdOnly: real(time.svdOnly), full: real(time.full), cached: real(time.cached))
        switch service.terminationBehaviour {
        case .exits(let after): rehearsal.termination = .init(seconds: real(after))
        case .ignored: rehearsal.termination = .init(ignored: true)
        }
        if service.isHealthBusy { rehearsal.healthWaits = true }
        if !mayStopProcess { rehearsal.keepsCPU = true }
        rehearsal.scoringFails = faults.compactMap { planned in
            guard case .scoring(let message, let request) = planned.fault else { return nil }
            return Rehearsal.ScoringFailure(request: request, message: message)
        }
        return rehearsal
    }

    /// Whether the process is stopped on the way: for want of CPU (see ``CPUControl``), or by a fault.
    private var mayStopProcess: Bool {
        let cpu = platform.cpu
        return cpu.billing == .requestBased || cpu.limitMillicores < 1000
            || faults.contains { if case .process(.stopped) = $0.fault { true } else { false } }
    }
}

extension Rehearsal {
    /// The rehearsal as the variable's value, with the start of the process now.
    func startingNow() -> String {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        var started = self
        started.started = Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard let data = try? encoder.encode(started) else { preconditionFailure("the rehearsal cannot be encoded") }
        return String(decoding: data, as: UTF8.self)
    }
}
