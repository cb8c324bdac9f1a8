import Domain
import Observations
import Scenarios

/// Decides what the machine's lateness may have caused: that is inconclusive, and never failed.
///
/// A time that is too late by no more than the machine was late by then may be the machine's doing. What a run came to
/// beside its times, such as a state or the number of attempts, may be where the machine was later than a real clock is
/// allowed anyway. What holds at whatever pace (rankings, rows, whether answers agree with themselves) may not, but for
/// the rows of a request that the platform cut off for its time.
struct LatenessRule {
    private let plan: Plan
    private let observation: Observation
    private let lateness: Lateness
    private let clock: RealClock?

    init(evidence: Evidence) {
        plan = evidence.plan
        observation = evidence.observation
        lateness = observation.process?.lateness ?? Lateness()
        clock = observation.clock
    }

    /// How far a failed check depends on the pace of the run.
    private enum Dependence {
        /// It judges a time, or what follows from the order of moments.
        case pace
        /// It judges what follows from the state in which requests were answered.
        case state
        /// It judges rows, which depend on the pace only where the platform cut a request off.
        case cut
        /// It holds at whatever pace.
        case none

        init(_ check: String) {
            switch check {
            case "answers.state", "answers.within": self = .pace
            case _ where check.hasPrefix("startup.") || check.hasPrefix("termination."): self = .pace
            case "answers.status", "answers.svd_saved", "answers.p5_saved", "answers.error", "landing.earlier_set",
                "landing.visitors":
                self = .state
            case _ where check.hasPrefix("landing.count."): self = .state
            case "landing.rows", "landing.sets": self = .cut
            default: self = .none
            }
        }
    }

    /// Returns the verdicts, inconclusive where the machine's lateness may be what was observed.
    func judge(_ verdicts: [Verdict]) -> [Verdict] {
        guard let clock, lateness.total > .zero else { return verdicts }
        var judged = verdicts.map { verdict -> Verdict in
            let mayBeLate = Dependence(verdict.check) == .pace && !hasOwnCause(verdict)
            return mayBeLate || verdict.outcome == .inconclusive ? judge(verdict, clock) : verdict
        }
        // What follows from states is excused only where the states themselves may be the machine's doing.
        let statesMayDiffer = !statesAreStated || judged.contains { $0.lateness != nil }
        let wasCut = wasCut
        for index in judged.indices {
            let dependence = Dependence(judged[index].check)
            if dependence == .state && (statesMayDiffer || wasCut) || dependence == .cut && wasCut {
                judged[index] = judge(judged[index], clock)
            }
        }
        return judged
    }

    private func judge(_ verdict: Verdict, _ clock: RealClock) -> Verdict {
        guard verdict.outcome != .passed else { return verdict }
        var late = lateness.total
        let explained: Bool
        switch verdict.delay {
        case .late(let excess, let moment):
            late = moment.map(lateness.total(by:)) ?? late
            explained = excess <= late * clock.speed
        case .early:
            explained = false
        case nil:
            explained = late > max(RealClock.realAllowance, lateness.measured * Lateness.ordinaryShare)
        }
        guard explained else { return verdict }
        var judged = verdict
        judged.outcome = .inconclusive
        judged.lateness = late
        judged.message +=
            "; the machine was busy: by then the run had waited up to \(late.text) for processors that others used"
            + (clock.speed == 1 ? "" : " (\((late * clock.speed).text) of the scenario)")
            + ", which may be why"
        return judged
    }

    /// Whether the run shows what failed a check, and it is no matter of time.
    private func hasOwnCause(_ verdict: Verdict) -> Bool {
        verdict.subject == .startup && observation.process?.misplaced != nil
    }

    /// Whether the platform ended a request for its time, against the expectation.
    private var wasCut: Bool {
        let cut = Set(observation.answers.filter { $0.status == 504 }.map(\.request))
        return plan.requests.contains { cut.contains($0.number) && $0.expectation.status?.value != 504 }
    }

    /// Whether the scenario says in which state every request is to be answered.
    private var statesAreStated: Bool {
        plan.requests.allSatisfy { $0.expectation.state != nil }
    }
}
