import Reports

/// What a run of the linter found in all its files.
package struct LintReport: Sendable {
    /// A file that could not be read.
    package struct Unreadable: Hashable, Sendable, Encodable {
        /// The path.
        package let file: String
        /// Why.
        package let reason: String

        /// Creates an entry.
        package init(file: String, reason: String) {
            self.file = file
            self.reason = reason
        }
    }

    /// The files with what was found in them, in their order.
    package var results: [ConfigurationLint.Result]
    /// The files that could not be read.
    package var unreadable: [Unreadable] = []
    /// The files whose corrections were written, with the number of corrections.
    package var fixed: [String: Int] = [:]
    /// Whether warnings count as errors.
    package var isStrict = false
    /// The rules that nobody looked at, for a measured start was given that says nothing to them.
    package var unansweredRules: [MeasuredStart.UnansweredRule] = []

    /// Creates a report.
    package init(
        results: [ConfigurationLint.Result],
        unreadable: [Unreadable] = [],
        isStrict: Bool = false,
        measured: MeasuredStart? = nil
    ) {
        self.results = results
        unansweredRules = measured?.unanswered ?? []
        self.unreadable = unreadable
        self.isStrict = isStrict
    }

    /// All findings.
    package var findings: [LintFinding] { results.flatMap(\.findings) }

    /// How many workloads were looked at.
    package var workloads: Int { results.reduce(0) { $0 + $1.workloads } }

    /// The files in which nothing was found to look at.
    package var notLookedAt: [String] {
        results.filter { $0.workloads == 0 && $0.findings.isEmpty && !$0.isFollowed }.map(\.path)
    }

    /// The calls of modules that were not followed.
    package var notFollowed: [ConfigurationLint.NotFollowed] { results.flatMap(\.notFollowed) }

    /// Returns how many findings have a severity.
    package func count(_ severity: LintSeverity) -> Int { findings.count { $0.severity == severity } }

    /// The code to exit with: 3 where a file could not be read, 1 with an error (or a warning, where that counts), 7 where
    /// nothing was looked at, 0 otherwise.
    package var exitCode: Int32 {
        if !unreadable.isEmpty { return 3 }
        if count(.error) > 0 || isStrict && count(.warn) > 0 { return 1 }
        return workloads == 0 ? 7 : 0
    }
}
