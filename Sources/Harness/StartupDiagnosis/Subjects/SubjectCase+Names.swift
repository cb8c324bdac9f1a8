extension SubjectCase {
    /// The subject with the names that only sentences about it state.
    package var namedSubject: Subject {
        var subject = record.subject
        if subject.container == nil {
            subject.container = [.startupFailed, .livenessFailed, .startupPassed]
                .compactMap { record[$0] }.first.flatMap { ProbeSentence($0.last.text).container }
        }
        for kind in [.portMessage, .configuredProbeMessage, .imageMissing, .readyFalse, .readyTrue] as [FactKind]
        where subject.revision == nil && subject.instance == nil {
            guard let text = record[kind]?.last.text else { continue }
            subject.revision = text.firstMatch(of: /Revision '?([A-Za-z0-9][A-Za-z0-9-]*)/).map { String($0.1) }
        }
        if subject.service == nil, let text = record[.deploying]?.last.text {
            subject.service = text.firstMatch(of: /service \[([^\]]+)\]/).map { String($0.1) }
        }
        if subject.platform == nil, isCloudRun || has(.portMessage, .configuredProbeMessage, .deploying, .exited) {
            subject.platform = "cloud-run"
        }
        return subject
    }
}
