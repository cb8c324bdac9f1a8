import Goldens
import Scenarios

extension RankingCheck {
    /// Judges whether the golden was made from the files in use, under the setting in use.
    func provenance(_ golden: GoldenRankings, _ state: GoldenState, _ path: Located<String>) -> [Verdict] {
        [setting(golden, state, path), mode(golden, state, path), files(golden, state, path)]
            + [inputs(golden, state, path)].compactMap(\.self)
    }

    private func setting(_ golden: GoldenRankings, _ state: GoldenState, _ path: Located<String>) -> Verdict {
        func text(_ isOn: Bool) -> String { "whole-word embeddings \(isOn ? "on" : "off")" }
        let used = evidence.plan.scenario.service.wholeWordEmbeddings
        let isSame = golden.header.wholeWord == used
        return Verdict(
            check: "rankings.\(state.rawValue).whole_word",
            subject: .rankings,
            outcome: isSame ? .passed : .failed,
            message: isSame
                ? "the golden was made with \(text(used))"
                : "\(golden.file) was made with \(text(golden.header.wholeWord)), the service runs with \(text(used))",
            location: path.location,
            expected: text(golden.header.wholeWord),
            actual: text(used)
        )
    }

    private func mode(_ golden: GoldenRankings, _ state: GoldenState, _ path: Located<String>) -> Verdict {
        let made = golden.header.mode
        let used = evidence.plan.scenario.service.p5.label
        return Verdict(
            check: "rankings.\(state.rawValue).p5_mode",
            subject: .rankings,
            outcome: made == used ? .passed : .failed,
            message: made == used
                ? "the golden was made with P5's mode \(used)"
                : "\(golden.file) was made with P5's mode \(made), the service runs with \(used)",
            location: path.location,
            expected: made,
            actual: used
        )
    }

    private func files(_ golden: GoldenRankings, _ state: GoldenState, _ path: Located<String>) -> Verdict {
        let mismatches = golden.header.fingerprints.mismatches(actual: evidence.fingerprints)
        let isUnknown = evidence.fingerprints.isEmpty
        let message =
            isUnknown
            ? "the target does not show its model files, so they cannot be the golden's for certain"
            : mismatches.first.map { "the bundle is not the one of \(golden.file): \($0)" }
                ?? "the \(evidence.fingerprints.count) model files are those of the golden"
        return Verdict(
            check: "rankings.\(state.rawValue).fingerprints",
            subject: .rankings,
            outcome: isUnknown ? .inconclusive : mismatches.isEmpty ? .passed : .failed,
            message: message,
            location: path.location,
            expected: mismatches.first.map { "\($0.path) \($0.expected ?? "absent")" },
            actual: mismatches.first.map { "\($0.path) \($0.actual ?? "absent")" },
            details: mismatches.dropFirst().map(\.description)
        )
    }

    private func inputs(_ golden: GoldenRankings, _ state: GoldenState, _ path: Located<String>) -> Verdict? {
        let digests = [
            ("the sessions file", golden.header.sessionsSHA256, evidence.sessionsSHA256),
            ("the catalogue", golden.header.catalogueSHA256, evidence.catalogueSHA256),
        ]
        let known = digests.compactMap { name, expected, actual in actual.map { (name, expected, $0.lowercased()) } }
        guard !known.isEmpty else { return nil }
        let stale = known.filter { $0.1 != $0.2 }
        return Verdict(
            check: "rankings.\(state.rawValue).inputs",
            subject: .rankings,
            outcome: stale.isEmpty ? .passed : .failed,
            message: stale.isEmpty
                ? "\(known.map(\.0).joined(separator: " and ")) are those of the golden"
                : "\(stale.map(\.0).joined(separator: " and ")) changed since \(golden.file) was written",
            location: path.location,
            expected: stale.first.map { "SHA-256 \($0.1)" },
            actual: stale.first.map { "SHA-256 \($0.2)" }
        )
    }
}
