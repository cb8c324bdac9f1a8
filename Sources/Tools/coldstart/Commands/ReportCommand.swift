import ArgumentParser
import Checks
import HTMLReport
import Reports
import Scenarios

/// `coldstart report`: a stored report as a page.
struct ReportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "Makes a page of HTML from a stored report.",
        usage: "coldstart report <file> [--output <page>]",
        discussion: """
            Reads the JSON of run, compare, diagnose, sweep, sweep-faults or db verify, and the rankings that \
            compare --save kept; no model and no database is needed. The page is one file that fetches nothing and is whole without its script.

            EXAMPLES
              coldstart report reports/report.json --output report.html
              coldstart diagnose log.json --format json \\
                  | coldstart report - > page.html

            EXIT CODES
              0 the page is made · 2 usage, or the file is no report
              3 the page cannot be written
            """
    )

    /// The largest report, in bytes.
    private static let sizeLimit = 1 << 30

    @Argument(help: ArgumentHelp("The report; - for standard input.", valueName: "file"))
    var file: String

    @Option(help: ArgumentHelp("A new file for the page (default: standard output).", valueName: "page"))
    var output: String?

    func run() async throws {
        let page = try Self.page(of: file)
        guard let output else { return try OutputDescriptor.standardOutput().write(page) }
        let written = try OutputDescriptor(creating: output)
        try written.write(page)
        try written.finish()
    }

    private static func page(of file: String) throws -> String {
        let bytes: [UInt8]
        do throws(ScenarioError) {
            bytes = try InputText.bytes(of: file, limit: sizeLimit)
        } catch {
            throw CommandEnd.usage("\(error)")
        }
        guard bytes.count <= sizeLimit else { throw CommandEnd.usage("\(file): the file is larger than 1 GiB") }
        do throws(HTMLReportError) {
            return try HTMLPage(bytes, named: file == InputFile.standardInput ? "standard input" : file).text
        } catch {
            throw CommandEnd.usage("\(file): \(error)")
        }
    }
}
