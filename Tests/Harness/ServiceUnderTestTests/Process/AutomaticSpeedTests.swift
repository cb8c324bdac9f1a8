import ColdstartTestSupport
import ContainerPlatform
import Foundation
import Scenarios
import Testing

@testable import ServiceUnderTest

/// The speeds at which the shipped scenarios run against real processes.
struct AutomaticSpeedTests {
    private static let folder = Fixtures.packageDirectory + "/scenarios"

    /// The real time of each shipped scenario, by name.
    private static let measured = Result { try measure() }

    private static func measure() throws -> [String: Duration] {
        var lengths: [String: Duration] = [:]
        for scenario in try ScenarioLoader.load([folder]) {
            let measured = Dictionary(
                uniqueKeysWithValues: scenario.stages.stagesToMeasure.map { ($0, Duration.milliseconds(10)) }
            )
            let sessions = try SessionReader.read(scenario.sessions.file.value)
            let plan = try scenario.plan(sessions: sessions, measured: measured)
            let ended = plan.simulation.run(seed: plan.seed).summary.ended
            lengths[scenario.name.value] = ended / plan.automaticSpeed
        }
        return lengths
    }

    @Test func `every shipped scenario ends in a few seconds, all of them in two minutes`() throws {
        // The pauses of a load that is starved are skipped.
        let lengths = try Self.measured.get().filter { $0.key != "progressive-request-cpu" }
        try #require(lengths.count > 20)
        for (name, length) in lengths { #expect(length < .seconds(25), "\(name) takes \(length)") }
        // Two run side by side.
        #expect(lengths.values.reduce(.zero, +) < .seconds(160))
    }

    @Test func `a killed instance loses its processor with its life, which slows nothing down`() throws {
        let lengths = try Self.measured.get()
        #expect(try #require(lengths["default-tcp-probe-killed"]) < .seconds(7))
        #expect(try #require(lengths["missing-environment"]) < .seconds(4))
    }

    @Test func `a load that goes on during requests only is played slowly enough to starve`() throws {
        #expect(try #require(Self.measured.get()["progressive-request-cpu"]) > .seconds(8))
    }
}
