import Scenarios

/// What the process and the remote target need of the scenario.
extension Plan {
    /// What starts, probes and stops the service.
    var platform: PlatformConditions { scenario.platform }
    /// How the service behaves.
    var service: ServiceSettings { scenario.service }
    /// What must be seen of the run, but for each answer.
    var expectations: Expectations { scenario.expectations }
    /// What the service must do when it is told to end.
    var terminationExpectation: TerminationExpectation { scenario.terminationExpectation }
    /// The scenario's file, in whose folder its command is started.
    var file: String { scenario.source.file }
}
