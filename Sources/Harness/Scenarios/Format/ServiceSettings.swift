package import Domain

/// The service under test and how it behaves.
package struct ServiceSettings: Hashable, Sendable {
    /// The command that a real process is started with in place of the program's own service, word by word.
    package let command: [String]?
    /// When the service calls itself ready, and what it loads when.
    package let strategy: InitialisationStrategy
    /// The path of the model bundle's folder.
    package let bundle: Located<String>
    /// How P5 scores.
    package let p5: P5Settings
    /// What an SVD score is made of.
    package let scoreFormula: ScoreFormula
    /// The environment variables the service asks for.
    package let requiredEnvironment: [String]
    /// Those of the required variables that are not set.
    package let missingEnvironment: [String]
    /// What a lazy service does with the request that starts the loading of P5.
    package let lazyFirstRequest: LazyFirstRequest
    /// The virtual time that a request takes.
    package let servingTime: ServingTime
    /// What the service does when it is told to stop.
    package let terminationBehaviour: TerminationBehaviour
    /// The most sessions whose rankings the result cache keeps, 0 for no cache.
    package let cache: Int
    /// How often SVD rows are made for active sessions that have none, `nil` for never.
    package let precompute: Duration?
    /// Whether `/health` is not answered while a request is being served, as by a server of one thread.
    package let isHealthBusy: Bool
    /// Whether the service answers health checks of gRPC on its port, about the server as a whole.
    package let answersHealthChecks: Bool

    /// The variables that the deployed service asks for.
    package static let defaultRequiredEnvironment = ["SUPABASE_URL", "SUPABASE_SERVICE_KEY"]

    /// Creates settings; everything but the strategy and the bundle has the default of the file format.
    package init(
        strategy: InitialisationStrategy,
        bundle: Located<String>,
        p5: P5Settings = P5Settings(),
        scoreFormula: ScoreFormula = .factors,
        requiredEnvironment: [String] = ServiceSettings.defaultRequiredEnvironment,
        missingEnvironment: [String] = [],
        lazyFirstRequest: LazyFirstRequest = .answeredFromSVD,
        servingTime: ServingTime = ServingTime(),
        terminationBehaviour: TerminationBehaviour = .exits(after: .milliseconds(100)),
        command: [String]? = nil,
        cache: Int = 0,
        precompute: Duration? = nil,
        isHealthBusy: Bool = false,
        answersHealthChecks: Bool = false
    ) {
        self.command = command
        self.strategy = strategy
        self.bundle = bundle
        self.p5 = p5
        self.scoreFormula = scoreFormula
        self.requiredEnvironment = requiredEnvironment
        self.missingEnvironment = missingEnvironment
        self.lazyFirstRequest = lazyFirstRequest
        self.servingTime = servingTime
        self.terminationBehaviour = terminationBehaviour
        self.cache = cache
        self.precompute = precompute
        self.isHealthBusy = isHealthBusy
        self.answersHealthChecks = answersHealthChecks
    }
}

/// What a lazy service does with the request that starts the loading of P5.
package enum LazyFirstRequest: String, Hashable, Sendable, CaseIterable {
    /// The request is answered from SVD alone, and P5 is loaded behind it.
    case answeredFromSVD = "answered_from_svd"
    /// The request waits until P5 is loaded.
    case waits
}

/// The virtual time that a request takes, by the state in which it is answered.
package struct ServingTime: Hashable, Sendable {
    /// The time of an answer from SVD alone.
    package let svdOnly: Duration
    /// The time of an answer from both models.
    package let full: Duration
    /// The time of an answer whose rankings the result cache has.
    package let cached: Duration

    /// Creates serving times; the defaults are 50 ms, 2 s and 20 ms.
    package init(
        svdOnly: Duration = .milliseconds(50),
        full: Duration = .seconds(2),
        cached: Duration = .milliseconds(20)
    ) {
        self.svdOnly = svdOnly
        self.full = full
        self.cached = cached
    }
}

/// What the service does on SIGTERM.
package enum TerminationBehaviour: Hashable, Sendable {
    /// It exits by itself after this long.
    case exits(after: Duration)
    /// It carries on until SIGKILL.
    case ignored
}
