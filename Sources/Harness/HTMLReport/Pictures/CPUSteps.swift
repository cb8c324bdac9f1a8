/// How much CPU an instance had when, as steps.
struct CPUSteps {
    /// One step.
    struct Step {
        /// When it begins, in seconds.
        var from: Double
        /// When it ends.
        var to: Double
        /// The vCPU that there are; 0 for none.
        var vCPU: Double
    }

    /// The steps in order.
    private(set) var steps: [Step] = []
    /// The entries that they were read from.
    let entries: [TimelineEntry]

    /// Reads the steps of a timeline.
    ///
    /// - Complexity: O(*n*).
    init(_ timeline: [TimelineEntry], end: Double) {
        entries = timeline.filter { $0.vCPU != nil || $0.kind == .starved }
        for entry in entries {
            let vCPU = entry.kind == .starved ? 0 : entry.vCPU ?? 0
            if let last = steps.indices.last { steps[last].to = min(steps[last].to, entry.at) }
            steps.append(Step(from: entry.at, to: entry.until ?? end, vCPU: vCPU))
        }
        steps.removeAll { $0.to <= $0.from }
    }

    /// The most vCPU that there are at a time; `nil` where nothing is known.
    var most: Double? { steps.map(\.vCPU).max() }
}
