import Domain
import SafeText
package import StartupDiagnosis

extension Capsule {
    /// Keeps a start that a log shows.
    ///
    /// - Parameters:
    ///   - finding: The subject with its verdict.
    ///   - start: What of it can be played.
    ///   - draft: The scenario that plays it.
    ///   - files: The names of the files that were read.
    ///   - toolVersion: The version of Coldstart.
    package init(
        _ finding: LogDiagnosis.Finding,
        _ start: RecordedStart,
        draft: ScenarioDraft,
        files: [String],
        toolVersion: String
    ) {
        let lines = finding.verdict.evidence + finding.timeline.evidence
        var seen: Set<Evidence> = []
        let trace = lines.filter { seen.insert($0).inserted }
            .map { line in
                TraceLine(
                    // A log may quote an address with its password.
                    text: AddressText(line.text).redaction.removed(from: line.text),
                    place: "\(files[line.place.file]):\(line.place.line):\(line.place.column)"
                )
            }
        self.init(
            toolVersion: toolVersion,
            origin: .log,
            subject: "\(finding.subject.text): \(finding.verdict.word.rawValue)",
            scenario: draft.text,
            seed: 1,
            trace: trace,
            start: nil,
            answers: start.requests.enumerated()
                .map { index, request in
                    CapsuleAnswer(
                        request: index + 1,
                        arrivedAt: request.arrived,
                        finishedAt: request.finished,
                        status: request.status == 0 ? nil : request.status
                    )
                },
            rows: nil,
            unknown: draft.missing + ["which rankings were made, and which rows were written"]
        )
    }
}
