import ConfigurationLint
import Foundation
import Scenarios

/// The files that `coldstart lint` is given.
enum LintFiles {
    /// What names standard input.
    static let standardInput = InputFile.standardInput
    /// The largest file, in bytes.
    private static let sizeLimit = 8 << 20
    /// Folders that hold what others made.
    private static let foreignFolders: Set<String> = ["node_modules", "vendor", "__pycache__"]

    /// The files that could be read, and those that could not.
    struct Inputs: Sendable {
        /// The files with their content.
        var read: [ConfigurationLint.Input] = []
        /// The others, with the reason.
        var unreadable: [LintReport.Unreadable] = []
    }

    /// The most folders of called modules that are read.
    private static let moduleLimit = 200

    /// Reads files, of folders the files whose names tell a format, and the local modules that Terraform files call.
    static func inputs(of paths: [String]) -> Inputs {
        var inputs = Inputs()
        for path in paths {
            if FileManager.default.isFolder(path) {
                for file in files(below: path) { read(file, into: &inputs) }
            } else {
                read(path, into: &inputs)
            }
        }
        readModules(into: &inputs)
        return inputs
    }

    /// Reads the modules that files call, those that they call themselves, and so on.
    private static func readModules(into inputs: inout Inputs) {
        var looked: Set<String> = []
        while looked.count < moduleLimit {
            let folders = ConfigurationLint.missingModuleFolders(of: inputs.read).filter { !looked.contains($0) }
            guard !folders.isEmpty else { return }
            for folder in folders.prefix(moduleLimit) {
                looked.insert(folder)
                let root = folder.isEmpty ? "." : folder
                for name in ((try? FileManager.default.contentsOfDirectory(atPath: root)) ?? []).sorted() {
                    let format = ConfigurationFormat.byName(name.lowercased())
                    guard format == .terraform || format == .terraformJSON else { continue }
                    read(folder.isEmpty ? name : "\(folder)/\(name)", into: &inputs, isFollowed: true)
                }
            }
        }
    }

    private static func read(_ path: String, into inputs: inout Inputs, isFollowed: Bool = false) {
        do throws(ScenarioError) {
            let bytes = try InputFile.content(of: path, limit: sizeLimit)
            guard bytes.count <= sizeLimit else {
                throw ScenarioError(.unreadable, path: path, "is larger than 8 MiB; a configuration is a short text")
            }
            guard String(validating: bytes, as: UTF8.self) != nil else {
                throw ScenarioError(.unreadable, path: path, "is not UTF-8 text")
            }
            var input = ConfigurationLint.Input(path: path, bytes: bytes)
            input.isFollowed = isFollowed
            inputs.read.append(input)
        } catch {
            inputs.unreadable.append(.init(file: path, reason: error.message))
        }
    }

    /// Returns the files of a folder whose names tell a format, in the order of their paths; of hidden folders only
    /// `.github`.
    private static func files(below folder: String) -> [String] {
        let root = folder.hasSuffix("/") ? String(folder.dropLast()) : folder
        let names = (try? FileManager.default.contentsOfDirectory(atPath: root)) ?? []
        return names.sorted()
            .flatMap { name -> [String] in
                let path = "\(root)/\(name)"
                if FileManager.default.isFolder(path) {
                    let isLink = (try? FileManager.default.destinationOfSymbolicLink(atPath: path)) != nil
                    let isHidden = name.hasPrefix(".") && name != ".github"
                    return isLink || isHidden || foreignFolders.contains(name) ? [] : files(below: path)
                }
                guard FileManager.default.fileExists(atPath: path) else { return [] }
                return ConfigurationFormat.byName(name.lowercased()) == nil ? [] : [path]
            }
    }

    /// Reads what a run's report says about starts; a folder stands for the report in it.
    ///
    /// - Throws: The end with code 2 where it is no report or holds no start, 3 where it cannot be read.
    static func measurement(_ path: String) throws -> MeasuredStart {
        let text: String
        let path = FileManager.default.isFolder(path) ? path + "/report.json" : path
        do throws(ScenarioError) {
            text = try InputText.read(path)
        } catch {
            throw CommandEnd.environment("--measured: \(error)")
        }
        guard let start = try? MeasuredStart(report: text) else {
            throw CommandEnd.usage("--measured: \(path) is no report.json of `coldstart run`")
        }
        guard start.starts > 0 else {
            throw CommandEnd.usage("--measured: \(path) holds no start in which the service listened")
        }
        return start
    }

    /// Writes a corrected text into its file, unless the file has been changed meanwhile.
    ///
    /// - Throws: The end with code 3 where it cannot be written.
    static func replace(_ input: ConfigurationLint.Input, with bytes: [UInt8]) throws {
        guard (try? InputFile.content(of: input.path, limit: sizeLimit)) == input.bytes else {
            throw CommandEnd.environment("\(input.path): changed while it was checked; nothing is written")
        }
        do {
            // Into the file itself: its owner, its mode and links to it stay.
            let handle = try FileHandle(forUpdating: URL(filePath: input.path))
            defer { try? handle.close() }
            try handle.write(contentsOf: Data(bytes))
            try handle.truncate(atOffset: UInt64(bytes.count))
        } catch {
            throw CommandEnd.environment("\(input.path): cannot be written: \(error.localizedDescription)")
        }
    }
}
