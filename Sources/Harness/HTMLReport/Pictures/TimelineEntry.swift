/// Something of a report's timeline, as pictures read it.
struct TimelineEntry {
    /// What it is about.
    enum Kind: String {
        case instance, probe, liveness, readiness, stage, state, serving, starved, request, event
    }

    /// How it went.
    enum Result: String {
        case ok, failed, empty, cut
    }

    /// When it happened or began, in seconds.
    let at: Double
    /// When it ended; `nil` for a moment, and for what never ended.
    let until: Double?
    /// What it is about.
    let kind: Kind
    /// Which one.
    let name: String
    /// How it went; `nil` where that is no question.
    let result: Result?
    /// What happened.
    let text: String
    /// The CPU time of a stage, in seconds; `nil` where it was not measured.
    let cpu: Double?
    /// The vCPU that there are from then on; `nil` where it says nothing about that.
    let vCPU: Double?

    /// Reads an entry.
    ///
    /// - Throws: `HTMLReportError` where a value is missing.
    init(_ value: ReportValue) throws(HTMLReportError) {
        let word = try value.text("kind")
        guard let kind = Kind(rawValue: word) else {
            throw HTMLReportError(.unfit, "`kind` is \"\(word)\", which no timeline has")
        }
        self.kind = kind
        at = try value.number("at")
        until = value.optionalNumber("until")
        name = try value.text("name")
        result = value.optionalText("result").flatMap(Result.init)
        text = try value.text("text")
        cpu = value.optionalNumber("cpu")
        vCPU = value.optionalNumber("vCPU")
    }

    /// The class of its shape: how it went, or which of the known states it is.
    var look: String {
        if let result { return result.rawValue }
        return kind == .state && Self.states.contains(name) ? "state-\(name)" : "plain"
    }

    private static let states: Set = ["booting", "ready_basic", "ready_full", "init_error"]

    /// What stands in its block: its name, and how it went where that is not well.
    var label: String {
        switch result {
        case .failed?: "\(name), failed"
        case .cut?: "\(name), cut short"
        default: name
        }
    }

    /// It and its time in a sentence.
    var sentence: String {
        let time =
            until.map { $0 > at ? "\(ShownNumber.seconds(at)) to \(ShownNumber.seconds($0))" : ShownNumber.seconds(at) }
            ?? "from \(ShownNumber.seconds(at))"
        return switch kind {
        case .probe, .liveness, .readiness: "\(time): \(kind.rawValue) attempt \(name): \(text)"
        case .stage: "\(time): stage \(text)"
        case .state: "\(time): \(text)"
        default: "\(time): \(text)"
        }
    }
}
