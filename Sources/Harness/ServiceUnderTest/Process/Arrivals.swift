import ContainerPlatform
import Scenarios

/// The requests and ratings of a plan whose moments have not come.
struct Arrivals {
    private let plan: Plan
    private var nextRequest = 0
    private var nextRating = 0
    /// How many ratings are being written.
    private var openRatings = 0

    /// Creates the arrivals of a plan before the first.
    init(_ plan: Plan) { self.plan = plan }

    /// The moment of the next request or rating.
    var due: Duration {
        min(
            nextRequest < plan.requests.count ? plan.requests[nextRequest].at : .never,
            nextRating < plan.ratings.count ? plan.ratings[nextRating].at : .never
        )
    }

    /// Whether a rating is being written, which the next requests wait for.
    var isRating: Bool { openRatings > 0 }

    /// How many ratings are not in the database.
    var outstandingRatings: Int { plan.ratings.count - nextRating + openRatings }

    /// Returns the place of the next request whose moment has come.
    mutating func takeRequest(at now: Duration) -> Int? {
        guard nextRequest < plan.requests.count, plan.requests[nextRequest].at <= now else { return nil }
        nextRequest += 1
        return nextRequest - 1
    }

    /// Returns the next rating whose moment has come; it is being written until ``rated()``.
    mutating func takeRating(at now: Duration) -> PlannedRating? {
        guard nextRating < plan.ratings.count, plan.ratings[nextRating].at <= now else { return nil }
        nextRating += 1
        openRatings += 1
        return plan.ratings[nextRating - 1]
    }

    /// A rating is in the database.
    mutating func rated() { openRatings -= 1 }
}
