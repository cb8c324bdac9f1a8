/// The stages of a drafted scenario, in the names that the described service has.
struct DraftedStages {
    /// The pairs of `stages`.
    let text: String
    /// How the service loads.
    let strategy: String
    /// What the log does not state, and what stands for it.
    let remarks: [String]

    /// The stages of a scenario with the words by which a log's stage is taken for one.
    private static let names: [(stage: String, words: [String])] = [
        ("svd", ["svd"]), ("datamaps", ["datamap"]), ("tokenizer", ["tokeni"]),
        ("checkpoint", ["checkpoint", "p5", "weights", "model", "embedding"]),
    ]

    /// Drafts the stages of a start.
    ///
    /// - Parameters:
    ///   - start: The start.
    ///   - standIn: What a stage without an end takes longer than the log goes, in seconds.
    init(_ start: RecordedStart, standIn: Double) {
        var seconds: [String: Double] = [:]
        var remarks: [String] = []
        var strange: [String] = []
        for stage in start.stages {
            let known = Self.names.first { name in name.words.contains { stage.name.lowercased().contains($0) } }
            if let known { seconds[known.stage, default: 0] += stage.seconds } else { strange.append(stage.name) }
        }
        if !strange.isEmpty {
            let names = strange.prefix(5).joined(separator: ", ")
            remarks.append("which stage of the service these are, whose time the boot has: \(names)")
        }
        let missing = Self.names.map(\.stage).filter { seconds[$0] == nil }
        if !missing.isEmpty { remarks.append("how long these stages took: \(missing.joined(separator: ", "))") }
        let opened = start.listeningAt ?? (start.outcome == .ready ? start.decidedAt : nil)
        // What ended after the port was open was loaded behind it.
        let isBehind = opened.map { opened in start.stages.contains { ($0.endedAt ?? 0) > opened + 1 } } ?? false
        let loaded = Self.names.reduce(0) { $0 + (seconds[$1.stage] ?? 0) }
        let boot: Double
        if let opened {
            boot = isBehind ? opened : max(0, opened - loaded)
        } else if start.outcome == .ready {
            boot = 2
        } else {
            boot = max(0, (start.decidedAt ?? 2) - loaded > 2 ? 2 : 0)
            seconds["checkpoint", default: 0] += max(start.decidedAt ?? 0, 240) + standIn
            remarks.append("when the program would have listened: the checkpoint stands in with \(Int(standIn)) s more")
        }
        strategy = isBehind ? "progressive" : "blocking"
        let pairs =
            [("boot", boot)] + Self.names.map { ($0.stage, seconds[$0.stage] ?? 0) }
        text = pairs.map { "\($0.0): \(ScenarioDraft.duration($0.1))" }.joined(separator: ", ")
        self.remarks = remarks
    }
}
