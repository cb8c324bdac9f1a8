import ContainerPlatform
package import Observations

extension StartupReport {
    /// Makes the report of a start.
    package init(_ observation: StartupObservation) {
        let summary = observation.summary
        let ending = Ending(observation)
        self.init(
            outcome: ending.outcome,
            at: ending.moment?.reportedSeconds,
            reason: ending.reason,
            attempts: summary?.attempts ?? 0,
            listening: summary?.listening?.reportedSeconds,
            probeCouldPass: summary?.probeCouldPass?.reportedSeconds,
            readyBasic: summary?.readyBasic?.reportedSeconds,
            readyFull: summary?.readyFull?.reportedSeconds,
            firstRows: summary?.firstWithRows?.moment.reportedSeconds,
            firstGoodRecommendation: summary?.firstFull?.moment.reportedSeconds,
            detectionLag: summary?.detectionLag?.reportedSeconds,
            killMargin: observation.killMargin.map {
                Margin(spare: $0.spare?.reportedSeconds, factor: $0.factor, unbounded: $0.isUnbounded)
            },
            probeTruthGap: summary?.truthGap.reportedSeconds,
            probeTruthGapIsOpen: summary?.truthGapIsOpen ?? false,
            violations: observation.violations.map {
                Violation(
                    rule: $0.rule.rawValue,
                    severity: $0.severity.rawValue,
                    field: $0.field,
                    reason: $0.reason
                )
            },
            lives: summary.flatMap { $0.earlierLives.isEmpty ? nil : $0.earlierLives.map(Life.init) }
        )
    }

    /// How a start ended, when and why.
    private struct Ending {
        let outcome: String
        let moment: Duration?
        let reason: String?

        init(_ observation: StartupObservation) {
            guard let summary = observation.summary else {
                let refusal = observation.violations.first { $0.severity == .error }
                self.init("refused", nil, refusal.map { $0.deployError ?? $0.reason })
                return
            }
            let error = observation.initialisationError
            switch summary.outcome {
            case .killed(let moment, let failures):
                let count = Figures.count(failures, "time")
                let saw = observation.timeline.lastStartupAttempt.map { ", last: \($0.saw.text)" } ?? ""
                self.init("killed", moment, "the startup probe failed \(count) consecutively" + saw)
            case .exited(let moment, let exit):
                self.init("exited", moment, "the process " + exit.words)
            case .ready(let moment):
                self.init(error == nil ? "ready" : "init_error", moment, error)
            case .givenUp(let moment):
                self.init("given_up", moment, "the revision was not ready within the progress deadline")
            case .stopped(let moment):
                self.init("stopped", moment, "the owner's configuration no longer wants the instance")
            case .undecided:
                self.init(error == nil ? "undecided" : "init_error", nil, error)
            }
        }

        private init(_ outcome: String, _ moment: Duration?, _ reason: String?) {
            self.outcome = outcome
            self.moment = moment
            self.reason = reason
        }
    }
}

extension StartupReport.Life {
    /// Describes a life that is over.
    init(_ life: ContainerLife) {
        let outcome =
            switch life.outcome {
            case .ready: "ready"
            case .killed: "killed"
            case .exited: "exited"
            case .stopped: "stopped"
            case .givenUp: "given_up"
            case .undecided: "undecided"
            }
        self.init(
            life: life.number,
            began: life.began.reportedSeconds,
            ended: life.ended.reportedSeconds,
            outcome: outcome,
            attempts: life.attempts,
            failedProbe: life.failedProbe?.rawValue,
            end: life.exit.words
        )
    }

    /// The life in one phrase.
    var phrase: String {
        let cause = failedProbe.map { ", the \($0) probe had failed" } ?? ""
        return
            "life \(life)  \(Figures.virtual(began)) to \(Figures.virtual(ended))  \(outcome); the process \(end)\(cause)"
    }
}

extension ProcessExit {
    /// The end in words, after a subject.
    var words: String {
        switch self {
        case .code(let code): "exited with code \(code)"
        case .signal(9): "was ended by SIGKILL"
        case .signal(15): "was ended by SIGTERM"
        case .signal(let number): "was ended by signal \(number)"
        }
    }
}

extension Timeline {
    /// The last attempt of the startup probe.
    fileprivate var lastStartupAttempt: ProbeAttempt? {
        for entry in entries.reversed() {
            if case .attempt(let attempt) = entry.event, attempt.probe == .startup { return attempt }
        }
        return nil
    }
}
