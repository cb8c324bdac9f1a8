import Foundation
import Scenarios
import SourcePlaces
import Testing

struct ScenarioLoaderTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    private func write(_ name: String, as file: String, tags: String = "[]") throws {
        _ = try folder.write(SmallScenario.text(with: "name: \(name)\ntags: \(tags)"), to: file)
    }

    private func error(_ paths: String...) throws -> ScenarioError {
        try #require(throws: ScenarioError.self) { try ScenarioLoader.load(paths) }
    }

    @Test("A folder stands for its scenario files in the order of their names")
    func folderOrder() throws {
        try write("c", as: "10-c.yaml")
        try write("b", as: "02-b.yml")
        try write("a", as: "Z-a.yaml")
        try write("hidden", as: ".hidden.yaml")
        _ = try folder.write("not a scenario", to: "README.md")
        let scenarios = try ScenarioLoader.load([folder.path])
        #expect(scenarios.map(\.name.value) == ["b", "c", "a"])
        #expect(scenarios[0].service.bundle.value == folder.path + "/bundle")
    }

    @Test("A file that several paths name is loaded once, where it comes first")
    func once() throws {
        try write("a", as: "a.yaml")
        try write("b", as: "b.yaml")
        let paths = [folder.path + "/b.yaml:3", folder.path + "/", folder.path + "/../" + name(folder) + "/a.yaml"]
        #expect(try ScenarioLoader.load(paths).map(\.name.value) == ["b", "a"])
    }

    private func name(_ folder: TemporaryFolder) -> String {
        String(folder.path.split(separator: "/").last ?? "")
    }

    @Test("A line selects the scenario of its file, one that is not there is refused")
    func lines() throws {
        try write("a", as: "a.yaml")
        #expect(try ScenarioLoader.load([folder.path + "/a.yaml:1"]).count == 1)
        for line in [0, 99, -1] {
            let error = try error(folder.path + "/a.yaml:\(line)")
            #expect(error.code == .unknownName, "\(error)")
            #expect(error.message.contains("there is no line \(line)"), "\(error)")
        }
    }

    @Test("A path that names nothing is refused with the nearest file")
    func missing() throws {
        try write("a", as: "incident.yaml")
        let error = try error(folder.path + "/incidnet.yaml")
        #expect(error.message == "there is no such file or folder; did you mean `incident.yaml`?")
        #expect(try self.error("").code == .unknownName)
        #expect(try self.error("a\0b").code == .unknownName)
    }

    @Test("A folder without scenarios is refused")
    func emptyFolder() throws {
        #expect(try error(folder.path).code == .emptySelection)
    }

    @Test("A name that two files share is refused at the second")
    func sharedName() throws {
        try write("same", as: "a.yaml")
        try write("same", as: "b.yaml")
        let error = try error(folder.path)
        #expect(error.location?.file == folder.path + "/b.yaml")
        #expect(error.message.contains("a.yaml:"))
        #expect(error.excerpt != nil)
    }

    @Test("A broken file of a folder is refused with its place")
    func broken() throws {
        try write("a", as: "a.yaml")
        _ = try folder.write("name: [", to: "b.yaml")
        #expect(try error(folder.path).location?.file == folder.path + "/b.yaml")
    }

    @Test("A file that only pretends to be small is read to the limit and no further")
    func endless() throws {
        #expect(try error("/dev/zero").code == .unreadable)
    }
}

struct ScenarioFilterTests {
    private func scenarios() throws -> [Scenario] {
        try [("slow-probe", "[startup, probe]"), ("fast-probe", "[probe]"), ("rankings", "[golden]")]
            .map {
                try SmallScenario.decode(with: "name: \($0)\ntags: \($1)")
            }
    }

    @Test(
        "Scenarios pass by any of the tags and any part of their names",
        arguments: [
            (ScenarioFilter(), ["slow-probe", "fast-probe", "rankings"]),
            (ScenarioFilter(tags: ["probe"]), ["slow-probe", "fast-probe"]),
            (ScenarioFilter(tags: ["startup", "golden"]), ["slow-probe", "rankings"]),
            (ScenarioFilter(names: ["probe"]), ["slow-probe", "fast-probe"]),
            (ScenarioFilter(tags: ["probe"], names: ["fast", "rank"]), ["fast-probe"]),
        ]
    )
    func passes(filter: ScenarioFilter, names: [String]) throws {
        #expect(try filter.apply(to: scenarios()).map(\.name.value) == names)
    }

    @Test("A tag or a name that matches nothing is an error that names the nearest")
    func unknown() throws {
        let tag = try #require(throws: ScenarioError.self) {
            try ScenarioFilter(tags: ["golde"]).apply(to: scenarios())
        }
        #expect(tag.description == "no scenario has the tag `golde`; did you mean `golden`?")
        let name = try #require(throws: ScenarioError.self) {
            try ScenarioFilter(names: ["probe", "zzz"]).apply(to: scenarios())
        }
        #expect(name.code == .unknownName)
    }

    @Test("A filter that leaves nothing is an error")
    func nothingLeft() throws {
        let error = try #require(throws: ScenarioError.self) {
            try ScenarioFilter(tags: ["golden"], names: ["probe"]).apply(to: scenarios())
        }
        #expect(error.code == .emptySelection)
    }
}
