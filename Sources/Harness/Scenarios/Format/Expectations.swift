package import Domain

/// What must be observed in a run of a scenario.
package struct Expectations: Hashable, Sendable {
    /// How the start of the instance goes.
    package let startup: StartupExpectation
    /// The golden file of the rankings, by the state in which a request was answered.
    package let rankings: [ServingState: Located<String>]
    /// What is stated of single places, in the order written.
    package let places: [Located<PlaceExpectation>]
    /// The rows in the database after the run.
    package let rows: RowExpectation
    /// What visitors see after the run.
    package let visitors: [Located<VisitorExpectation>]
    /// The golden file of the start's stages, `nil` where they do not matter.
    package let timeline: Located<String>?
    /// What the service does when it is told to end, `nil` for what the scenario says of the service.
    package let termination: Located<TerminationExpectation>?

    /// Creates expectations.
    package init(
        startup: StartupExpectation = StartupExpectation(),
        rankings: [ServingState: Located<String>] = [:],
        places: [Located<PlaceExpectation>] = [],
        rows: RowExpectation = RowExpectation(),
        visitors: [Located<VisitorExpectation>] = [],
        timeline: Located<String>? = nil,
        termination: Located<TerminationExpectation>? = nil
    ) {
        self.startup = startup
        self.rankings = rankings
        self.places = places
        self.rows = rows
        self.visitors = visitors
        self.timeline = timeline
        self.termination = termination
    }

    /// Whether anything is expected of whole rankings, or of single places in them.
    package var areAboutRankings: Bool { !rankings.isEmpty || !places.isEmpty }
}

/// How a start ends.
package enum StartupOutcome: String, Hashable, Sendable, CaseIterable {
    /// The startup probe succeeded.
    case ready
    /// The platform gave up on the startup probe and stopped the instance.
    case killed
    /// The service stayed up and reports that its initialisation failed.
    case initialisationError = "init_error"
    /// The process ended by itself before the startup probe succeeded.
    case exited
    /// The platform waited no longer for the instance to become ready.
    case givenUp = "given_up"
    /// The platform refused the configuration, so no instance was started.
    case refused
}

/// A moment or a span of virtual time that an expectation allows.
package enum TimeExpectation: Hashable, Sendable {
    /// Anything from the first to the second duration, both included; `nil` leaves that side open.
    case within(from: Duration?, to: Duration?)
    /// It must not happen.
    case never

    /// Says whether an observation satisfies the expectation where either end may be off by so much.
    ///
    /// What must not happen must not happen whatever is allowed.
    package func admits(_ observed: Duration?, within allowance: Duration) -> Bool {
        guard case .within(let from, let to) = self else { return admits(observed) }
        return TimeExpectation.within(from: from.map { $0 - allowance }, to: to.map { $0 + allowance }).admits(observed)
    }

    /// Says whether an observation satisfies the expectation.
    ///
    /// `nil` stands for something that did not happen.
    package func admits(_ observed: Duration?) -> Bool {
        switch (self, observed) {
        case (.never, nil): true
        case (.never, _?), (.within, nil): false
        case (.within(let from, let to), let observed?):
            (from.map { observed >= $0 } ?? true) && (to.map { observed <= $0 } ?? true)
        }
    }
}

/// How the start of the instance must go.
///
/// `nil` stands for what does not matter. Moments count from the start of the instance.
package struct StartupExpectation: Hashable, Sendable {
    /// How it ends.
    package var outcome: Located<StartupOutcome>?
    /// When it ends.
    package var at: Located<TimeExpectation>?
    /// The probe attempts made.
    package var attempts: Located<Int>?
    /// How often the container is started again.
    package var restarts: Located<Int>?
    /// When the service becomes `ready_basic`.
    package var readyBasic: Located<TimeExpectation>?
    /// When the service becomes `ready_full`.
    package var readyFull: Located<TimeExpectation>?
    /// A text that the stated reason contains.
    package var reason: Located<String>?
    /// When the first answer with recommendations could be given.
    package var firstGoodRecommendation: Located<TimeExpectation>?
    /// For how long the probe said yes while `/recommend` could not serve.
    package var probeTruthGap: Located<TimeExpectation>?
    /// The time from the service being able to pass the probe to the probe noticing.
    package var detectionLag: Located<TimeExpectation>?
    /// How much slower the load could have been before the platform had given up.
    package var killMargin: Located<TimeExpectation>?

    /// Creates an expectation to which nothing matters yet.
    package init() {}
}

/// The rows that must be in the table `recommendations` after the run.
///
/// `nil` stands for what does not matter.
package struct RowExpectation: Hashable, Sendable {
    /// The rows of the SVD model.
    package var svd: Located<Int>?
    /// The rows of P5.
    package var p5: Located<Int>?
    /// What became of the set that an earlier request of the same session wrote.
    package var earlierSet: Located<EarlierSet>?

    /// Creates an expectation.
    package init(svd: Located<Int>? = nil, p5: Located<Int>? = nil, earlierSet: Located<EarlierSet>? = nil) {
        self.svd = svd
        self.p5 = p5
        self.earlierSet = earlierSet
    }
}

/// What becomes of a session's earlier set when the session is asked for again.
package enum EarlierSet: String, Hashable, Sendable, CaseIterable {
    /// It is still there, row by row.
    case intact
    /// The new set stands in its place.
    case replaced
}

/// What some or all visitors see.
package struct VisitorExpectation: Hashable, Sendable {
    /// What they see.
    package let view: ExpectedView
    /// Whose view it is; `nil` means every selected session's.
    package let sessions: [SessionReference]?

    /// Creates an expectation.
    package init(view: ExpectedView, sessions: [SessionReference]?) {
        self.view = view
        self.sessions = sessions
    }
}

/// The two things a visitor can see.
package enum ExpectedView: String, Hashable, Sendable, CaseIterable {
    /// The first ten rows of `phase2_movies`, the same for everybody.
    case fallback
    /// The visitor's own recommendations.
    case recommendations
}
