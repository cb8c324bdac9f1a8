import ContainerPlatform
import Testing

@testable import ServiceUnderTest

/// The margin of a run is the run's own.
struct KillMarginTests {
    private func summary(_ outcome: StartupSummary.Outcome, couldPass: Duration?) -> StartupSummary {
        var summary = StartupSummary()
        summary.outcome = outcome
        summary.probeCouldPass = couldPass
        return summary
    }

    private let survives = KillMargin(factor: 1.763, isUnbounded: false, spare: .seconds(9))
    private let dies = KillMargin(factor: 0.8, isUnbounded: false, spare: .seconds(-5))

    @Test("a service that was ready in time could have taken so many times as long")
    func ready() {
        let margin = KillMargin(
            ofRun: summary(.ready(at: .seconds(12)), couldPass: .seconds(8)),
            lastChance: .seconds(20),
            planned: dies
        )
        #expect(margin == KillMargin(factor: 2.5, isUnbounded: false, spare: .seconds(12)))
    }

    @Test("one that was killed never survives any factor of 1 or more, whatever the scenario's timings say")
    func killed() {
        let killed = summary(.killed(at: .seconds(20), failures: 3), couldPass: nil)
        for planned in [survives, nil, KillMargin(factor: 1000, isUnbounded: true, spare: nil)] {
            let margin = KillMargin(ofRun: killed, lastChance: .seconds(20), planned: planned)
            #expect(margin == KillMargin(factor: nil, isUnbounded: false, spare: nil))
        }
        #expect(KillMargin(ofRun: killed, lastChance: .seconds(20), planned: dies) == dies)
    }

    @Test("one that could pass at once survives every factor that is tried")
    func atOnce() {
        let margin = KillMargin(
            ofRun: summary(.ready(at: .seconds(1)), couldPass: .zero),
            lastChance: .seconds(20),
            planned: nil
        )
        #expect(margin == KillMargin(factor: 1000, isUnbounded: true, spare: .seconds(20)))
    }
}
