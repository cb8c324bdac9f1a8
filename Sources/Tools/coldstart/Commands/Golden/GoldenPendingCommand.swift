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
            let files = try Self.files(at: paths)
            let starts = try files.filter(PendingTimeline.isGolden)
                .compactMap { path in
                    try PendingTimeline(at: path)
                        .map { PendingStartReport(path, $0.differences, risk: $0.risk, rejection: $0.start.rejected) }
                }
            let reports = try files.filter { !PendingTimeline.isGolden($0) }
                .compactMap { path -> PendingReport? in
                    let file = try GoldenFile(path)
                    guard let pending = try file.pending() else { return nil }
                    let golden = try file.rankings()
                    return PendingReport(golden, pending.header, try pending.entries(of: golden.header))
                }
            let console = Console()
            let document = PendingDocument(reports, starts: starts)
            switch format {
            case .json: try console.output.write(ReportEncoding.pretty(document))
            case .human where reports.isEmpty && starts.isEmpty: try console.write([StyledLine("nothing is pending")])
            case .human:
                let width = console.style.columns
                try console.write(
                    reports.flatMap { $0.lines(width: width) } + starts.flatMap { $0.lines(width: width) }
                )
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
                .map { (path == "." ? $0 : path + "/" + $0) }
                .map { goldenOfStart(beside: $0) ?? $0 }
        }
    }

    /// The golden beside which a pending start lies, `nil` for pending rankings.
    private static func goldenOfStart(beside pending: String) -> String? {
        guard PendingTimeline.isGolden(pending) else { return nil }
        return String(pending.dropLast(PendingHeader.suffix.count))
    }
}
