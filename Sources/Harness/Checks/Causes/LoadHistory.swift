import ContainerPlatform
import Domain
import Observations

/// How the loading of the models went, as the timeline of a run shows it.
struct LoadHistory {
    private let timeline: Timeline
    private let startup: StartupObservation

    init(_ startup: StartupObservation) {
        self.startup = startup
        timeline = startup.timeline
    }

    /// What went wrong in the whole run: failed and hanging stages, the end of the process.
    var troubles: [String] { troubles(before: nil) }

    /// Why not everything was loaded when a request came; empty where everything was.
    func obstacles(before moment: Duration) -> [String] {
        let ready = startup.summary?.readyFull
        if let ready, ready <= moment { return troubles(before: moment) }
        var causes = troubles(before: moment)
        let withdrawn = withdrawnTime(before: moment)
        if withdrawn > .zero {
            let loading =
                ready.map { "everything was loaded at \($0.text) only" } ?? "the load had not ended by the end"
            causes.append(
                "the CPU was withdrawn for \(withdrawn.text) of the \(moment.text) before, as no request was in flight "
                    + "(billing: request), and \(loading)"
                    + (unfinishedStage(at: moment).map { ": the stage \($0) had hardly any CPU" } ?? "")
            )
        } else if causes.isEmpty {
            causes.append(
                ready.map {
                    "everything was loaded at \($0.text) only, \(($0 - moment).text) after the request had come"
                }
                    ?? "not everything was loaded by the end of the run"
            )
        }
        return causes
    }

    private func troubles(before moment: Duration?) -> [String] {
        var causes: [String] = []
        var wasToldToEnd = false
        for entry in timeline.entries where moment.map({ entry.moment <= $0 }) ?? true {
            switch entry.event {
            case .stageFailed(let name, _):
                causes.append(
                    "the stage \(name) failed at \(entry.moment.text)"
                        + (startup.initialisationError.map { ": \($0)" } ?? "")
                )
            // What ends because it is told to ends for another reason.
            case .signal: wasToldToEnd = true
            case .containerStarted: wasToldToEnd = false
            case .exited where wasToldToEnd: break
            case .stageHung(let name): causes.append("the stage \(name) hangs from \(entry.moment.text) on")
            case .exited(.code(let code)): causes.append("the process exited with code \(code) at \(entry.moment.text)")
            case .exited(.signal(let number)):
                causes.append("the process was ended by signal \(number) at \(entry.moment.text)")
            default: break
            }
        }
        if causes.isEmpty, let error = startup.initialisationError { causes.append("the service says \(error)") }
        return causes
    }

    /// For how long an instance that served had no CPU before a moment.
    private func withdrawnTime(before moment: Duration) -> Duration {
        var total = Duration.zero
        var since: Duration?
        for entry in timeline.entries where entry.moment <= moment {
            switch entry.event {
            case .cpuWithdrawn: since = since ?? entry.moment
            case .cpuAllocated, .exited:
                total += since.map { entry.moment - $0 } ?? .zero
                since = nil
            default: break
            }
        }
        return total + (since.map { moment - $0 } ?? .zero)
    }

    /// The stage that was under way at a moment, where the service said that earlier ones had finished.
    private func unfinishedStage(at moment: Duration) -> String? {
        let finished = Set(
            timeline.entries.compactMap { entry -> String? in
                guard entry.moment <= moment, case .stageFinished(let name, _, _) = entry.event else { return nil }
                return name
            }
        )
        return finished.isEmpty
            ? nil : InitialisationStage.allCases.map(\.rawValue).first { !finished.contains($0) }
    }
}
