import Formats
import SourcePlaces

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// Finds scenario files and decodes them.
package enum ScenarioLoader {
    /// Decodes the content of a scenario file.
    ///
    /// - Parameters:
    ///   - bytes: The content.
    ///   - path: The file's path; relative paths in the scenario start from its folder, those of a scenario that comes
    ///     through a pipe from the current one.
    /// - Returns: The scenario.
    /// - Throws: `ScenarioError` with the place.
    package static func decode(_ bytes: some Collection<UInt8>, path: String) throws(ScenarioError) -> Scenario {
        try ScenarioDecoder(directory: InputFile.folder(of: path)).scenario(from: YAMLDocument.parse(bytes, path: path))
    }

    /// Reads and decodes one file.
    ///
    /// - Throws: `ScenarioError` with the place.
    package static func load(file path: String) throws(ScenarioError) -> Scenario {
        try decode(InputFile.content(of: path, limit: YAMLDocument.sizeLimit), path: path)
    }

    /// Loads the scenarios that paths name: files, `file.yaml:LINE`, folders, pipes, and `-` for standard input.
    ///
    /// A folder stands for its own `.yaml` and `.yml` files in the order of their names. A file that several paths name
    /// is loaded once.
    ///
    /// - Throws: `ScenarioError` for a path that names nothing, a folder without scenarios, a file that cannot be
    ///   decoded, and a name that two scenarios share.
    package static func load(_ paths: [String]) throws(ScenarioError) -> [Scenario] {
        var scenarios: [Scenario] = []
        var loaded: Set<ExactText> = []
        for path in paths {
            for file in try files(at: path) where loaded.insert(ExactText(identity(of: file.path))).inserted {
                let content = try InputFile.content(of: file.path, limit: YAMLDocument.sizeLimit)
                try check(line: file.line, of: content, path: file.path)
                let scenario = try decode(content, path: file.path)
                if let other = scenarios.first(where: { $0.name.value == scenario.name.value }) {
                    throw SourceText(path: file.path, text: String(decoding: content, as: UTF8.self))
                        .error(
                            .schema,
                            at: scenario.name.location,
                            "the name `\(scenario.name.value)` is taken by \(other.name.location); names are unique in a run"
                        )
                }
                scenarios.append(scenario)
            }
        }
        return scenarios
    }

    private static func files(at path: String) throws(ScenarioError) -> [(path: String, line: Int?)] {
        var isDirectory = false
        if path == InputFile.standardInput { return [(path, nil)] }
        if exists(path, isDirectory: &isDirectory) {
            return isDirectory ? try scenarioFiles(in: path).map { ($0, nil) } : [(path, nil)]
        }
        if let colon = path.lastIndex(of: ":"), let line = Int(path[path.index(after: colon)...]) {
            let file = String(path[..<colon])
            if exists(file, isDirectory: &isDirectory), !isDirectory { return [(file, line)] }
        }
        let siblings = (try? FileManager.default.contentsOfDirectory(atPath: folder(of: path))) ?? []
        let name = String(path.split(separator: "/").last ?? "")
        let hint = NearestName.of(name, among: siblings.sorted()).map { "; did you mean `\($0)`?" } ?? ""
        throw ScenarioError(.unknownName, path: path, "there is no such file or folder" + hint)
    }

    private static func scenarioFiles(in folder: String) throws(ScenarioError) -> [String] {
        let names: [String]
        do {
            names = try FileManager.default.contentsOfDirectory(atPath: folder)
        } catch {
            throw ScenarioError(.unreadable, path: folder, "the folder cannot be listed")
        }
        let scenarios = names.filter { name in
            !name.hasPrefix(".") && (name.hasSuffix(".yaml") || name.hasSuffix(".yml"))
        }
        guard !scenarios.isEmpty else {
            throw ScenarioError(.emptySelection, path: folder, "the folder holds no scenario (*.yaml)")
        }
        let prefix = folder.hasSuffix("/") ? folder : folder + "/"
        // By bytes, so that the order does not depend on the locale.
        return scenarios.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.map { prefix + $0 }
    }

    private static func check(line: Int?, of content: [UInt8], path: String) throws(ScenarioError) {
        guard let line else { return }
        let lines = content.count { $0 == UInt8(ascii: "\n") } + (content.last == UInt8(ascii: "\n") ? 0 : 1)
        guard (1...max(1, lines)).contains(line) else {
            throw ScenarioError(.unknownName, path: path, "there is no line \(line), the file has \(lines)")
        }
    }

    private static func exists(_ path: String, isDirectory: inout Bool) -> Bool {
        guard !path.isEmpty, !path.utf8.contains(0) else { return false }
        return FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory)
    }

    private static func folder(of path: String) -> String {
        path.utf8.lastIndex(of: UInt8(ascii: "/")).map { String(path[...$0]) } ?? "."
    }

    /// What two paths of one file have in common.
    private static func identity(of path: String) -> String {
        URL(filePath: path).resolvingSymlinksInPath().standardized.path
    }
}
