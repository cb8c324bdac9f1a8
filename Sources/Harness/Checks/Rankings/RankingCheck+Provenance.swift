import Domain
import Goldens
import Scenarios

extension RankingCheck {
    /// Judges whether the golden was made from the files in use, under the settings in use.
    func provenance(_ golden: GoldenRankings, _ state: GoldenState, _ path: Located<String>) -> [Verdict] {
        settings(golden.header, state)
            .map { setting in
                let isSame = setting.made == setting.used
                return Verdict(
                    check: "rankings.\(state.rawValue).\(setting.name)",
                    subject: .rankings,
                    outcome: isSame ? .passed : .failed,
                    message: isSame
                        ? "the golden was made with \(setting.used)"
                        : "\(golden.file) was made with \(setting.made), the service runs with \(setting.used)",
                    location: path.location,
                    expected: setting.made,
                    actual: setting.used
                )
            } + [files(golden, state, path)]
            + [inputs(golden, state, path), caution(golden, state, path)].compactMap(\.self)
    }

    /// Repeats that no other program has checked the golden; `nil` where one made it.
    private func caution(_ golden: GoldenRankings, _ state: GoldenState, _ path: Located<String>) -> Verdict? {
        golden.caution.map { caution in
            Verdict(
                check: "rankings.\(state.rawValue).made_by",
                subject: .rankings,
                outcome: .passed,
                message: caution,
                location: path.location,
                details: [caution]
            )
        }
    }

    /// The settings that change rankings: what the golden was made with, and what the service runs with.
    private func settings(
        _ header: GoldenHeader,
        _ state: GoldenState
    ) -> [(name: String, made: String, used: String)] {
        let service = evidence.plan.service
        func wholeWord(_ isOn: Bool) -> String { "whole-word embeddings \(isOn ? "on" : "off")" }
        // What SVD ranks alone says nothing of P5; the SVD ranking of the full state is that of both states.
        let states = header.state == .svdOnly && state == .full
        return (states ? [("state", "SVD alone", "both models")] : []) + [
            ("whole_word", wholeWord(header.wholeWord), wholeWord(service.p5.usesWholeWords)),
            ("p5_mode", header.p5Conditions, service.p5.conditions),
            ("p5_scoring", "P5's scoring \(header.scoring.rawValue)", "P5's scoring \(service.p5.scoring.rawValue)"),
            ("svd_ranking", "SVD's ranking \(header.svdRanking)", "SVD's ranking \(service.scoreFormula.rawValue)"),
        ]
    }

    private func files(_ golden: GoldenRankings, _ state: GoldenState, _ path: Located<String>) -> Verdict {
        let mismatches = golden.header.mismatches(actual: evidence.fingerprints)
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
