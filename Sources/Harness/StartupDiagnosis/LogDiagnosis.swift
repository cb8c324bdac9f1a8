package import Scenarios

/// Reads logs, events and statuses, and says of each instance, revision or container in them what became of it.
package struct LogDiagnosis: Sendable {
    /// The inputs by name.
    package let files: [String]
    /// How many entries were read.
    package let entries: Int
    /// What was not read, or not to its end.
    package let notes: [ReadingNote]
    /// The findings, in the order in which the input first names their subjects.
    package let findings: Findings

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
        findings = Findings(SubjectGrouping(collector))
    }

    /// One subject with its verdict.
    package struct Finding: Sendable {
        /// What became of it.
        package let verdict: Verdict
        private let subjectCase: SubjectCase

        /// Judges a subject.
        init(_ subjectCase: SubjectCase) {
            self.subjectCase = subjectCase
            verdict = VerdictRule.judge(subjectCase)
        }

        /// The subject.
        package var subject: Subject { subjectCase.namedSubject }
        /// The start as the log shows it.
        package var timeline: StartTimeline { subjectCase.timeline }
        /// What of the start can be played again.
        package var playable: PlayableStart { PlayableStart(subjectCase, verdict) }
    }

    /// The findings of all subjects, each made when it is asked for: of a million subjects one verdict is in memory.
    package struct Findings: RandomAccessCollection, Sendable {
        private let grouping: SubjectGrouping

        /// Looks at the subjects of a grouping.
        init(_ grouping: SubjectGrouping) {
            self.grouping = grouping
        }

        package var startIndex: Int { 0 }
        package var endIndex: Int { grouping.count }

        /// The finding of a subject.
        ///
        /// - Complexity: That of its rules; the finding is made anew each time.
        package subscript(index: Int) -> Finding { Finding(grouping.subjectCase(index)) }
    }
}
