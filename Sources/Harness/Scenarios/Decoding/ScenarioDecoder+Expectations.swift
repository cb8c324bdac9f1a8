import Domain

extension ScenarioDecoder {
    /// The most rows a count may expect.
    private static let rowLimit = 100_000_000

    /// Decodes the `expect` of a request.
    func answer(_ value: YAMLValue) throws(ScenarioError) -> AnswerExpectation {
        let map = try value.mapping(keys: ["status", "state", "svd_saved", "p5_saved", "error", "within"])
        return AnswerExpectation(
            status: try map.located("status") { (value) throws(ScenarioError) in try value.integer(in: 100...599) },
            state: try map.located("state") { (value) throws(ScenarioError) in
                try value.choice(of: ServingState.self)
            },
            svdSaved: try map.located("svd_saved") { (value) throws(ScenarioError) in try value.integer(in: 0...100) },
            p5Saved: try map.located("p5_saved") { (value) throws(ScenarioError) in try value.integer(in: 0...100) },
            error: try map.located("error") { (value) throws(ScenarioError) in try value.text() },
            within: try map.located("within") { (value) throws(ScenarioError) in try value.duration() }
        )
    }

    /// Decodes the scenario's `expect`.
    func expectations(_ value: YAMLValue) throws(ScenarioError) -> Expectations {
        let map = try value.mapping(keys: [
            "startup", "rankings", "places", "rows", "visitors", "timeline", "on_sigterm",
        ])
        guard !map.entries.isEmpty else {
            throw value.error("`expect` is empty; a scenario without expectations proves nothing")
        }
        return Expectations(
            startup: try map.optional("startup", startup) ?? StartupExpectation(),
            rankings: try map.optional("rankings", rankings) ?? [:],
            places: try map.optional("places", places) ?? [],
            rows: try map.optional("rows", rows) ?? RowExpectation(),
            visitors: try map.optional("visitors", visitors) ?? [],
            timeline: try map.optional("timeline", path),
            termination: try map.located("on_sigterm", termination)
        )
    }

    private func termination(_ value: YAMLValue) throws(ScenarioError) -> TerminationExpectation {
        guard value.isMapping else { return try value.choice(of: [("ignored", .ignored)]) }
        let map = try value.mapping(keys: ["exits_within"])
        return .exits(within: try map.required("exits_within").duration(in: .milliseconds(1) ... .seconds(3600)))
    }

    private func startup(_ value: YAMLValue) throws(ScenarioError) -> StartupExpectation {
        let map = try value.mapping(keys: [
            "outcome", "at", "attempts", "restarts", "ready_basic", "ready_full", "reason", "first_good_recommendation",
            "probe_truth_gap", "detection_lag", "kill_margin",
        ])
        var startup = StartupExpectation()
        startup.outcome = try map.located("outcome") { (value) throws(ScenarioError) in
            try value.choice(of: StartupOutcome.self)
        }
        startup.at = try map.located("at", moment)
        startup.attempts = try map.located("attempts") { (value) throws(ScenarioError) in
            try value.integer(in: 0...1_000_000)
        }
        startup.restarts = try map.located("restarts") { (value) throws(ScenarioError) in
            try value.integer(in: 0...1_000_000)
        }
        startup.readyBasic = try map.located("ready_basic", momentOrNever)
        startup.readyFull = try map.located("ready_full", momentOrNever)
        startup.reason = try map.located("reason") { (value) throws(ScenarioError) in try value.text() }
        startup.firstGoodRecommendation = try map.located("first_good_recommendation", momentOrNever)
        startup.probeTruthGap = try map.located("probe_truth_gap", moment)
        startup.detectionLag = try map.located("detection_lag", moment)
        startup.killMargin = try map.located("kill_margin", moment)
        return startup
    }

    private func momentOrNever(_ value: YAMLValue) throws(ScenarioError) -> TimeExpectation {
        value.scalarText == "never" ? .never : try moment(value)
    }

    /// Decodes one moment, meant to the millisecond because reports print no more, or a span.
    private func moment(_ value: YAMLValue) throws(ScenarioError) -> TimeExpectation {
        guard value.isMapping else {
            let exact = try value.duration()
            return .within(from: exact - .microseconds(500), to: exact + .microseconds(500))
        }
        let map = try value.mapping(keys: ["from", "to"])
        func bound(_ key: String) throws(ScenarioError) -> Duration? {
            try map.optional(key) { (value) throws(ScenarioError) in try value.duration() }
        }
        let (from, to) = (try bound("from"), try bound("to"))
        guard from != nil || to != nil else { throw value.error("`\(value.name)` needs `from`, `to` or both") }
        if let from, let to, from > to {
            throw value.error(
                "`\(value.name)` ends before it begins: from \(DurationText.text(of: from)) to "
                    + DurationText.text(of: to)
            )
        }
        return .within(from: from, to: to)
    }

    private func rankings(_ value: YAMLValue) throws(ScenarioError) -> [ServingState: Located<String>] {
        let states: [ServingState] = [.full, .svdOnly]
        let map = try value.mapping(keys: states.map(\.rawValue))
        var rankings: [ServingState: Located<String>] = [:]
        for state in states {
            rankings[state] = try map.optional(state.rawValue, path)
        }
        return rankings
    }

    private func rows(_ value: YAMLValue) throws(ScenarioError) -> RowExpectation {
        guard value.isMapping else {
            let none = try value.choice(of: [("none", 0)])
            return RowExpectation(svd: value.located(none), p5: value.located(none))
        }
        let map = try value.mapping(keys: ["svd", "p5", "earlier_set"])
        func count(_ key: String) throws(ScenarioError) -> Located<Int>? {
            try map.located(key) { (value) throws(ScenarioError) in try value.integer(in: 0...Self.rowLimit) }
        }
        return RowExpectation(
            svd: try count("svd"),
            p5: try count("p5"),
            earlierSet: try map.located("earlier_set") { (value) throws(ScenarioError) in
                try value.choice(of: EarlierSet.self)
            }
        )
    }

    private func visitors(_ value: YAMLValue) throws(ScenarioError) -> [Located<VisitorExpectation>] {
        guard value.isMapping else {
            let view = try value.choice(of: ExpectedView.self)
            return [value.located(VisitorExpectation(view: view, sessions: nil))]
        }
        let map = try value.mapping(keys: ExpectedView.allCases.map(\.rawValue))
        var expectations: [Located<VisitorExpectation>] = []
        for view in ExpectedView.allCases {
            guard let sessions = map[view.rawValue] else { continue }
            expectations.append(
                sessions.located(VisitorExpectation(view: view, sessions: try references(sessions)))
            )
        }
        return expectations
    }
}
