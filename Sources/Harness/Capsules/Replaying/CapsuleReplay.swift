package import Checks
import ContainerPlatform
import Domain
import Observations
import RecommendationEngine
import Reports
import Scenarios
import ServiceUnderTest

/// Plays a capsule again: the start by the one simulated instance, the answers from the rankings that the capsule holds,
/// the rows into memory.
///
/// No model, no database and no other file is needed, so that models and the database are what it says nothing about:
/// rankings are taken from the capsule, not made again.
package struct CapsuleReplay: Sendable {
    /// The parts, in the order start, trace, answers, rows.
    package let parts: [ReplayPart]

    /// Plays a capsule.
    ///
    /// - Parameters:
    ///   - capsule: The capsule.
    ///   - path: What errors call it.
    /// - Throws: `ScenarioError` where its scenario cannot be played; `CancellationError`.
    /// - Complexity: O(*n* log *n*) in requests and rows, besides the simulation.
    package init(_ capsule: Capsule, path: String) async throws {
        let plan = try capsule.plan(of: path)
        parts =
            switch capsule.origin {
            case .run: try await Self.run(capsule, plan)
            case .process: Self.process(capsule, plan)
            case .log: Self.log(capsule, plan)
            }
    }

    /// 4 where the start comes out otherwise, 5 where rows do, 1 where answers do, 7 where something was not played.
    package var exitCode: ExitCode {
        ExitCode.combining(
            parts.compactMap { part -> ExitCode? in
                switch (part.outcome, part.part) {
                case (.same, _): .passed
                case (.differs, .start), (.differs, .trace): .startupFailed
                case (.differs, .answers): .expectationFailed
                case (.differs, .rows): .landingFailed
                case (.open, _): .inconclusive
                case (.carried, _), (.absent, _): nil
                }
            }
        )
    }

    // MARK: - Runs

    private static func run(_ capsule: Capsule, _ plan: Plan) async throws -> [ReplayPart] {
        let comparison = CapsuleComparison(capsule: capsule)
        let rankings = Dictionary(
            capsule.answers.compactMap { answer in answer.rankings.map { (answer.request, $0) } },
            uniquingKeysWith: { first, _ in first }
        )
        let target = RecordedTarget(rankings: rankings, catalogue: capsule.catalogue)
        guard !plan.platform.isRefused else {
            return starts(comparison, Observation.refusal(of: plan).startup)
                + comparisonOfRows(comparison, answers: [], rows: capsule.rows == nil ? nil : [])
        }
        if let reason = plan.reasonNotToReplayRows {
            return starts(comparison, target.start(of: plan)) + [
                ReplayPart(part: .answers, outcome: .open, text: reason),
                ReplayPart(part: .rows, outcome: capsule.rows == nil ? .absent : .open, text: reason),
            ]
        }
        let run = try await target.run(plan)
        return starts(comparison, run.startup)
            + comparisonOfRows(
                comparison,
                answers: run.answers.map(CapsuleAnswer.init),
                rows: run.rows.map(CapsuleRow.init)
            )
    }

    private static func starts(_ comparison: CapsuleComparison, _ startup: StartupObservation) -> [ReplayPart] {
        let found = StartupReport(startup)
        return [
            comparison.start(found, expected: comparison.capsule.start ?? found),
            comparison.trace(startup.timeline.lines),
        ]
    }

    private static func comparisonOfRows(
        _ comparison: CapsuleComparison,
        answers: [CapsuleAnswer],
        rows: [CapsuleRow]?
    ) -> [ReplayPart] {
        let absent = ReplayPart(part: .rows, outcome: .absent, text: "nobody read the database in that run")
        return [
            comparison.answers(answers),
            comparison.capsule.rows.flatMap { expected in rows.map { comparison.rows($0, expected: expected) } }
                ?? absent,
        ]
    }

    // MARK: - Processes

    /// Simulates the start of a real process; what it did and answered besides is there to be read.
    private static func process(_ capsule: Capsule, _ plan: Plan) -> [ReplayPart] {
        let found = StartupReport(start(of: plan))
        func carried(_ name: ReplayPart.Name, _ count: Int, _ unit: String) -> ReplayPart {
            ReplayPart(part: name, outcome: .carried, text: Figures.count(count, unit) + " of the process")
        }
        return [
            CapsuleComparison(capsule: capsule).startOfProcess(found, expected: capsule.start ?? found),
            carried(.trace, capsule.trace.count, "event"), carried(.answers, capsule.answers.count, "answer"),
            capsule.rows.map { carried(.rows, $0.count, "row") }
                ?? ReplayPart(part: .rows, outcome: .absent, text: "nobody read the database in that run"),
        ]
    }

    /// The start alone, as it is simulated.
    private static func start(of plan: Plan) -> StartupObservation {
        plan.platform.isRefused
            ? Observation.refusal(of: plan).startup
            : RecordedTarget(rankings: [:], catalogue: []).start(of: plan)
    }

    // MARK: - Logs

    /// Plays the start that a log shows; what it was answered, it does not say well enough to be compared.
    private static func log(_ capsule: Capsule, _ plan: Plan) -> [ReplayPart] {
        let startup = start(of: plan)
        let observation = Observation(target: .simulated, startup: startup, answers: [], rows: nil, receipts: [])
        let evidence = Evidence(plan: plan, observation: observation, goldens: [:], catalogue: [], fingerprints: [:])
        let verdicts = evidence.verdicts().filter { $0.subject == .startup }
        let failed = verdicts.filter { $0.outcome == .failed }
        let isOpen = verdicts.isEmpty || verdicts.contains { $0.outcome == .inconclusive }
        let lines = Figures.count(capsule.trace.count, "line")
        return [
            ReplayPart(
                part: .start,
                outcome: !failed.isEmpty ? .differs : isOpen ? .open : .same,
                text: verdicts.first?.message ?? "the scenario says nothing of how the start went",
                differences: failed.map(\.message)
            ),
            ReplayPart(part: .trace, outcome: .carried, text: "\(lines) of the log that show it"),
            capsule.answers.isEmpty
                ? ReplayPart(part: .answers, outcome: .absent, text: "the log shows no request")
                : ReplayPart(
                    part: .answers,
                    outcome: .carried,
                    text:
                        "\(Figures.count(capsule.answers.count, "request")) of the log; which rankings they got it does not say"
                ),
            ReplayPart(part: .rows, outcome: .absent, text: "a log shows no rows"),
        ]
    }
}

extension Plan {
    /// Why answers and rows cannot be played without a database; `nil` where they can.
    fileprivate var reasonNotToReplayRows: String? {
        for planned in faults {
            switch planned.fault {
            case .database, .databaseGoesAway:
                return "fault \(planned.number) strikes in the database, and a capsule is played without one"
            case .process: return "fault \(planned.number) strikes a real process, and a capsule is played without one"
            case .stage, .scoring: continue
            }
        }
        guard service.precompute == nil else {
            return "the service makes rows for sessions that have not asked, whose rankings a capsule does not hold"
        }
        return nil
    }
}
