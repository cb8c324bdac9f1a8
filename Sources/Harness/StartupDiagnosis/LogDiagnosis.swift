package import Scenarios

/// Reads logs, events and statuses, and says of each instance, revision or container in them what became of it.
package struct LogDiagnosis: Sendable {
    /// One subject with its verdict.
    package struct Finding: Sendable {
        /// The subject.
        package let subject: Subject
        /// What became of it.
        package let verdict: Verdict
        /// The start as the log shows it.
        package let timeline: StartTimeline
        /// What of the start can be played again, `nil` where no probe decided it.
        package let start: RecordedStart?
    }

    /// The inputs by name.
    package let files: [String]
    /// How many entries were read.
    package let entries: Int
    /// What was not read, or not to its end.
    package let notes: [ReadingNote]
    /// The findings, in the order in which the input first names their subjects.
    package let findings: [Finding]

    /// Reads inputs to their ends.
    ///
    /// - Parameters:
    ///   - paths: The files, `-` for standard input.
    ///   - patterns: How the program's lines show its stages.
    /// - Throws: `ScenarioError` for a file that cannot be read or is no text.
    /// - Complexity: O(*n*) in the bytes; memory grows with the number of subjects alone.
    package init(_ paths: [String], patterns: StagePatterns = StagePatterns()) throws(ScenarioError) {
        var collector = EvidenceCollector(patterns: patterns)
        var notes: [ReadingNote] = []
        collector.files = paths.map { $0 == InputFile.standardInput ? "standard input" : $0 }
        for (number, path) in paths.enumerated() {
            collector.file = number
            var reader = InputReader(path, name: collector.files[number])
            try reader.read(into: &collector)
            notes += reader.notes
        }
        files = collector.files
        entries = collector.order
        self.notes = notes
        findings = SubjectGrouping(collector).cases
            .map { subject in
                let verdict = VerdictRule.judge(subject)
                return Finding(
                    subject: subject.namedSubject,
                    verdict: verdict,
                    timeline: subject.timeline,
                    start: RecordedStart(subject, verdict: verdict.word)
                )
            }
    }
}
