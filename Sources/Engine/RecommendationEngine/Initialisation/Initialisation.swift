package import Domain

/// The service's initialisation as a state machine: fed with the ends of stages, it says what the service is.
///
/// A real service and a simulated one both use it; it reads no clock and loads nothing.
package struct Initialisation: Hashable, Sendable {
    /// When the service calls itself ready.
    package let strategy: InitialisationStrategy
    /// What the first request that wants P5 gets under the strategy `lazy`.
    package let lazyFirstRequest: LazyFirstRequest
    /// The stages that have finished.
    package private(set) var finished: Set<InitialisationStage> = []
    /// The stage that failed and why; initialisation ends there.
    package private(set) var failure: Failure?
    /// Whether a request has asked for P5, which only `lazy` waits for.
    package private(set) var isP5Wanted = false

    /// What the first request that wants P5 gets while P5 is not loaded.
    package enum LazyFirstRequest: Hashable, Sendable {
        /// The SVD model's recommendations at once.
        case answeredFromSVD
        /// An answer once P5 has loaded.
        case waits
    }

    /// A stage that could not be completed.
    package struct Failure: Hashable, Sendable {
        /// The stage.
        package let stage: InitialisationStage
        /// The reason in one line.
        package let reason: String
    }

    /// Creates the state before the first stage.
    package init(strategy: InitialisationStrategy, lazyFirstRequest: LazyFirstRequest = .answeredFromSVD) {
        self.strategy = strategy
        self.lazyFirstRequest = lazyFirstRequest
    }

    /// The stage to run now; `nil` when all have finished, one has failed, or P5 waits to be wanted.
    package var nextStage: InitialisationStage? {
        guard failure == nil, let stage = InitialisationStage.allCases.first(where: { !finished.contains($0) }) else {
            return nil
        }
        return strategy == .lazy && stage.belongsToP5 && !isP5Wanted ? nil : stage
    }

    /// Records that the stage that was due has finished.
    package mutating func finish(_ stage: InitialisationStage) {
        precondition(stage == nextStage, "\(stage) finished while \(String(describing: nextStage)) was due")
        finished.insert(stage)
    }

    /// Records that the stage that was due has failed.
    package mutating func fail(_ stage: InitialisationStage, reason: String) {
        precondition(stage == nextStage, "\(stage) failed while \(String(describing: nextStage)) was due")
        failure = Failure(stage: stage, reason: reason)
    }

    /// Records that a request wants P5, which lets `lazy` load it.
    package mutating func wantP5() {
        isP5Wanted = true
    }
}

extension InitialisationStage {
    /// Whether the stage serves P5 alone and is put off by the strategy `lazy`.
    package var belongsToP5: Bool { self == .tokenizer || self == .checkpoint }
}
