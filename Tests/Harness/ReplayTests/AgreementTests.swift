import Checks
import ContainerPlatform
import Domain
import Foundation
import Observations
import Replay
import Scenarios
import ServiceUnderTest
import Testing

extension ReplaySuite {
    /// The same scenarios under simulated and under real conditions: what differs is time, and no more than it may.
    struct AgreementTests {
        /// The program beside the running tests.
        private static let program = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
            .deletingLastPathComponent().appendingPathComponent("coldstart").path

        /// A start that is killed, the hole of a progressive start, P5 out of order, a variable that is missing, a
        /// connection that is lost.
        private static let names = [
            "incident-http-probe", "progressive-hole", "p5-fails", "missing-environment", "database-goes-away",
        ]

        @Test(.timeLimit(.minutes(10)))
        func `a simulated and a real run agree on outcome, answers and every row`() async throws {
            let settings = ProcessSettings(program: .coldstart(path: Self.program), speed: .automatic)
            let simulated = try await ReplayHarness().run(Self.names)
            let real = try await ReplayHarness(target: .process(settings)).run(Self.names)
            try #require(simulated.count == Self.names.count && real.count == Self.names.count)
            for (one, other) in zip(simulated, real) { try compare(one, other) }
        }

        private func compare(_ simulated: ScenarioResult, _ real: ScenarioResult) throws {
            let name = simulated.scenario.name.value
            #expect(real.failure == nil, "\(name)")
            let (one, other) = (try #require(simulated.observation), try #require(real.observation))
            #expect(other.target == .process)
            #expect(outcome(one) == outcome(other), "\(name)")
            #expect(one.startup.summary?.attempts == other.startup.summary?.attempts, "\(name)")
            #expect(one.startup.finalHealth == other.startup.finalHealth, "\(name)")
            #expect(one.receipts.map(\.fault) == other.receipts.map(\.fault), "\(name)")
            for (left, right) in zip(one.answers, other.answers) {
                let request: Comment = "\(name), request \(left.request)"
                #expect(left.status == right.status, request)
                #expect(left.state == right.state, request)
                #expect(left.response == right.response, request)
                // Two ways to lose a connection have two texts of libpq.
                if name != "database-goes-away" { #expect(left.error == right.error, request) }
            }
            #expect(one.answers.count == other.answers.count, "\(name)")
            #expect(rows(one) == rows(other), "\(name)")
            #expect(attempts(one) == attempts(other), "\(name)")
            try compareTimes(name, one, other)
        }

        /// How the start ended, without its moment.
        private func outcome(_ observation: Observation) -> String {
            switch observation.startup.summary?.outcome {
            case .ready: "ready"
            case .killed(_, let failures): "killed after \(failures)"
            case .exited(_, let exit): "exited: \(exit)"
            case .stopped: "stopped"
            case .givenUp: "given up"
            case .undecided: "undecided"
            case nil: "refused"
            }
        }

        /// The rows in a way that the last bits of a score, which sum up in another order, do not change.
        private func rows(_ observation: Observation) -> [String] {
            (observation.rows?.recommendations ?? []).map(\.row)
                .map { row in
                    let score = String(format: "%.4f", row.score)
                    return "\(row.session) \(row.model) \(row.rank) \(row.movie) \(score) \(row.displayOrder ?? 0)"
                }
        }

        /// What each attempt of the probe saw.
        private func attempts(_ observation: Observation) -> [ProbeSighting] {
            observation.startup.timeline.entries.compactMap {
                if case .attempt(let attempt) = $0.event { attempt.saw } else { nil }
            }
        }

        /// Nothing real comes before its simulated moment, nor later than a real clock and a busy machine explain.
        private func compareTimes(_ name: String, _ simulated: Observation, _ real: Observation) throws {
            let one = try #require(simulated.startup.summary)
            let other = try #require(real.startup.summary)
            let clock = try #require(real.clock)
            let lateness = real.process?.lateness ?? Lateness()
            let moments: [(String, Duration?, Duration?)] = [
                ("decided", one.outcome.moment, other.outcome.moment), ("listening", one.listening, other.listening),
                ("could pass", one.probeCouldPass, other.probeCouldPass),
                ("ready_basic", one.readyBasic, other.readyBasic), ("ready_full", one.readyFull, other.readyFull),
            ]
            for (what, left, right) in moments {
                let label: Comment = "\(name): \(what) simulated \(left as Any), real \(right as Any)"
                #expect((left == nil) == (right == nil), label)
                guard let left, let right else { continue }
                let late = clock.allowance + lateness.total(by: right) * clock.speed
                #expect(right >= left - clock.allowance && right <= left + late, label)
            }
            // How long an answer takes is the engine's doing. Which is the first to bring rows is told by the answers: the
            // simulated platform goes by the state in which a request was taken, and P5 may fail after that.
            let answers = simulated.answers.sorted { $0.finishedAt < $1.finishedAt }
            let withRows = answers.first { ($0.response?.svdTopSaved ?? 0) + ($0.response?.p5TopSaved ?? 0) > 0 }
            let full = answers.first { $0.response?.p5TopSaved ?? 0 > 0 }
            #expect(other.firstWithRows?.request == withRows.map { $0.request - 1 }, "\(name)")
            #expect(other.firstFull?.request == full.map { $0.request - 1 }, "\(name)")
        }
    }
}

extension StartupSummary.Outcome {
    /// The moment of the decision.
    fileprivate var moment: Duration? {
        switch self {
        case .ready(let at), .killed(let at, _), .exited(let at, _), .stopped(let at), .givenUp(let at): at
        case .undecided: nil
        }
    }
}
