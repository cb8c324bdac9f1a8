import Scenarios

/// Decides which verdicts give no exit code of their own, because they only follow from others.
///
/// What failed beyond doubt is said as failed: of several codes the first of `ExitCode.precedence` is the run's, and
/// there every failure comes before "no verdict". Two kinds of verdicts are consequences and give no code of their own:
///
/// - A check that could not be judged *because* another failed. `causes` says which failure explains which.
/// - A failure that depends on a fault which did not fire: it is what the service does without the fault, and the
///   missing fault is the scenario's cause for "no verdict". What does not depend on the fault has failed all the same.
struct Consequences {
    /// The faults of the scenario.
    let faults: [PlannedFault]

    /// One line of the table: checks that cannot be judged, and the failures that explain it.
    struct Cause {
        /// The beginning of the names of the checks without a verdict.
        let unjudged: String
        /// The end of their names; empty for any.
        var suffix = ""
        /// The beginnings of the names of the failed checks that explain it.
        let failed: [String]
    }

    /// The first line that fits a check holds; a check that no line fits is explained by no failure.
    ///
    /// | could not be judged | because of a failure of |
    /// |---|---|
    /// | `faults.…`: did not fire | the start |
    /// | `answers.…`: not observed | the start |
    /// | `rankings.….fingerprints`: files not shown | – |
    /// | `rankings.…`: nothing compared, or not visible | the start; status, state or form of the answers; the rows |
    /// | `landing.rows`: rows that no answer shows | form of the answers; other checks of rows |
    /// | `landing.earlier_set`: no request met one | the start; status or form of the answers; the rows |
    /// | `landing.visitors`: not observed | the start, the answers |
    /// | `landing.count`: rows not read | the start |
    static let causes: [Cause] = [
        Cause(unjudged: "faults.", failed: ["startup.outcome"]),
        Cause(unjudged: "answers.", failed: ["startup.outcome"]),
        Cause(unjudged: "rankings.", suffix: ".fingerprints", failed: []),
        Cause(
            unjudged: "rankings.",
            failed: ["startup.outcome", "answers.status", "answers.state", "answers.agreement", "landing."]
        ),
        Cause(unjudged: "landing.rows", failed: ["answers.agreement", "landing."]),
        Cause(
            unjudged: "landing.earlier_set",
            failed: ["startup.outcome", "answers.status", "answers.agreement", "landing."]
        ),
        Cause(unjudged: "landing.visitors", failed: ["startup.outcome", "answers."]),
        Cause(unjudged: "landing.count", failed: ["startup.outcome"]),
    ]

    /// Marks the consequences among the verdicts, which keep their order.
    ///
    /// - Complexity: O(*n*²) in the number of verdicts.
    func marked(_ verdicts: [Verdict]) -> [Verdict] {
        let silent = faults.filter { fault in
            verdicts.contains { $0.check == "faults.\(fault.number)" && $0.outcome == .inconclusive }
        }
        func missing(for verdict: Verdict) -> PlannedFault? { silent.first { verdict.depends(on: $0) } }
        let certain = verdicts.filter { $0.outcome == .failed && missing(for: $0) == nil }
        return verdicts.map { verdict in
            switch verdict.outcome {
            case .passed: return verdict
            case .failed:
                // A fault that could not fire because the start failed has its own cause, and so has what depends on
                // it.
                guard let fault = missing(for: verdict) else { return verdict }
                return verdict.becoming(consequenceOf: "faults.\(fault.number)")
            case .inconclusive:
                return certain.first { Self.explains($0, verdict) }
                    .map { verdict.becoming(consequenceOf: $0.check) } ?? verdict
            }
        }
    }

    private static func explains(_ failed: Verdict, _ unjudged: Verdict) -> Bool {
        let cause = causes.first { unjudged.check.hasPrefix($0.unjudged) && unjudged.check.hasSuffix($0.suffix) }
        return cause?.failed.contains { failed.check.hasPrefix($0) } ?? false
    }
}

extension Verdict {
    /// Whether the check could have passed if a fault that did not fire had fired.
    ///
    /// What must hold of any run does not depend on a fault: that an answer agrees with itself and its rows are there,
    /// that what was ranked is the golden's. What a scenario states as its outcome does, save what was over before the
    /// fault.
    fileprivate func depends(on fault: PlannedFault) -> Bool {
        switch subject {
        case .startup:
            return fault.fault.isOfStart || ["startup.ready_full", "startup.first_good_recommendation"].contains(check)
                || check == "startup.probe_truth_gap"
        case .answers:
            guard check != "answers.agreement" else { return false }
            return fault.fault.request.map { number in failing.contains { $0 >= number } } ?? true
        case .rankings: return check == "rankings.uncovered"
        case .landing: return location != nil
        // A stage that a fault strikes is another stage than the golden's.
        case .timeline: return fault.fault.isOfStart
        case .faults, .termination: return false
        }
    }
}

extension Fault {
    /// Whether the fault can strike the start of the instance.
    fileprivate var isOfStart: Bool {
        switch self {
        case .stage: true
        case .scoring, .databaseGoesAway: false
        case .process, .database: request == nil
        }
    }
}
