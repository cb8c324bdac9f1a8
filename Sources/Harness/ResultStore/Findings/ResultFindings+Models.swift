package import ModelChecks
import ModelComparison
package import Reports

extension ResultFindings {
    /// Takes what a comparison found of its new side: the metrics that compare both sides, and the means of the new one.
    ///
    /// - Complexity: O(metrics).
    package init(_ document: ComparisonDocument) {
        self.init(
            command: "compare",
            tool: document.toolVersion,
            fingerprints: Set(document.new.fingerprints.values),
            subject: "\(document.old.name) → \(document.new.name)",
            scope: [document.old, document.new].map { "\($0.name) \($0.fingerprints.values.sorted())" },
            units: document.sessionCounts.compared,
            exitCode: document.exitCode,
            seconds: document.old.seconds + document.new.seconds
        )
        for verdict in document.gate?.verdicts ?? [] {
            verdicts.append(
                Verdict(
                    subject: verdict.subject,
                    check: verdict.rule,
                    outcome: verdict.outcome == .noSamples ? "inconclusive" : verdict.outcome.rawValue,
                    message: verdict.finding
                )
            )
        }
        for row in document.metrics {
            guard let value = row.judged else { continue }
            // The interval of a mean of one side is not known: the row's is that of the difference.
            let interval = row.value == nil ? nil : row.interval.flatMap { $0.count == 2 ? $0 : nil }
            metrics.append(
                Metric(
                    subject: row.model.rawValue,
                    part: row.slice,
                    name: row.name,
                    value: value,
                    low: interval?[0],
                    high: interval?[1],
                    samples: row.sessions
                )
            )
        }
        add("seconds", of: "old", document.old.seconds, isCost: true)
        add("seconds", of: "new", document.new.seconds, isCost: true)
    }

    /// Takes what the checks of a bundle found.
    ///
    /// - Complexity: O(checks).
    package init(_ document: CheckDocument) {
        self.init(
            command: "check",
            tool: document.toolVersion,
            fingerprints: Set(document.fingerprints.values),
            subject: document.bundle,
            scope: [document.settings, "\(document.sessionsInFile) \(document.movies) \(document.limits)"]
                + document.checks.map(\.id),
            units: document.checks.count,
            exitCode: document.exitCode,
            seconds: document.checks.reduce(0) { $0 + $1.seconds }
        )
        for check in document.checks {
            let found = check.failures.first.map { "\(check.failedSessions.count) sessions failed: \($0.found)" }
            verdicts.append(
                Verdict(
                    subject: document.bundle,
                    check: check.id,
                    outcome: check.result,
                    message: found ?? check.reason ?? check.asserts
                )
            )
            add("failedSessions", of: check.id, Double(check.failedSessions.count), samples: check.sessions.count)
            add("swappedInTies", of: check.id, Double(check.swappedInTies), samples: check.comparisons)
            add("seconds", of: check.id, check.seconds, isCost: true)
        }
    }
}
