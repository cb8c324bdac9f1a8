import ArgumentParser
import Foundation
import Reports
import Scenarios

/// In which order scenarios are begun: theirs, or the longest first, by an earlier report.
///
/// Where several run side by side (`--jobs`), no long one is left for the end, when the others have nothing more to do.
struct ShardOrder: ParsableArguments {
    /// The orders.
    enum Order: String, CaseIterable, ExpressibleByArgument {
        /// As they are given.
        case given
        /// The longest of an earlier run first, and before them those that it does not know.
        case longestFirst = "longest-first"
    }

    @Option(help: ArgumentHelp("Scenarios are begun as given, or longest-first by --times.", valueName: "name"))
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

    /// The order in which scenarios are begun.
    ///
    /// - Returns: Their places; `nil` for their own order.
    /// - Throws: The end with code 2 where the report cannot be read; `ScenarioError`.
    func places(of scenarios: [Scenario]) throws -> [Int]? {
        guard let times else { return nil }
        guard let report = try? ReportEncoding.decode(RunReport.self, from: try InputText.read(times)) else {
            throw CommandEnd.usage("--times \(times): is not the report.json of a run; run with --report-dir makes one")
        }
        let seconds = Dictionary(report.scenarios.map { ($0.name, $0.wallSeconds) }, uniquingKeysWith: max)
        func time(_ place: Int) -> Double { seconds[scenarios[place].name.value] ?? .infinity }
        return scenarios.indices.sorted { (time($1), $0) < (time($0), $1) }
    }
}

/// The order of a command that has one alone, since another would end no sooner: what it says of the other.
struct GivenOrder: ParsableArguments {
    @Option(help: .hidden)
    var order = ShardOrder.Order.given

    @Option(help: .hidden)
    var times: String?

    /// Refuses the other order.
    ///
    /// - Parameter reason: Why the command does not have it.
    /// - Throws: `ValidationError`.
    func check(because reason: String) throws {
        guard order == .given, times == nil else {
            throw ValidationError("--order longest-first is for coldstart run: \(reason).")
        }
    }
}
