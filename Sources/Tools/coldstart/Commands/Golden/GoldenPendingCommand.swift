import ArgumentParser
import Checks
import GoldenReview
import Goldens
import Reports

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// `coldstart golden pending`: lists what waits for a person.
struct GoldenPendingCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pending",
        abstract: "Lists the differences that wait for a person, and those that were rejected.",
        usage: "coldstart golden pending [<options>] [<paths> ...]",
        discussion: """
            EXAMPLES
              coldstart golden pending golden
              coldstart golden pending --format json golden/demo.jsonl

            EXIT CODES
              0 nothing is pending · 1 a difference was rejected · 2 usage
              3 environment · 6 differences are pending
            """
    )

    @Argument(help: "Goldens, or folders that are searched for them.")
    var paths: [String] = ["."]

    @Option(help: ArgumentHelp("human or json.", valueName: "name"))
    var format = GoldenCheckCommand.Format.human

    func run() throws {
        try GoldenCommand.run {
            let reports = try Self.files(at: paths)
                .compactMap { path -> PendingReport? in
                    let file = try GoldenFile(path)
                    guard let pending = try file.pending() else { return nil }
                    let golden = try file.rankings()
                    return PendingReport(golden, pending.header, try pending.entries(of: golden.header))
                }
            let console = Console()
            let document = PendingDocument(reports)
            switch format {
            case .json: try console.output.write(ReportEncoding.pretty(document))
            case .human where reports.isEmpty: try console.write([StyledLine("nothing is pending")])
            case .human: try console.write(reports.flatMap { $0.lines(width: console.style.columns) })
            }
            let code = Checks.ExitCode(rawValue: document.exitCode) ?? .environment
            if code != .passed { throw CommandEnd(exitCode: code, message: nil) }
        }
    }

    /// Returns the goldens that paths name; in folders those that have a file of pending differences.
    ///
    /// - Throws: The end with code 2 for a path that is not there.
    private static func files(at paths: [String]) throws -> [String] {
        try paths.flatMap { path -> [String] in
            guard FileManager.default.fileExists(atPath: path) else {
                throw CommandEnd.usage("\(path): there is no such file or folder")
            }
            // The kind of what a symbolic link leads to.
            let target = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
            let kind = try FileManager.default.attributesOfItem(atPath: target)[.type] as? FileAttributeType
            guard kind == .typeDirectory else { return [path] }
            return try FileManager.default.subpathsOfDirectory(atPath: target)
                .filter { $0.hasSuffix(PendingHeader.suffix) && !$0.hasPrefix(".build") }
                .sorted()
                .map { path == "." ? $0 : path + "/" + $0 }
        }
    }
}
