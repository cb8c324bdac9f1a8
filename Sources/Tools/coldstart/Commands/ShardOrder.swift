import ArgumentParser
import Foundation
import Reports
import Scenarios

/// In which order the scenarios of a shard are run: theirs, or the longest first, by an earlier report.
struct ShardOrder: ParsableArguments {
    /// The orders.
    enum Order: String, CaseIterable, ExpressibleByArgument {
        /// As they are given.
        case given
        /// The longest of an earlier run first, and before them those that it does not know.
        case longestFirst = "longest-first"
    }

    @Option(help: ArgumentHelp("Of a shard: given, or longest-first, by --times.", valueName: "name"))
    var order = Order.given

    @Option(help: ArgumentHelp("The report.json of an earlier run, whose real times decide.", valueName: "file"))
    var times: String?

    func validate() throws {
        if order == .longestFirst, times == nil {
            throw ValidationError("--order longest-first needs --times, the report.json of an earlier run.")
        }
        if order == .given, times != nil {
            throw ValidationError("--times has no effect without --order longest-first.")
        }
    }

    /// Puts some scenarios into the order.
    ///
    /// - Parameters:
    ///   - own: The places of the scenarios that are run.
    ///   - scenarios: All scenarios.
    /// - Returns: The places in the order in which they are run.
    /// - Throws: The end with code 2 where the report cannot be read; `ScenarioError`.
    func indices(of own: [Int], _ scenarios: [Scenario]) throws -> [Int] {
        guard let times else { return own }
        guard let report = try? ReportEncoding.decode(RunReport.self, from: try InputText.read(times)) else {
            throw CommandEnd.usage("--times \(times): is not the report.json of a run; run with --report-dir makes one")
        }
        let seconds = Dictionary(report.scenarios.map { ($0.name, $0.wallSeconds) }, uniquingKeysWith: max)
        func time(_ place: Int) -> Double { seconds[scenarios[place].name.value] ?? .infinity }
        return own.sorted { (time($1), $0) < (time($0), $1) }
    }
}
