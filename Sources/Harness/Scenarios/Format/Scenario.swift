package import SourcePlaces

/// One scenario: a service under stated conditions, the requests it gets, and what must come of it.
///
/// The file format is documented in `scenarios/README.md`. All paths are resolved against the scenario's own folder.
package struct Scenario: Hashable, Sendable {
    /// The unique name: lower-case letters, digits and hyphens.
    package let name: Located<String>
    /// One sentence that says what a reader learns from this scenario.
    package let teaches: String
    /// The defect that the expectations describe on purpose; `nil` where they describe good behaviour.
    package let showsDefect: String?
    /// Words by which scenarios are chosen.
    package let tags: [String]
    /// The seed of everything random in the run.
    package let seed: UInt64
    /// What the container platform gives and asks.
    package let platform: PlatformConditions
    /// The service under test.
    package let service: ServiceSettings
    /// How long each stage of initialisation takes.
    package let stages: StageTimings
    /// What goes wrong, in the order written.
    package let faults: [Located<Fault>]
    /// The recorded sessions that are replayed.
    package let sessions: SessionSource
    /// The path of the catalogue of movies.
    package let catalogue: Located<String>
    /// The requests to `/recommend`, in the order written.
    package let requests: [RequestRule]
    /// The ratings that visitors give meanwhile, in the order written.
    package let ratings: [NewRating]
    /// What must be observed.
    package let expectations: Expectations
    /// The file that holds the scenario, with the place where its content begins.
    package let source: SourceLocation

    /// Creates a scenario.
    package init(
        name: Located<String>,
        teaches: String,
        showsDefect: String? = nil,
        tags: [String] = [],
        seed: UInt64 = 1,
        platform: PlatformConditions,
        service: ServiceSettings,
        stages: StageTimings,
        faults: [Located<Fault>] = [],
        sessions: SessionSource,
        catalogue: Located<String>,
        requests: [RequestRule] = [],
        ratings: [NewRating] = [],
        expectations: Expectations,
        source: SourceLocation
    ) {
        self.name = name
        self.teaches = teaches
        self.showsDefect = showsDefect
        self.tags = tags
        self.seed = seed
        self.platform = platform
        self.service = service
        self.stages = stages
        self.faults = faults
        self.sessions = sessions
        self.catalogue = catalogue
        self.requests = requests
        self.ratings = ratings
        self.expectations = expectations
        self.source = source
    }
}
