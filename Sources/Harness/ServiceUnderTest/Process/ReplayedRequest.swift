import ContainerPlatform
import Domain

/// What was seen of a request, beside what became of it.
struct ReplayedRequest {
    /// What the health said of the service when it was sent.
    var stateWhenSent: ServingState?
    /// The service's answer.
    var answer: HTTPAnswer? {
        didSet { body = answer.flatMap { $0.status == 200 ? AnswerBody($0.body) : nil } }
    }
    /// What a successful answer says; `nil` where there is none.
    private(set) var body: AnswerBody?
    /// What else there is to say.
    var notes: [String] = []
    /// The session's rows before it was sent.
    var rowsBefore: [StoredRecommendation] = []
    /// The session's rows after its answer.
    var rowsAfter: [StoredRecommendation] = []

    /// What the service could rank with when it took the request, as far as it can be known.
    var state: ServingState? {
        guard let answer else { return stateWhenSent }
        // A service that refuses because it does not serve has not taken the request.
        guard answer.status != 503 else { return nil }
        if let stated = ServiceAnswer.state(answer) { return stated }
        guard let body else { return stateWhenSent }
        if body.p5TopSaved ?? 0 > 0 { return .full }
        guard body.p5TopSaved != nil, let svd = body.svdTopSaved else { return stateWhenSent }
        return svd > 0 ? .svdOnly : .nothing
    }

    /// The outcome that a successful answer is.
    ///
    /// - Parameter body: The answer's body.
    /// - Returns: Its state, and by its own figures what it is worth.
    func outcome(_ body: AnswerBody) -> RequestOutcome {
        var state = RequestState(state ?? .nothing)
        state.quality = body.p5TopSaved ?? 0 > 0 ? .full : body.svdTopSaved ?? 0 > 0 ? .partial : .none
        return .served(state)
    }
}
