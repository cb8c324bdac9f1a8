/// The course of a start on Cloud Run as its trace tells it, from which the script decides what another probe or other CPU
/// would have made of it.
///
/// A stage is taken to need the CPU time that it used, on as many threads as that took, after a delay that no CPU shortens:
/// the rest of its time. What had not finished by the end of the start is taken to compute on one thread.
struct StartCourse {
    /// One stage, in seconds.
    struct Stage: Equatable {
        /// The time that passes whatever the CPU.
        var delay: Double
        /// The CPU time.
        var cpu: Double
        /// The threads that it computes on.
        var threads: Int
        /// Whether it ends by failing.
        var fails = false
    }

    /// The most stages that a page carries.
    private static let most = 50
    /// Times of a trace are told apart from here on, in seconds.
    private static let grain = 0.001
    /// The middle of the delays from a process's end to the failure of its start that were observed on Cloud Run.
    private static let exitNotice = 0.1
    /// What Cloud Run's probes were observed to take for a connection and for an answer.
    private static let (connectionNotice, answerDelay) = (0.0038, 0.001)

    /// The stages in their order.
    private(set) var stages: [Stage] = []
    /// How many of them had finished when the process listened, and when a probe could pass; `nil` for never.
    private(set) var listensAfter: Int?
    private(set) var passesAfter: Int?
    /// The moment up to which the course is known, where the process had not listened by the end; `nil` where it had.
    private(set) var openFrom: Double?
    private var end = 0.0
    private let vCPU: Double
    private let values: (scenario: ReportValue, startup: ReportValue, setup: ReportValue)
    private let entries: [TimelineEntry]

    /// Reads the course of a scenario's start; `nil` where other rules had a part in it, or the trace does not tell.
    init?(_ scenario: ReportValue, _ entries: [TimelineEntry]) {
        let (startup, setup) = (scenario["startup"], scenario["setup"])
        guard setup["platform"] == .nothing, setup["probe"] != .nothing, startup["lives"] == .nothing,
            let outcome = startup.optionalText("outcome"), ["ready", "killed", "exited"].contains(outcome),
            let decided = startup.optionalNumber("at"), let vCPU = entries.first(where: { $0.kind == .instance })?.vCPU,
            vCPU > 0, ["TCP", "HTTP"].contains(setup["probe"].optionalText("kind") ?? ""),
            !setup["probe"].has("unknownPort")
        else { return nil }
        self.vCPU = vCPU
        self.entries = entries
        values = (scenario, startup, setup)
        let listening = startup.optionalNumber("listening").flatMap { $0 <= decided ? $0 : nil }
        let passing = startup.optionalNumber("probeCouldPass").flatMap { $0 <= decided ? $0 : nil }
        if let listening {
            take(until: listening)
            listensAfter = stages.count
            if let passing {
                take(until: passing)
                passesAfter = stages.count
            }
        } else if let failed = entries.first(where: { $0.kind == .stage && $0.result == .failed }), outcome == "exited"
        {
            take(until: failed.until ?? decided)
            if let last = stages.indices.last { stages[last].fails = true }
        } else if outcome == "killed" {
            take(until: decided, onlyWhole: true)
            openFrom = end
            (listensAfter, passesAfter) = (stages.count + 1, stages.count + 1)
        } else {
            return nil
        }
        guard stages.count <= Self.most else { return nil }
    }

    /// Takes the stages that end by a moment, and what time is left to it as a delay.
    private mutating func take(until moment: Double, onlyWhole: Bool = false) {
        for entry in entries where entry.kind == .stage && entry.at >= end - Self.grain {
            guard let until = entry.until, entry.result != .cut, until <= moment + Self.grain / 2 else { continue }
            if entry.at - end > Self.grain { stages.append(Stage(delay: entry.at - end, cpu: 0, threads: 1)) }
            stages.append(stage(entry, elapsed: until - entry.at))
            end = until
        }
        guard !onlyWhole, moment - end > Self.grain else { return }
        stages.append(Stage(delay: moment - end, cpu: 0, threads: 1))
        end = moment
    }

    private func stage(_ entry: TimelineEntry, elapsed: Double) -> Stage {
        guard let cpu = entry.cpu, cpu > 0, elapsed > 0 else { return Stage(delay: elapsed, cpu: 0, threads: 1) }
        let threads = max(1, Int((cpu / elapsed - 1e-4).rounded(.up)))
        let delay = elapsed - cpu / min(vCPU, Double(threads))
        return Stage(delay: delay < Self.grain ? 0 : delay, cpu: cpu, threads: threads)
    }
}

extension StartCourse {
    /// The course, the probe, the CPU and the decision as the JSON that the script reads.
    ///
    /// - Throws: `HTMLReportError` where the probe or the CPU lacks a value.
    func json() throws(HTMLReportError) -> String {
        let probe = try values.setup.object("probe")
        let cpu = try values.setup.object("cpu")
        let initialDelay = try probe.number("initialDelay")
        let first = entries.first { $0.kind == .probe }.map { max(0, $0.at - initialDelay) } ?? 0
        let decided = try values.startup.number("at")
        let exit = entries.first { $0.kind == .event && $0.name == "process" }?.at
        let noticed = exit.map { max(0, decided - $0) } ?? Self.exitNotice
        let isExit = values.startup.optionalText("outcome") == "exited"
        let kind = try probe.text("kind") == "TCP" ? "TCP" : "HTTP"
        let written = stages.map { stage in
            "{\"delay\":\(Self.nanoseconds(stage.delay)),\"cpu\":\(Self.nanoseconds(stage.cpu)),\"threads\":\(stage.threads)"
                + (stage.fails ? ",\"ends\":\"fails\"}" : "}")
        }
        func count(_ number: Int?) -> String { number.map(String.init) ?? "null" }
        // What is cut is taken to go on as fast as one thread does.
        let open =
            openFrom.map {
                "{\"from\":\(Self.nanoseconds($0)),\"share\":\(min(vCPU, 1)),"
                    + "\"until\":\(Self.nanoseconds(decided))}"
            } ?? "null"
        return """
            {"course":{"stages":[\(written.joined(separator: ","))],"listensAfter":\(count(listensAfter)),\
            "passesAfter":\(count(passesAfter)),"before":503,"exits":\(isExit),\
            "firstAttempt":\(Self.nanoseconds(first)),\
            "exitNotice":\(Self.nanoseconds(isExit ? noticed : Self.exitNotice)),\
            "connectionNotice":\(Self.nanoseconds(Self.connectionNotice)),\
            "answerDelay":\(Self.nanoseconds(Self.answerDelay))},\
            "probe":{"kind":"\(kind)","initialDelay":\(Self.nanoseconds(initialDelay)),\
            "timeout":\(Self.nanoseconds(try probe.number("timeout"))),\
            "period":\(Self.nanoseconds(try probe.number("period"))),\
            "failureThreshold":\(try probe.count("failureThreshold"))},\
            "cpu":{"limit":\(try cpu.number("limit")),"boost":\(cpu.isTrue("startupBoost"))},\
            "outcome":"\(values.startup.optionalText("outcome") ?? "")","at":\(Self.nanoseconds(decided)),"open":\(open)}
            """
    }

    /// Whole nanoseconds, at most eleven days.
    private static func nanoseconds(_ seconds: Double) -> Int64 { Int64((min(max(seconds, 0), 1e6) * 1e9).rounded()) }
}
