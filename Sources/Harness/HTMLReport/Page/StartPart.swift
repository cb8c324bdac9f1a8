/// The start of a scenario: its tape, its figures, what was set up.
struct StartPart {
    /// What the template of a scenario shows.
    let values: [String: ReportValue]

    private static let figures = [
        ("listening", "listens at", "seconds"), ("probeCouldPass", "the probe could pass at", "seconds"),
        ("readyBasic", "ready_basic at", "seconds"), ("readyFull", "ready_full at", "seconds"),
        ("firstRows", "first answer with rows at", "seconds"),
        ("firstGoodRecommendation", "first good recommendation at", "seconds"),
        ("detectionLag", "detection lag", "seconds"), ("probeTruthGap", "probe truth gap", "seconds"),
    ]

    /// Reads a scenario's start.
    ///
    /// - Throws: `HTMLReportError` where a value is missing.
    init(_ scenario: ReportValue, anchor: String) throws(HTMLReportError) {
        var entries: [TimelineEntry] = []
        for entry in try scenario.list("timeline") { entries.append(try TimelineEntry(entry)) }
        let startup = scenario["startup"]
        var tape = ReportValue.nothing
        if !entries.isEmpty {
            let name = try scenario.text("name")
            let quality = try AnswerQuality(scenario).points
            let words = Self.summary(entries, headline: try scenario.text("headline"))
            let drawn = StartTape(entries, moments: Self.moments(startup), quality: quality, of: name, summary: words)
            tape = .markup(drawn.markup(named: anchor + "-tape"))
        }
        var course = ReportValue.nothing
        if let known = StartCourse(scenario, entries) { course = .text(try known.json()) }
        values = [
            "tape": tape,
            "course": course,
            "setupLine": .text(try Self.setup(try scenario.object("setup"))),
            "figures": .list(Self.figures(startup)),
            "hasFigures": .flag(startup != .nothing),
            "reason": startup["reason"],
            "violations": startup["violations"] == .nothing ? .list([]) : startup["violations"],
            "hasViolations": .flag(startup.hasContent("violations")),
            "lives": startup["lives"] == .nothing ? .list([]) : startup["lives"],
            "hasLives": .flag(startup.hasContent("lives")),
            "moments": .list(entries.map { .text($0.sentence) }),
        ]
    }

    /// The moments that decide a start.
    private static func moments(_ startup: ReportValue) -> [StartTape.Moment] {
        let outcome = startup.optionalText("outcome") ?? "undecided"
        let words = outcome == "ready" ? "ready for traffic" : outcome.replacing("_", with: " ")
        return [
            (startup.optionalNumber("listening"), "listens", false),
            (startup.optionalNumber("at"), words, outcome != "ready"),
            (startup.optionalNumber("firstGoodRecommendation"), "first good recommendation", false),
        ]
        .compactMap { moment, words, isBad in
            moment.map { StartTape.Moment(seconds: $0, words: words, isBad: isBad) }
        }
    }

    private static func figures(_ startup: ReportValue) -> [ReportValue] {
        var shown: [ReportValue] = [
            .object(["name": .text("probe attempts"), "value": .text(startup["attempts"].renderText)])
        ]
        for (key, name, form) in figures {
            let value = startup[key].transform(form) as? ReportValue ?? .nothing
            shown.append(.object(["name": .text(name), "value": .text(value.renderText)]))
        }
        if startup["killMargin"] != .nothing {
            shown.append(.object(["name": .text("kill margin"), "value": .text(margin(startup["killMargin"]))]))
        }
        return shown
    }

    private static func margin(_ margin: ReportValue) -> String {
        let spare = margin.optionalNumber("spare").map { "\(ShownNumber.seconds($0)) to spare" }
        let factor = margin.optionalNumber("factor")
            .map {
                "survives stages \(ShownNumber.short($0)) times as long\(margin.isTrue("unbounded") ? " and more" : "")"
            }
        let known = [spare, factor].compactMap(\.self)
        return known.isEmpty ? "unknown" : known.joined(separator: ", ")
    }

    /// The tape in words.
    private static func summary(_ entries: [TimelineEntry], headline: String) -> String {
        func spans(_ kind: TimelineEntry.Kind) -> String {
            entries.filter { $0.kind == kind }.prefix(12)
                .map { "\($0.name) from \(ShownNumber.seconds($0.at))" }.joined(separator: ", ")
        }
        let attempts = entries.filter { $0.kind == .probe }
        let requests = entries.filter { $0.kind == .request }
        var parts = [headline]
        if !spans(.stage).isEmpty { parts.append("Stages: \(spans(.stage))") }
        if !attempts.isEmpty {
            parts.append("Startup probe: \(attempts.count) attempts, \(attempts.count { $0.result == .failed }) failed")
        }
        if !requests.isEmpty {
            parts.append("Requests: \(requests.count { $0.result == .ok }) of \(requests.count) served")
        }
        return parts.joined(separator: ". ") + ". Every moment is in the list below."
    }

    private static func setup(_ setup: ReportValue) throws(HTMLReportError) -> String {
        var parts = ["strategy \(try setup.text("strategy"))"]
        if let platform = setup.optionalText("platform") { parts.append(platform) }
        for (key, name) in [
            ("probe", "startup probe"), ("liveness", "liveness probe"), ("readiness", "readiness probe"),
        ] {
            guard setup[key] != .nothing else {
                if key == "probe" { parts.append("no startup probe") }
                continue
            }
            let probe = try setup.object(key)
            let path = [probe.optionalText("path"), probe.optionalText("service"), probe.optionalText("unknownPort")]
                .compactMap(\.self).map { " \($0)" }.joined()
            let times =
                "delay \(ShownNumber.short(try probe.number("initialDelay"))) s, timeout "
                + "\(ShownNumber.short(try probe.number("timeout"))) s, period "
                + "\(ShownNumber.short(try probe.number("period"))) s, threshold \(try probe.count("failureThreshold"))"
            let origin = probe.isTrue("isPlatformDefault") ? "the platform's " : ""
            parts.append("\(origin)\(try probe.text("kind")) \(name)\(path): \(times)")
        }
        let cpu = try setup.object("cpu")
        let boost = cpu.isTrue("startupBoost") ? ", more at the start" : ""
        parts.append("\(ShownNumber.short(try cpu.number("limit"))) vCPU, \(try cpu.text("billing"))\(boost)")
        return parts.joined(separator: " · ")
    }
}
