import Checks
import Domain
package import Goldens

/// What a run ranked otherwise than a golden, so that a person can look at it and accept it.
package struct GoldenDifferences: Sendable {
    /// The golden's path.
    package let path: String
    /// The comparison; each session once, by the first of its answers that differs.
    package let check: GoldenCheck
    /// The files that the rankings follow from.
    package let inputs: GoldenInputs
    /// The command line that finds the differences again.
    package let command: String

    /// What differs of the files that rankings follow from, one line for each.
    package var files: [String] { inputs.changes(from: check.golden.header) }

    /// Compares what a run showed with a golden.
    ///
    /// Only answers of the state that the golden is for are looked at: one of SVD alone has no more than a part of what a
    /// golden of both models holds. Fails where the target showed no whole rankings, or nothing of what it showed differs.
    ///
    /// - Parameters:
    ///   - golden: The golden.
    ///   - path: Its path.
    ///   - evidence: What was seen.
    ///   - command: The command line that finds the differences again.
    init?(from golden: GoldenRankings, at path: String, _ evidence: Evidence, foundBy command: String) {
        var compared: [SessionID: SessionDifference] = [:]
        var order: [SessionID] = []
        for session in evidence.shownRankings(in: golden.header.state) {
            if compared[session.id] == nil { order.append(session.id) }
            guard compared[session.id]?.isEqual ?? true else { continue }
            compared[session.id] = SessionDifference(of: session, from: golden)
        }
        var check = GoldenCheck(with: golden)
        for id in order { if let difference = compared[id] { check.add(difference.now) } }
        self.path = path
        self.check = check
        self.command = command
        inputs = GoldenInputs(
            bundle: evidence.fingerprints.isEmpty ? nil : GoldenFingerprints(files: evidence.fingerprints),
            catalogueSHA256: evidence.catalogueSHA256,
            sessionsSHA256: evidence.sessionsSHA256
        )
        guard check.compared > 0, !check.differences.isEmpty || !files.isEmpty else { return nil }
    }
}
