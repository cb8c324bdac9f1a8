import Capsules
import Checks
import Domain
import Replay
import Reports
import Scenarios
import SourcePlaces

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// Keeps the run of one scenario as a capsule.
struct RunKeeper {
    private let path: String
    private let scenario: String
    private let catalogue: [MovieID]

    /// Looks before the run whether a capsule of it can be written.
    ///
    /// - Parameters:
    ///   - path: Where it goes.
    ///   - scenarios: The scenarios of the run.
    ///   - target: What runs them.
    /// - Throws: The end with code 2 for several scenarios, a deployed service, a scenario that came through a pipe, or a file
    ///   that is there; the catalogue's error.
    init(_ path: String, for scenarios: [Scenario], target: RunTarget) throws {
        guard scenarios.count == 1 else {
            throw CommandEnd.usage("--capsule holds one scenario, and \(scenarios.count) are chosen; name one")
        }
        if case .remote = target {
            throw CommandEnd.usage("--capsule keeps no run of a deployed service, which shows nothing of its start")
        }
        guard !FileManager.default.fileExists(atPath: path) else {
            throw CommandEnd.usage("--capsule: \(path) is there; name another file, or remove it")
        }
        let file = scenarios[0].source.file
        guard !InputFile.isStream(file) else {
            throw CommandEnd.usage("--capsule: \(file) can be read only once; make it a file")
        }
        self.path = path
        do throws(ScenarioError) {
            scenario = String(decoding: try InputFile.content(of: file, limit: 1 << 20), as: UTF8.self)
            catalogue = try CatalogueReader.read(scenarios[0].catalogue.value).map(\.id)
        } catch {
            throw CommandEnd.usage("\(error)")
        }
    }

    /// Writes the capsule of a run.
    ///
    /// - Throws: `ReportError` where it cannot be written.
    func write(_ result: RunResult) throws(ReportError) {
        guard let ran = result.results.first,
            let capsule = Capsule(ran, scenario: scenario, catalogue: catalogue, toolVersion: Version.text)
        else { return StandardError.say("--capsule: the scenario could not be run, and \(path) was not written") }
        try StartKeeper.create(path, CapsuleFile.text(of: capsule))
        StandardError.say("\(path): the run of \(ran.scenario.name.value); coldstart replay \(path)")
    }
}
