import Domain
import Foundation

/// `coldstart diagnose` over a long log of platform lines as JSON Lines, beside jq, Python with orjson and a plain read.
struct DiagnosisFigures {
    /// The program `coldstart`.
    let program: String
    /// The folder in which the log is made.
    let folder: String
    /// How often each runs.
    let rounds: Int
    /// A Python that has orjson, `nil` where none is known.
    let python: String?

    /// The size of the log, in bytes.
    private static let size = 210_000_000
    /// How many instances it is about.
    private static let instances = 2_000
    private static let script =
        "import orjson, sys\nfor line in open(sys.argv[1], 'rb'): orjson.loads(line)\n"

    /// Measures the programs in turn.
    ///
    /// - Throws: ``BenchError`` where a program fails: nothing in the log died, so that all end with 0.
    func measure() throws -> [Figure] {
        let log = try makeLog()
        var others: [(name: String, command: [String], aim: Aim?)] = [("a plain read (cat)", ["/bin/cat", log], nil)]
        if let jq = Self.path(of: "jq") { others.append(("jq", [jq, "-c", ".textPayload", log], .besideJQ)) }
        if let python = python.flatMap(Self.withORJSON) {
            others.append(("Python with orjson", [python, "-c", Self.script, log], .besideORJSON))
        }
        let own = [program, "diagnose", log, "--format", "json"]
        var coldstart = Series()
        var times = others.map { _ in Series() }
        for round in 0...rounds {
            let timing = try ProgramRun.time(own)
            if round > 0 { coldstart.add(timing) }
            for (index, other) in others.enumerated() {
                let timing = try ProgramRun.time(other.command)
                if round > 0 { times[index].add(timing) }
            }
        }
        let missing = others.count < 3 ? "; jq or a Python with orjson is not there" : ""
        return zip(others, times)
            .map { other, series in
                let speed = { (seconds: Double) in Quantity.digits(Double(Self.size) / 1e6 / seconds) + " MB/s" }
                return Figure(
                    "diagnose 210 MB of platform lines, beside \(other.name)",
                    coldstart: coldstart,
                    reference: series,
                    aim: other.aim,
                    note: "\(speed(coldstart.cpu)) and \(speed(series.cpu)) of processor time\(missing)"
                )
            }
    }

    /// Writes the log, unless it is there: starts, passed probes and requests of instances that live.
    private func makeLog() throws -> String {
        let path = folder + "/platform.jsonl"
        if let size = try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int, size >= Self.size {
            return path
        }
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        guard FileManager.default.createFile(atPath: path, contents: nil),
            let file = FileHandle(forWritingAtPath: path)
        else { throw BenchError("\(path): it cannot be written") }
        defer { try? file.close() }
        var generator = SplitMix64(seed: 13)
        var written = 0
        var line = 0
        while written < Self.size {
            var text = ""
            for _ in 0..<1000 {
                text += entry(line, &generator)
                line += 1
            }
            try file.write(contentsOf: Data(text.utf8))
            written += text.utf8.count
        }
        return path
    }

    private static let messages = [
        "Starting new instance. Reason: AUTOSCALING - Instance started due to configured scaling factors (e.g. CPU "
            + "utilization, request throughput, etc.) or no existing capacity for current traffic.",
        #"STARTUP HTTP probe succeeded after 3 attempts for container \"films-1\" on port 8080 path \"/health\"."#,
        #"LIVENESS HTTP probe succeeded after 1 attempt for container \"films-1\" on port 8080 path \"/health\"."#,
    ]

    private func entry(_ line: Int, _ generator: inout SplitMix64) -> String {
        let instance = line / Self.messages.count % Self.instances
        let time = Timestamp(microseconds: 1_790_000_000_000_000 + Int64(line) * 250_001).iso8601
        return #"{"insertId":"\#(generator.next())","labels":{"instanceId":"00f1e2d3c4b5a69788\#(100_000 + instance)","#
            + #""container_name":"films-1"},"logName":"projects/demo/logs/run.googleapis.com%2Fvarlog%2Fsystem","#
            + #""receiveTimestamp":"\#(time)","resource":{"labels":{"configuration_name":"films","location":"#
            + #""europe-west1","project_id":"demo","revision_name":"films-\#(10_000 + instance / 100)-abc","#
            + #""service_name":"films"},"type":"cloud_run_revision"},"severity":"INFO","textPayload":"#
            + "\"\(Self.messages[line % Self.messages.count])\",\"timestamp\":\"\(time)\"}\n"
    }

    /// The program of a name, by `PATH`.
    private static func path(of name: String) -> String? {
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
        return folders.map { "\($0)/\(name)" }.first(where: FileManager.default.isExecutableFile)
    }

    /// The path of an interpreter that has orjson, `nil` where it has not.
    private static func withORJSON(_ interpreter: String) -> String? {
        guard let path = interpreter.contains("/") ? interpreter : path(of: interpreter) else { return nil }
        return (try? ProgramRun.time([path, "-c", "import orjson"])) == nil ? nil : path
    }
}
