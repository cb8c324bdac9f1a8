import Checks
import Domain
import SafeText
import Scenarios
import SourcePlaces

/// How a person accepts what a scenario ranked otherwise than its goldens.
struct Acceptance {
    private let scenario: Scenario
    private let options: RunOptions
    private let evidence: Evidence
    /// The goldens that failed for nothing but what was ranked and from which files, in the order of the scenario.
    private let goldens: [(state: ServingState, path: Located<String>)]
    /// The checks whose failure a person may accept.
    private static let acceptable: Set<Substring> = ["svd", "p5", "display", "fingerprints", "inputs"]

    /// Looks for goldens that failed.
    ///
    /// Fails where none did, where a golden of other settings was named, or where a deployed service ranked, whose files
    /// are not at hand.
    init?(of evidence: Evidence, _ verdicts: [Verdict], in scenario: Scenario, _ options: RunOptions) {
        let failed = verdicts.filter { $0.subject == .rankings && $0.outcome == .failed }
        goldens = scenario.expectations.rankings
            .filter { _, golden in
                let own = failed.filter { $0.location == golden.location }
                return !own.isEmpty
                    && own.allSatisfy { Self.acceptable.contains($0.check.split(separator: ".").last ?? "") }
            }
            .map { (state: $0.key, path: $0.value) }
            .sorted {
                ($0.path.location.line, $0.path.location.column) < ($1.path.location.line, $1.path.location.column)
            }
        guard !goldens.isEmpty, !options.target.isRemote else { return nil }
        (self.scenario, self.options, self.evidence) = (scenario, options, evidence)
    }

    /// Keeps what differs beside the goldens where that may be written, and returns the command line that comes next.
    ///
    /// That is the review of what was kept. Where nothing could be kept, as where the target shows no whole rankings, it
    /// is the comparison of the bundle with the golden, which keeps it.
    ///
    /// - Parameter reproduction: The command line that runs the scenario again.
    /// - Returns: The command line.
    func command(foundBy reproduction: String) -> String {
        let reviews = goldens.compactMap { state, path -> String? in
            guard let keep = options.keepsDifferences, let golden = evidence.goldens[state],
                let differences = GoldenDifferences(from: golden, at: path.value, evidence, foundBy: reproduction)
            else { return nil }
            // What cannot be written is said by the command that is named in its place.
            return try? keep(differences)
        }
        return reviews.first ?? check
    }

    private var check: String {
        let command = ShellCommand([
            "coldstart", "golden", "check", "--golden", goldens[0].path.value, "--bundle",
            scenario.service.bundle.value, "--sessions", scenario.sessions.file.value, "--catalogue",
            scenario.catalogue.value,
        ])
        return (Reproduction.overrides(in: options.environment) + [command.description]).joined(separator: " ")
    }
}

extension RunTarget {
    /// Whether a deployed service is asked.
    fileprivate var isRemote: Bool {
        if case .remote = self { true } else { false }
    }
}
