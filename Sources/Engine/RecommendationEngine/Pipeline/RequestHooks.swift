package import Domain

/// A step of a request that goes to the database.
package enum StorageStep: Hashable, Sendable {
    /// Reading what the request is ranked from.
    case read
    /// Writing the rows.
    case write
}

/// What surrounds the steps of one request: its time, its processor cores, its faults, and what is counted of it.
///
/// A service, a simulation and a prediction differ in these alone; the steps are ``RecommendationPipeline``'s.
package protocol RequestHooks: Sendable {
    /// The model that begins the display list; asked once, when the rankings are there.
    func displayStart() -> Model

    /// Takes a step in the database.
    func storage<Value>(_ step: StorageStep, _ work: () async throws -> Value) async throws -> Value

    /// Takes the way to the rankings, whether they are computed or known from before.
    func ranking(
        in state: ServingState,
        _ work: () async throws -> RecommendationPipeline.Ranked
    ) async throws -> RecommendationPipeline.Ranked

    /// Computes rankings, given the number of threads that they may use.
    func computing(
        in state: ServingState,
        _ work: @escaping @Sendable (_ threads: Int) throws -> Recommender.Rankings
    ) async throws -> Recommender.Rankings

    /// Returns the models that rank: those that have loaded, or the same with a fault in them.
    func recommender(_ loaded: Recommender) -> Recommender

    /// Learns whether the result cache had the rankings.
    func lookedUp(hit: Bool)
}

extension RequestHooks {
    package func storage<Value>(_ step: StorageStep, _ work: () async throws -> Value) async throws -> Value {
        try await work()
    }

    package func ranking(
        in state: ServingState,
        _ work: () async throws -> RecommendationPipeline.Ranked
    ) async throws -> RecommendationPipeline.Ranked {
        try await work()
    }

    package func computing(
        in state: ServingState,
        _ work: @escaping @Sendable (_ threads: Int) throws -> Recommender.Rankings
    ) async throws -> Recommender.Rankings {
        try work(1)
    }

    package func recommender(_ loaded: Recommender) -> Recommender { loaded }

    package func lookedUp(hit: Bool) {}
}

/// A request that nothing surrounds.
package struct PlainRequest: RequestHooks {
    private let start: Model

    /// Creates hooks that state the model which begins the display list, and nothing else.
    package init(startingWith start: Model) {
        self.start = start
    }

    package func displayStart() -> Model { start }
}
