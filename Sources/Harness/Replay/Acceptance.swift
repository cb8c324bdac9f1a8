import Checks
import Domain
import SafeText
import Scenarios

/// The command line that compares the bundle with the golden that a scenario failed against, and keeps what differs for a
/// person to accept.
struct Acceptance: Hashable, Sendable {
    /// The line; `nil` where no golden failed, where a golden of other settings was named, or where a deployed service
    /// ranked, whose files are not at hand.
    let text: String?
    /// The checks whose failure a person may accept: what was ranked, and from which files.
    private static let acceptable: Set<Substring> = ["svd", "p5", "display", "fingerprints", "inputs"]

    /// Creates the line.
    init(of scenario: Scenario, _ options: RunOptions, verdicts: [Verdict]) {
        let failed = verdicts.filter { $0.subject == .rankings && $0.outcome == .failed }
        let golden = scenario.expectations.rankings.values
            .filter { golden in
                let own = failed.filter { $0.location == golden.location }
                return !own.isEmpty
                    && own.allSatisfy { Self.acceptable.contains($0.check.split(separator: ".").last ?? "") }
            }
            .min { ($0.location.line, $0.location.column) < ($1.location.line, $1.location.column) }
        guard let golden, !options.target.isRemote else {
            text = nil
            return
        }
        let command = ShellCommand([
            "coldstart", "golden", "check", "--golden", golden.value, "--bundle", scenario.service.bundle.value,
            "--sessions", scenario.sessions.file.value, "--catalogue", scenario.catalogue.value,
        ])
        text = (Reproduction.overrides(in: options.environment) + [command.description]).joined(separator: " ")
    }
}

extension RunTarget {
    /// Whether a deployed service is asked.
    fileprivate var isRemote: Bool {
        if case .remote = self { true } else { false }
    }
}
