package import Domain
package import Goldens
package import Observations
package import Scenarios

/// Everything that the checks look at: what was planned, what was seen, and what an independent program says.
///
/// The checks are pure: the same evidence gives the same verdicts in the same order. They keep three rules. Every
/// expectation of the scenario gets at least one verdict. What cannot be judged is inconclusive, never passed. What
/// must hold of any run, such as that an answer's rows are there, is checked whether the scenario asks for it or not.
package struct Evidence: Sendable {
    /// The scenario with its sessions and requests resolved.
    package let plan: Plan
    /// What was seen of the run.
    package let observation: Observation
    /// The golden files that the scenario names, by the state they are for.
    package let goldens: [ServingState: GoldenRankings]
    /// The golden of the start's stages that the scenario names.
    package let timeline: GoldenTimeline?
    /// The ids of every movie of the catalogue.
    package let catalogue: Set<MovieID>
    /// SHA-256 of every model file in use, by path relative to the bundle; empty where the target does not show them.
    package let fingerprints: [String: String]
    /// SHA-256 of the sessions file, `nil` where it was not taken.
    package let sessionsSHA256: String?
    /// SHA-256 of the catalogue file, `nil` where it was not taken.
    package let catalogueSHA256: String?
    /// Each expected or found row with its verdict; `nil` where the database was not read.
    package let ledger: RowLedger?

    /// Which rows each session must hold, after each answer and at the end.
    let expectedSets: ExpectedSets
    private let answers: AnswersByRequest

    /// Gathers evidence and draws up the ledger.
    ///
    /// - Complexity: O(*n*) in the number of rows, expected or found.
    package init(
        plan: Plan,
        observation: Observation,
        goldens: [ServingState: GoldenRankings],
        timeline: GoldenTimeline? = nil,
        catalogue: Set<MovieID>,
        fingerprints: [String: String],
        sessionsSHA256: String? = nil,
        catalogueSHA256: String? = nil
    ) {
        self.plan = plan
        self.observation = observation
        self.goldens = goldens
        self.timeline = timeline
        self.catalogue = catalogue
        self.fingerprints = fingerprints
        self.sessionsSHA256 = sessionsSHA256
        self.catalogueSHA256 = catalogueSHA256
        self.answers = AnswersByRequest(observation.answers)
        let sets = ExpectedSets(plan: plan, answers: answers, precomputed: observation.precomputed)
        self.expectedSets = sets
        self.ledger = observation.rows.map { rows in
            let appearances = observation.answers.flatMap(\.appearances)
            let account = RowAccount(
                expected: sets.final,
                found: rows.recommendations,
                order: plan.sessions.map(\.id),
                earlier: sets.earlier,
                leftovers: sets.leftovers,
                appearances: appearances,
                visible: rows.visible.map(Set.init)
            )
            return RowLedger(account, appearances: appearances)
        }
    }

    /// What a moment of the start may be off; nothing where time was simulated.
    ///
    /// Outcomes, attempts, answers and rows are allowed nothing.
    var timeAllowance: Duration { observation.clock?.allowance ?? .zero }

    /// Returns the verdicts of all checks, in the order of a report.
    ///
    /// That is startup, timeline, answers, rankings, landing, faults, termination. What failed says why, as far as the run shows
    /// it; what the machine's lateness may have caused is inconclusive; what only follows from others is marked.
    package func verdicts() -> [Verdict] {
        let found =
            StartupCheck(evidence: self).verdicts()
            + TimelineCheck(evidence: self).verdicts()
            + AnswerCheck(evidence: self).verdicts()
            + RankingCheck(evidence: self).verdicts()
            + LandingCheck(evidence: self).verdicts()
            + FaultCheck(evidence: self).verdicts()
            + TerminationCheck(evidence: self).verdicts()
        let certain = LatenessRule(evidence: self).judge(Causes(evidence: self).explaining(found))
        return Consequences(faults: plan.faults).marked(certain)
    }

    /// Returns what was seen of a planned request.
    func answer(to request: PlannedRequest) -> ObservedAnswer? {
        answers[request.number]
    }
}
