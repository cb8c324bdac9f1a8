/// Puts each subject together with the wider ones that it belongs to.
///
/// A record of a wider subject (a revision beside its instances, a pod beside its containers) gets no verdict of its own:
/// what it says holds for the narrower ones. Lines that name nobody belong to the only named subject where there is just
/// one, and to one nameless subject of all files where there is none.
struct SubjectGrouping {
    /// The subjects that get a verdict.
    let cases: [SubjectCase]

    /// Groups the records of a collector.
    ///
    /// - Complexity: O(*n*) in the subjects, besides the sightings of each.
    init(_ collector: EvidenceCollector) {
        var records = Self.joined(collector.table.records.filter { !$0.isEmpty || $0.level != .file })
        let isNewestFirst = collector.isNewestFirst
        if records.isEmpty {
            var subject = Subject()
            subject.file = collector.files.first
            records = [SubjectRecord(subject, level: .file)]
        }
        var revisions: [String: SubjectRecord] = [:]
        var services: [String: SubjectRecord] = [:]
        var pods: [String: SubjectRecord] = [:]
        for record in records {
            switch record.level {
            case .revision: revisions[record.subject.revision ?? ""] = record
            case .service: services[record.subject.service ?? ""] = record
            case .pod: pods[Self.pod(record)] = record
            default: continue
            }
        }
        let narrow = records.filter { $0.level == .instance || $0.level == .container }
        let ofInstances = Set(narrow.compactMap(\.subject.revision))
        let serviceNames = Set(records.filter { $0.level != .service }.compactMap(\.subject.service))
        let ofContainers = Set(narrow.filter { $0.level == .container }.map(Self.pod))
        let hasPods = records.contains { $0.level == .pod || $0.level == .container }
        let judged = records.filter { record in
            switch record.level {
            case .revision: !ofInstances.contains(record.subject.revision ?? "")
            case .service: !serviceNames.contains(record.subject.service ?? "")
            case .pod: !ofContainers.contains(Self.pod(record))
            case .object: !hasPods
            default: true
            }
        }
        cases = judged.map { record in
            let contexts = [
                record.level == .instance ? record.subject.revision.flatMap { revisions[$0] } : nil,
                record.level == .instance || record.level == .revision
                    ? record.subject.service.flatMap { services[$0] } : nil,
                record.level == .container ? pods[Self.pod(record)] : nil,
            ]
            let others = record.subject.service.map { service in
                collector.revisions.filter { $0.service == service && $0.revision != record.subject.revision }
            }
            return SubjectCase(
                record: record,
                contexts: contexts.compactMap(\.self),
                otherRevisions: others ?? [],
                objects: record.subject.pod.map { Self.objects(of: $0, in: collector) } ?? [],
                isNewestFirst: isNewestFirst
            )
        }
    }

    private static func pod(_ record: SubjectRecord) -> String {
        "\(record.subject.namespace ?? "")/\(record.subject.pod ?? "")"
    }

    /// Joins the lines that name nobody.
    private static func joined(_ records: [SubjectRecord]) -> [SubjectRecord] {
        let named = records.filter { $0.level != .file }
        var nameless = records.filter { $0.level == .file }
        guard !nameless.isEmpty else { return named }
        let narrow = named.filter { $0.level == .instance || $0.level == .container }
        let only = narrow.count == 1 ? narrow[0] : named.count == 1 ? named[0] : nil
        if let only {
            var joined = only
            for record in nameless { joined.merge(record) }
            return named.map { $0.subject == only.subject ? joined : $0 }
        }
        guard named.isEmpty else { return records }
        var first = nameless.removeFirst()
        for record in nameless { first.merge(record) }
        return [first]
    }

    /// What concerns a pod among what was seen of other objects: its name, that of its owner, or a node's memory.
    private static func objects(of pod: String, in collector: EvidenceCollector) -> [Fact] {
        collector.objects.map(\.fact)
            .filter { fact in
                guard fact.kind == .scaledDown else { return fact.kind == .systemOutOfMemory }
                let text = fact.text
                if text.contains(pod) { return true }
                guard let range = text.ranges(of: "replica set ").first else { return false }
                let owner = text[range.upperBound...].prefix { !$0.isWhitespace }
                return pod.hasPrefix(owner + "-")
            }
    }
}

extension SubjectRecord {
    /// Whether nothing is stated of the subject.
    var isEmpty: Bool { tallies.isEmpty && requests.count == 0 && program.count == 0 }
}

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
