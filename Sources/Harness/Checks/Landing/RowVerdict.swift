/// What became of one row; a row has the first of these verdicts that fits.
package enum RowVerdict: String, Hashable, Sendable, Codable, CaseIterable {
    /// It is there as expected, and was there when its answer had come.
    case landed
    /// It was expected and is not there, nor was it at the end of the wait.
    case lost
    /// It is there a second time: another row of the same session, phase, model and movie is the expected one.
    case duplicate
    /// It is there as expected, and the first look after its answer did not see it; a later one within the wait did.
    case late
    /// It is there and nobody expected it, nor is it of an earlier set.
    case phantom
    /// It is there with another rank or display order.
    case reordered
    /// It is there with another score.
    case wrongScore = "wrong_score"
    /// It is not what the last set has, and was there before that was written, as its id and time of creation tell; or
    /// it was written anew with the rank and score that an earlier set rightly had, as an older model's or a cache's.
    case staleModel = "stale_model"
    /// It is there as expected, and the visitors' role does not see it.
    case invisible
    /// It is there, whole with its set, although no answer promised it: the connection was cut, or the service killed,
    /// while the request was under way. The earlier set would have been right as well.
    case inFlight = "in_flight"

    /// Whether a row with this verdict is not what it should be.
    package var isFailure: Bool {
        switch self {
        case .landed, .late, .inFlight: false
        case .lost, .duplicate, .phantom, .reordered, .wrongScore, .staleModel, .invisible: true
        }
    }
}
