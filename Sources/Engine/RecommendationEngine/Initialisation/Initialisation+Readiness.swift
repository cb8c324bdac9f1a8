package import Domain

extension Initialisation {
    /// Whether the service accepts connections.
    ///
    /// The original loads before it listens. All other strategies listen right after the environment check. A service
    /// whose initialisation failed listens and says so.
    package var isListening: Bool {
        if failure != nil { return true }
        return strategy == .blocking ? isComplete : finished.contains(.environment)
    }

    /// What the service says of itself.
    package var health: HealthStatus {
        if let error = initialisationError { return .failed(reason: error) }
        if isComplete { return .readyFull }
        return isBasicallyReady ? .readyBasic : .booting
    }

    /// What the service can rank with.
    package var servingState: ServingState {
        guard finished.contains(.svd) else { return .nothing }
        return isComplete ? .full : .svdOnly
    }

    /// What happens to a request for recommendations that arrives now.
    package enum Admission: Hashable, Sendable {
        /// It is answered with what has loaded.
        case serve(ServingState)
        /// It is refused.
        case refuse(ServiceError)
        /// It waits until P5 has loaded or failed to.
        case wait
    }

    /// Decides about a request that arrives now; under `lazy` it lets P5 be loaded.
    package mutating func admit() -> Admission {
        guard health.isReady else {
            let isBooting = initialisationError == nil
            return .refuse(
                ServiceError(
                    status: 503,
                    detail: isBooting ? "warming up" : health.text,
                    retryAfter: isBooting && strategy != .blocking ? 1 : nil
                )
            )
        }
        if strategy == .lazy, servingState != .full, failure == nil {
            wantP5()
            if lazyFirstRequest == .waits { return .wait }
        }
        return .serve(servingState)
    }

    private var isComplete: Bool { finished.count == InitialisationStage.allCases.count }

    private var isBasicallyReady: Bool {
        switch strategy {
        case .blocking: isComplete
        case .progressive: finished.contains(.environment)
        case .gated, .lazy: finished.contains(.svd) && finished.contains(.datamaps)
        }
    }

    /// The failure where it keeps the service from serving at all.
    ///
    /// SVD goes on alone when only P5 cannot be loaded, unless the strategy promises more than that.
    private var initialisationError: String? {
        guard let failure else { return nil }
        let goesOnWithoutP5 =
            switch strategy {
            case .blocking: false
            case .progressive: failure.stage.belongsToP5 || failure.stage == .datamaps
            case .gated, .lazy: failure.stage.belongsToP5
            }
        return goesOnWithoutP5 ? nil : failure.reason
    }
}
