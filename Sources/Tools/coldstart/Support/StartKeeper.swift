import Capsules
import Reports
import StartupDiagnosis

/// Writes what plays a start of a diagnosis again: its scenario, its capsule, or both.
struct StartKeeper {
    /// Where the scenario goes; `nil` for nowhere.
    let scenario: String?
    /// Where the capsule goes; `nil` for nowhere.
    let capsule: String?
    /// The files that the scenario names.
    let files: ScenarioDraft.Files

    /// Writes the first start that failed or whose instance died, else the first that can be played.
    ///
    /// - Parameter diagnosis: The diagnosis.
    /// - Returns: Whether all that was asked for is written.
    /// - Throws: `ReportError` where a file cannot be written.
    func write(_ diagnosis: LogDiagnosis) throws(ReportError) -> Bool {
        guard scenario != nil || capsule != nil else { return true }
        guard let (finding, start) = choose(diagnosis) else {
            let reasons = diagnosis.findings.prefix(3)
                .compactMap { finding -> String? in
                    guard case .nothing(let reason) = finding.playable else { return nil }
                    return "\(finding.subject.text): \(reason)"
                }
            for (option, path) in [("--scenario", scenario), ("--capsule", capsule)] {
                guard let path else { continue }
                StandardError.say(
                    "\(option): no start in the input can be played again, and \(path) was not written; "
                        + reasons.joined(separator: "; ")
                )
            }
            return false
        }
        let draft = ScenarioDraft(start, of: finding.subject, files: files)
        if let scenario {
            try Self.create(scenario, draft.text)
            StandardError.say("\(scenario): the start of \(finding.subject.text); coldstart run \(scenario)")
        }
        if let capsule {
            let kept = Capsule(finding, start, draft: draft, files: diagnosis.files, toolVersion: Version.text)
            try Self.create(capsule, CapsuleFile.text(of: kept))
            StandardError.say("\(capsule): the start of \(finding.subject.text); coldstart replay \(capsule)")
        }
        return true
    }

    private func choose(_ diagnosis: LogDiagnosis) -> (LogDiagnosis.Finding, RecordedStart)? {
        var living: (LogDiagnosis.Finding, RecordedStart)?
        for finding in diagnosis.findings {
            guard let start = finding.playable.start else { continue }
            if start.hasDied { return (finding, start) }
            living = living ?? (finding, start)
        }
        return living
    }

    /// Creates a file, which must not be there.
    static func create(_ path: String, _ text: String) throws(ReportError) {
        let output = try OutputDescriptor(creating: path)
        try output.write(text)
        try output.finish()
    }
}
