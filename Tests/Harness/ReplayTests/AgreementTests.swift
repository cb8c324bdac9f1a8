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
    /// The same scenarios under simulated and under real conditions.
    struct AgreementTests {
        /// The program beside the running tests.
        private static let program = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
            .deletingLastPathComponent().appendingPathComponent("coldstart").path

        /// A start that is killed, the hole of a progressive start, P5 out of order, a variable that is missing, a
        /// connection that is lost.
        private static let names = [
            "incident-http-probe", "progressive-hole", "p5-fails", "missing-environment", "database-goes-away",
        ]

        @Test(.timeLimit(.minutes(3)))
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
            printDifferences(name, one, other)
        }

        /// How the start ended, without its moment.
        private func outcome(_ observation: Observation) -> String {
            switch observation.startup.summary?.outcome {
            case .ready: "ready"
            case .killed(_, let failures): "killed after \(failures)"
            case .exited(_, let exit): "exited: \(exit)"
            case .stopped: "stopped"
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

        private func printDifferences(_ name: String, _ simulated: Observation, _ real: Observation) {
            guard let one = simulated.startup.summary, let other = real.startup.summary else { return }
            let figures: [(String, Duration?, Duration?)] = [
                ("decided", one.outcome.moment, other.outcome.moment), ("listening", one.listening, other.listening),
                ("ready_basic", one.readyBasic, other.readyBasic), ("ready_full", one.readyFull, other.readyFull),
                ("first rows", one.firstWithRows?.moment, other.firstWithRows?.moment),
            ]
            let texts = figures.compactMap { what, left, right -> String? in
                guard let left, let right else { return nil }
                return "\(what) \(String(format: "%+.3f", (right - left) / .seconds(1))) s"
            }
            print("\(name) at \(real.clock?.speed ?? 1)x, real less simulated: \(texts.joined(separator: ", "))")
        }
    }
}

extension StartupSummary.Outcome {
    /// The moment of the decision.
    fileprivate var moment: Duration? {
        switch self {
        case .ready(let at), .killed(let at, _), .exited(let at, _), .stopped(let at): at
        case .undecided: nil
        }
    }
}
