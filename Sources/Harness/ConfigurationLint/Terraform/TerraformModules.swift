import HCLSyntax
import SourcePlaces

/// The Terraform modules among some files, and what is in each as it is called by the others.
///
/// A module that another of the files calls is looked at with the values of each call and not by itself; one that none
/// calls is looked at with the defaults of its variables. Sources of other places are not fetched.
final class TerraformModules {
    /// What stands in one file, seen from one call.
    struct Sight {
        /// The path of the file.
        let path: String
        /// The resources, and the calls of modules that are not followed.
        let blocks: [TerraformBlock]
        /// The call, as messages say it; `nil` for a module that nobody calls.
        let call: String?
    }

    /// The deepest chain of calls, and the most calls of all.
    private static let limits = (depth: 10, calls: 1000)

    private let folders: [String: (files: TerraformFiles, sources: [SourceFile])]
    private let order: [String]
    private var calls = 0
    /// What is in the files, in the order in which it is reached.
    private(set) var sights: [Sight] = []
    /// The calls whose modules are not among the files, by the path of their file.
    private(set) var notFollowed: [String: [ConfigurationLint.NotFollowed]] = [:]

    /// Parses the Terraform files among some inputs and follows the calls between them.
    ///
    /// - Complexity: O(*n*) in the size of the files, times the calls of each.
    init(_ inputs: [ConfigurationLint.Input]) {
        var grouped: [String: [ConfigurationLint.Input]] = [:]
        var order: [String] = []
        for input in inputs where input.format?.isTerraform ?? false {
            let folder = ModuleFolder.of(input.path)
            if grouped[folder] == nil { order.append(folder) }
            grouped[folder, default: []].append(input)
        }
        folders = grouped.mapValues { inputs in
            (TerraformFiles(inputs), inputs.map { SourceFile(path: $0.path, bytes: $0.bytes) })
        }
        self.order = order
        let called = Set(inputs.flatMap { ModuleFolder.called(by: $0) })
        let roots = order.filter { !called.contains($0) }
        // Modules that call each other in a circle have no beginning.
        for folder in roots.isEmpty ? order : roots { visit(folder, folders[folder]?.files, call: nil, chain: []) }
    }

    /// The files of the folder that a path is in.
    func files(around path: String) -> TerraformFiles? { folders[ModuleFolder.of(path)]?.files }

    private func visit(_ folder: String, _ files: TerraformFiles?, call: String?, chain: [String]) {
        guard let files, let sources = folders[folder]?.sources else { return }
        let chain = chain + [folder]
        for source in sources {
            var kept: [TerraformBlock] = []
            for block in files.blocks(of: source) {
                guard block.type == "module" else {
                    kept.append(block)
                    continue
                }
                if let reason = follow(block, from: source, folder, call: call, chain: chain) {
                    kept.append(block)
                    note(block, in: source, reason)
                }
            }
            sights.append(Sight(path: source.path, blocks: kept, call: call))
        }
    }

    /// Follows a call; returns why not where it is not followed.
    private func follow(
        _ block: TerraformBlock,
        from source: SourceFile,
        _ folder: String,
        call: String?,
        chain: [String]
    ) -> String? {
        guard let address = block.root["source"]?.text else { return "its source is not in the file" }
        guard let target = ModuleFolder.resolved(address, from: folder) else {
            return "\(address) is not a folder beside these files, and nothing is fetched"
        }
        guard let files = folders[target]?.files else { return "no Terraform file was found in \(target)" }
        guard !chain.contains(target) else { return "it calls itself, by way of \(target)" }
        calls += 1
        guard chain.count < Self.limits.depth, calls <= Self.limits.calls else {
            return "calls are followed \(Self.limits.depth) deep, and \(Self.limits.calls) in all"
        }
        let place = source.location(of: block.root.range.lowerBound)
        let instance = block.instance.map { ", \($0)" } ?? ""
        let outer = call.map { $0 + " and there " } ?? ""
        let name = "module \"\(block.name)\" at \(place.file):\(place.line)\(instance)"
        visit(target, files.called(with: block.arguments), call: outer + name, chain: chain)
        return nil
    }

    private func note(_ block: TerraformBlock, in source: SourceFile, _ reason: String) {
        let place = source.location(of: block.root.range.lowerBound)
        let note = ConfigurationLint.NotFollowed(module: block.name, file: place.file, line: place.line, reason: reason)
        if notFollowed[source.path]?.contains(note) != true { notFollowed[source.path, default: []].append(note) }
    }
}

/// Folders of modules, as paths without `.` and with `..` only in front.
enum ModuleFolder {
    /// Returns the folder of a file, empty for the current one.
    static func of(_ path: String) -> String {
        normal(path.lastIndex(of: "/").map { String(path[..<$0]) + ($0 == path.startIndex ? "/" : "") } ?? "")
    }

    /// Returns the folder that a source names; `nil` for a registry, a repository or any other place.
    static func resolved(_ source: String, from folder: String) -> String? {
        guard source.hasPrefix("./") || source.hasPrefix("../") || source == "." || source == ".." else { return nil }
        return normal(folder.isEmpty ? source : folder + "/" + source)
    }

    /// Returns the folders of the local modules that a file calls.
    ///
    /// - Complexity: O(*n*) in the length of the file.
    static func called(by input: ConfigurationLint.Input) -> [String] {
        let text = input.bytes
        guard text.firstRange(of: Array("module".utf8)) != nil,
            text.firstRange(of: Array("\"./".utf8)) != nil || text.firstRange(of: Array("\"../".utf8)) != nil
        else { return [] }
        let files = TerraformFiles([input])
        let blocks = files.blocks(of: SourceFile(path: input.path, bytes: input.bytes))
        return blocks.filter { $0.type == "module" }
            .compactMap { $0.root["source"]?.text }
            .compactMap { resolved($0, from: of(input.path)) }
    }

    private static func normal(_ path: String) -> String {
        var parts: [Substring] = []
        for part in path.split(separator: "/") where part != "." {
            if part == "..", let last = parts.last, last != ".." { parts.removeLast() } else { parts.append(part) }
        }
        return (path.hasPrefix("/") ? "/" : "") + parts.joined(separator: "/")
    }
}
