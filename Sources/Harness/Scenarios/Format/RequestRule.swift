package import Domain
package import SourcePlaces

/// One request to `/recommend`, or one for each of several sessions.
package struct RequestRule: Hashable, Sendable {
    /// When the first request arrives, from the start of the instance.
    package let at: Duration
    /// The sessions that are asked for.
    package let sessions: Located<RequestedSessions>
    /// The time between two requests of this rule.
    package let every: Duration
    /// How many movies of each model are saved (`topk_per_model`).
    package let topK: Int
    /// The phase of the study in the request.
    package let phase: Int
    /// What each answer must be.
    package let expectation: AnswerExpectation
    /// Where the rule is written.
    package let location: SourceLocation

    /// Creates a rule.
    package init(
        at: Duration,
        sessions: Located<RequestedSessions>,
        every: Duration = .zero,
        topK: Int = 10,
        phase: Int = 2,
        expectation: AnswerExpectation = AnswerExpectation(),
        location: SourceLocation
    ) {
        self.at = at
        self.sessions = sessions
        self.every = every
        self.topK = topK
        self.phase = phase
        self.expectation = expectation
        self.location = location
    }
}

/// The sessions that a request rule asks for.
package enum RequestedSessions: Hashable, Sendable {
    /// Every selected session in turn.
    case all
    /// These sessions in turn.
    case listed([SessionReference])
}

/// What one answer of `/recommend` must be.
///
/// `nil` stands for what does not matter.
package struct AnswerExpectation: Hashable, Sendable {
    /// The HTTP status.
    package let status: Located<Int>?
    /// What the instance could rank with when it took the request.
    package let state: Located<ServingState>?
    /// The SVD rows the answer says were saved.
    package let svdSaved: Located<Int>?
    /// The P5 rows the answer says were saved.
    package let p5Saved: Located<Int>?
    /// A text that the error message contains.
    package let error: Located<String>?
    /// The longest time from the arrival to the answer.
    package let within: Located<Duration>?

    /// Creates an expectation.
    package init(
        status: Located<Int>? = nil,
        state: Located<ServingState>? = nil,
        svdSaved: Located<Int>? = nil,
        p5Saved: Located<Int>? = nil,
        error: Located<String>? = nil,
        within: Located<Duration>? = nil
    ) {
        self.status = status
        self.state = state
        self.svdSaved = svdSaved
        self.p5Saved = p5Saved
        self.error = error
        self.within = within
    }
}
