import ContainerPlatform
import Domain
import Scenarios
import SourcePlaces
import Testing

@testable import ServiceUnderTest

/// Which requests a replay answers in one step.
struct ReplayStepTests {
    private let location = SourceLocation(file: "test.yaml", line: 1, column: 1)

    private func session(_ number: Int) -> SessionID {
        guard let id = SessionID("00000000-0000-0000-0000-" + String(100_000_000_000 + number)) else {
            preconditionFailure("no id")
        }
        return id
    }

    /// The steps of requests of these sessions, a second apart.
    private func steps(
        _ order: [Int],
        cache: Int = 0,
        ratingsAt seconds: [Int] = [],
        fault: Fault? = nil
    ) -> [ReplayStep] {
        let scenario = Scenario(
            name: Located("steps", at: location),
            teaches: "A test.",
            platform: PlatformConditions(probe: Located(.cloudRunDefault, at: location)),
            service: ServiceSettings(strategy: .gated, bundle: Located("b", at: location), cache: cache),
            stages: StageTimings(),
            sessions: SessionSource(file: Located("s", at: location), selection: Located(.all, at: location)),
            catalogue: Located("c", at: location),
            expectations: Expectations(),
            source: location
        )
        let plan = Plan(
            scenario: scenario,
            seed: 1,
            sessions: [],
            boot: StageTimings.defaultBoot,
            stages: [:],
            requests: order.enumerated()
                .map { index, number in
                    PlannedRequest(
                        number: index + 1,
                        at: .seconds(index),
                        session: RecordedSession(id: session(number), phase: "", ratings: [], phase1Movies: []),
                        location: location
                    )
                },
            ratings: seconds.map { second in
                PlannedRating(
                    at: .seconds(second),
                    session: session(99),
                    index: 0,
                    rating: Rating(movie: "1", value: 5, createdAt: Timestamp(microseconds: 0))
                )
            },
            faults: fault.map { [PlannedFault(number: 1, fault: $0, location: location)] } ?? []
        )
        return
            ReplayStep.steps(
                of: plan,
                answersDue: order.indices.map { .seconds($0) },
                timeline: Timeline()
            )
            .map(\.step)
    }

    @Test func `answers that follow each other are one step`() {
        #expect(steps([1, 2, 3]) == [.answers([0, 1, 2])])
    }

    @Test func `a session that asks again begins another step`() {
        #expect(steps([1, 2, 1, 2, 3]) == [.answers([0, 1]), .answers([2, 3, 4])])
    }

    @Test func `a rating stands between the answers before and after it`() {
        let kinds = steps([1, 2, 3], ratingsAt: [1])
            .map { step in
                if case .answers(let indices) = step { indices.count } else { 0 }
            }
        // The rating comes before the answer of the same moment.
        #expect(kinds == [1, 0, 2])
    }

    @Test func `a result cache and a fault that strikes requests keep them apart`() {
        #expect(steps([1, 2], cache: 5) == [.answers([0]), .answers([1])])
        #expect(steps([1, 2], fault: .scoring(message: "no", request: nil)) == [.answers([0]), .answers([1])])
        #expect(steps([1, 2], fault: .stage(.svd, .fails("no"))) == [.answers([0, 1])])
    }

    @Test func `steps grow with the requests, not with their square`() {
        let many = steps(Array(0..<1_000))
        #expect(many.count == (1_000 + ReplayStep.mostRequests - 1) / ReplayStep.mostRequests)
        let indices = many.flatMap { step -> [Int] in
            if case .answers(let indices) = step { indices } else { [] }
        }
        #expect(indices == Array(0..<1_000))
    }
}
