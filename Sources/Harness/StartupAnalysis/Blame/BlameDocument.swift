import Reports

/// A start taken apart, as a JSON document.
///
/// | key | content |
/// |---|---|
/// | `schemaVersion` | 1 |
/// | `toolVersion` | the version of Coldstart |
/// | `scenario`, `strategy`, `outcome` | of the start |
/// | `speed` | how many seconds of the scenario passed in a real one; `null` for a simulated start |
/// | `spans` | `name`, `kind` (`stage`, `unfinished`, `waitsForRequest`), `from`, `to`, `cpu`, `withoutCPU` |
/// | `chains` | `moment`, `at`, and `links` from the last: `name`, `at`, `took` |
/// | `unattributed` | `from`, `to`, `place`, `mayBeLateness` (of a busy machine) of time that belongs to nothing and is longer than `tolerance` |
///
/// Times are seconds of the scenario from the start of the instance.
package struct BlameDocument: Codable, Hashable, Sendable {
    /// The version of the format.
    package let schemaVersion: Int
    package let toolVersion: String
    package let scenario: String
    package let strategy: String
    package let outcome: String
    package let speed: Double?
    package let spans: [StartSpan]
    package let chains: [CriticalChain]
    package let tolerance: Double
    package let unattributed: [StartBlame.Gap]

    /// The document of a start.
    package init(_ blame: StartBlame, toolVersion: String) {
        schemaVersion = 1
        self.toolVersion = toolVersion
        scenario = blame.report.name
        strategy = blame.report.setup.strategy
        outcome = blame.report.startup?.outcome ?? "undecided"
        speed = blame.report.process?.speed
        spans = blame.spans
        chains = CriticalChain.all(of: blame)
        tolerance = blame.tolerance
        unattributed = blame.gaps
    }

    /// The document as JSON.
    package var json: String { ReportEncoding.pretty(self) }
}
