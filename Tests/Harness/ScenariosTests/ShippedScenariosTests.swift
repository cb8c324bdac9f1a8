import ColdstartTestSupport
import Domain
import Foundation
import Scenarios
import Testing

/// The scenarios that ship with the package, and the examples of their documentation.
struct ShippedScenariosTests {
    static let folder = Fixtures.packageDirectory + "/scenarios"

    static let files = ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [])
        .filter { $0.hasSuffix(".yaml") }.sorted()

    @Test("All shipped scenarios load together")
    func load() throws {
        let scenarios = try ScenarioLoader.load([Self.folder])
        #expect(scenarios.count == Self.files.count)
        #expect(scenarios.count >= 14)
    }

    @Test("A shipped scenario is called as its file and opens with what it teaches", arguments: files)
    func opening(_ file: String) throws {
        let path = Self.folder + "/" + file
        let scenario = try ScenarioLoader.load(file: path)
        let number = file.prefix { $0 != "-" }
        #expect(number.count == 2 && number.allSatisfy(\.isNumber))
        #expect(file == "\(number)-\(scenario.name.value).yaml")
        #expect(scenario.teaches.hasSuffix("."))
        #expect(try String(contentsOfFile: path, encoding: .utf8).hasPrefix("# "))
    }

    @Test("A shipped scenario can be planned against its recorded sessions", arguments: files)
    func plan(_ file: String) throws {
        let scenario = try ScenarioLoader.load(file: Self.folder + "/" + file)
        let sessions = try SessionReader.read(scenario.sessions.file.value)
        let measured = Dictionary(
            uniqueKeysWithValues: scenario.stages.stagesToMeasure.map { ($0, Duration.milliseconds(10)) }
        )
        let plan = try scenario.plan(sessions: sessions, measured: measured)
        let answersWithRows = plan.requests.filter { ($0.expectation.svdSaved?.value ?? 0) > 0 }
        if let rows = scenario.expectations.rows.svd?.value, rows > 0, !answersWithRows.isEmpty {
            // Later requests of a session replace its rows, so every session that is served counts once. Rows that are
            // made in advance are for every session.
            let served = Set(answersWithRows.map(\.session.id)).count
            #expect(rows == (scenario.service.precompute == nil ? served : plan.sessions.count) * 10)
        }
    }

    @Test("Every file that a shipped scenario names is there", arguments: files)
    func references(_ file: String) throws {
        let scenario = try ScenarioLoader.load(file: Self.folder + "/" + file)
        let paths =
            [scenario.service.bundle, scenario.sessions.file, scenario.catalogue]
            + scenario.expectations.rankings.values
        for path in paths {
            #expect(FileManager.default.fileExists(atPath: path.value), "\(path.location) names \(path.value)")
        }
    }

    @Test("The recorded sessions and the catalogue that ship are read")
    func recordings() throws {
        let sessions = try SessionReader.read(Self.folder + "/sessions/demo.jsonl")
        #expect(sessions.count == 40)
        #expect(sessions.allSatisfy { (13...15).contains($0.ratings.count) })
        #expect(try CatalogueReader.read(Self.folder + "/catalogue.jsonl").count > 100)
        #expect(try SessionReader.read(Self.folder + "/sessions/no-ratings.jsonl").map(\.ratings) == [[]])
    }

    @Test("Every example of the documentation decodes")
    func documentation() throws {
        let readme = try String(contentsOfFile: Self.folder + "/README.md", encoding: .utf8)
        let examples = readme.components(separatedBy: "```yaml\n").dropFirst()
            .compactMap { $0.components(separatedBy: "```").first }
        #expect(examples.count >= 10)
        for example in examples {
            let text = example.hasPrefix("name:") ? example : SmallScenario.text(with: example)
            do {
                _ = try ScenarioLoader.decode(Array(text.utf8), path: "README.md")
            } catch {
                Issue.record("\(error)\n\(error.excerpt ?? "")\n\(text)")
            }
        }
    }
}
