import Reports

/// What recorded starts say about a program: the slowest of them.
package struct MeasuredStart: Hashable, Sendable {
    /// Seconds until the program listened, in the slowest start.
    package var timeToListen: Double?
    /// Seconds until it could do its work, in the slowest start.
    package var timeToReady: Double?
    /// The most memory in bytes that a start took.
    package var peakMemory: Int?
    /// The number of starts.
    package var starts: Int

    /// Creates a measurement.
    package init(timeToListen: Double?, timeToReady: Double?, peakMemory: Int? = nil, starts: Int = 1) {
        self.timeToListen = timeToListen
        self.timeToReady = timeToReady
        self.peakMemory = peakMemory
        self.starts = starts
    }

    /// A rule that needs a figure of a measured start which this one does not have.
    package struct UnansweredRule: Hashable, Sendable, Encodable {
        /// The rule's id.
        package let rule: String
        /// What is missing.
        package let reason: String
    }

    /// The rules that this measurement says nothing to.
    package var unanswered: [UnansweredRule] {
        var unanswered: [UnansweredRule] = []
        if timeToReady == nil {
            let reason = "the measured run never became ready"
            unanswered += ["W3", "W4", "W5", "W6"].map { UnansweredRule(rule: $0, reason: reason) }
        }
        if peakMemory == nil {
            let reason = "the measured run holds no memory of a start; coldstart run --target process measures it"
            unanswered.append(UnansweredRule(rule: "W11", reason: reason))
        }
        return unanswered
    }

    /// The part of a run's report that is read.
    private struct Report: Decodable {
        struct Scenario: Decodable {
            struct Startup: Decodable {
                let listening: Double?
                let probeCouldPass: Double?
                let readyFull: Double?
            }
            struct Process: Decodable {
                let peakMemoryBytes: Int?
            }
            let startup: Startup?
            let process: Process?
        }
        let schemaVersion: Int
        let scenarios: [Scenario]
    }

    /// Reads the report of a run, `report.json`.
    ///
    /// - Throws: `DecodingError` where it is no such report.
    package init(report text: some StringProtocol) throws {
        let report = try ReportEncoding.decode(Report.self, from: text)
        let startups = report.scenarios.compactMap(\.startup)
        timeToListen = startups.compactMap(\.listening).max()
        timeToReady = startups.compactMap { $0.readyFull ?? $0.probeCouldPass }.max()
        peakMemory = report.scenarios.compactMap { $0.process?.peakMemoryBytes }.max()
        starts = startups.filter { $0.listening != nil }.count
    }
}

/// Seconds as messages write them.
enum Seconds {
    /// Returns seconds to the tenth, without a fraction where there is none.
    static func text(_ seconds: Double) -> String {
        let tenths = (seconds * 10).rounded()
        guard tenths.isFinite, abs(tenths) < 1e15 else { return "\(seconds) s" }
        let whole = Int(tenths)
        return whole % 10 == 0 ? "\(whole / 10) s" : "\(whole / 10).\(abs(whole % 10)) s"
    }
}
