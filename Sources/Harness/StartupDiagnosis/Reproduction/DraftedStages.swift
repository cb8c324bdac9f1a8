/// The stages of a drafted scenario, in the names that the described service has.
struct DraftedStages {
    /// The pairs of `stages`.
    let text: String
    /// How the service loads.
    let strategy: String
    /// The fault in which the process ends by itself; `nil` where it does not.
    let fault: String?
    /// What the input does not state, and what stands for it.
    let remarks: [String]

    /// What a stage that did not end before the probe failed takes longer than the input goes, in seconds.
    private static let standIn = 600.0
    /// What a stage takes of which nothing is known but that something happened in it, in seconds.
    private static let unknown = 20.0

    /// The stages of a scenario with the words by which a log's stage is taken for one.
    private static let names: [(stage: String, words: [String])] = [
        ("svd", ["svd"]), ("datamaps", ["datamap"]), ("tokenizer", ["tokeni"]),
        ("checkpoint", ["checkpoint", "p5", "weights", "model", "embedding"]),
    ]

    /// Drafts the stages of a start.
    ///
    /// - Parameters:
    ///   - start: The start.
    ///   - probe: Its startup probe.
    init(_ start: RecordedStart, probe: DraftedProbe) {
        var known = KnownStages(start.stages, names: Self.names)
        let opened = start.openedAt
        var isBehind = start.loadsBehindItsPort
        let loaded = known.total
        var fault: String?
        let boot: Double
        switch (start.outcome, start.later) {
        case (.exited(let end), _):
            // Before its probe would have given it up.
            let ended = start.decidedAt ?? loaded + min(Self.unknown, Double(probe.decidesBy) / 2)
            boot = max(0, min(2, ended - loaded))
            known.extend("checkpoint", by: max(0, ended - loaded - boot))
            fault = Self.fault(end)
            known.remarks.append("what the program did when it ended: it ends at the end of the checkpoint here")
        case (.ready, .exited(let end)?):
            boot = opened ?? 2
            known.extend("checkpoint", by: max(1, (start.endedAt ?? boot + loaded + Self.unknown) - boot - loaded))
            isBehind = true
            fault = Self.fault(end)
            known.remarks.append("what the program did when it ended: it loads behind the open port until then here")
        case (.killed, _) where opened == nil:
            let decided = max(start.decidedAt ?? 0, Double(probe.decidesBy))
            boot = max(0, (start.decidedAt ?? 2) - loaded > 2 ? 2 : 0)
            known.extend("checkpoint", by: max(decided, 240) + Self.standIn)
            known.remarks.append(
                "when the program would have listened: the checkpoint stands in with \(Int(Self.standIn)) s more"
            )
        case (.killed, _), (.ready, _):
            boot = opened.map { isBehind ? $0 : max(0, $0 - loaded) } ?? 2
        }
        self.fault = fault
        strategy = isBehind ? "progressive" : "blocking"
        text = ([("boot", boot)] + known.pairs).map { "\($0.0): \(ScenarioDraft.duration($0.1))" }
            .joined(separator: ", ")
        remarks = known.remarks
    }

    private static func fault(_ end: RecordedStart.ProcessEnd) -> String {
        switch end {
        case .code(let code): "{stage: checkpoint, exits: \(code)}"
        case .signal(let number): "{stage: checkpoint, signal: \(number)}"
        }
    }
}

/// The seconds of the stages that are known, by the names of a scenario.
private struct KnownStages {
    /// What is not known.
    var remarks: [String] = []
    private var seconds: [String: Double] = [:]
    private let order: [String]

    init(_ stages: [RecordedStart.Stage], names: [(stage: String, words: [String])]) {
        order = names.map(\.stage)
        var strange: [String] = []
        for stage in stages {
            let known = names.first { name in name.words.contains { stage.name.lowercased().contains($0) } }
            if let known { seconds[known.stage, default: 0] += stage.seconds } else { strange.append(stage.name) }
        }
        if !strange.isEmpty {
            let names = strange.prefix(5).joined(separator: ", ")
            remarks.append("which stage of the service these are, whose time the boot has: \(names)")
        }
        let missing = order.filter { seconds[$0] == nil }
        if !missing.isEmpty { remarks.append("how long these stages took: \(missing.joined(separator: ", "))") }
    }

    /// The seconds of all.
    var total: Double { order.reduce(0) { $0 + (seconds[$1] ?? 0) } }

    /// The stages in their order.
    var pairs: [(String, Double)] { order.map { ($0, seconds[$0] ?? 0) } }

    /// Lets a stage take longer.
    mutating func extend(_ stage: String, by more: Double) { seconds[stage, default: 0] += more }
}
