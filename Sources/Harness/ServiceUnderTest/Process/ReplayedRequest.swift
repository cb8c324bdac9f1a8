import ContainerPlatform
import Domain

/// A request of the replay and what became of it so far.
struct ReplayedRequest {
    /// Where it stands.
    enum Stage: Hashable {
        /// Its moment has not come.
        case planned
        /// It waits for the instance.
        case queued
        /// The session's rows are read before it is sent.
        case reading
        /// The service has it.
        case sent
        /// It has its answer, and the session's rows are read again.
        case answered
        /// Nothing more is to come.
        case closed
    }

    /// Where it stands.
    var stage = Stage.planned
    /// The moment at which it arrived.
    var arrived = Duration.zero
    /// The moment at which it was sent.
    var sent: Duration?
    /// The moment of its answer.
    var ended = Duration.zero
    /// What the health said of the service when it was sent.
    var stateWhenSent: ServingState?
    /// The platform's or the harness's refusal, where there is no answer of the service.
    var refusal: (status: Int?, text: String)?
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
    /// The connection while the service has it.
    var exchange: Exchange?

    /// Whether it waits for the instance or is with it.
    var isOpen: Bool { stage == .queued || stage == .reading || stage == .sent }
}
