/// Puts each subject together with the wider ones that it belongs to.
///
/// A record of a wider subject (a revision beside its instances, a pod beside its containers) gets no verdict of its own:
/// what it says holds for the narrower ones. Lines that name nobody belong to the only named subject where there is just
/// one, else to their file.
struct SubjectGrouping {
    /// The subjects that get a verdict.
    let cases: [SubjectCase]

    /// Groups the records of a collector.
    ///
    /// - Complexity: O(*n*) in the subjects.
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
        let rollouts = collector.rollouts.sightings
        cases = judged.map { record in
            let contexts = [
                record.level == .instance ? record.subject.revision.flatMap { revisions[$0] } : nil,
                record.level == .instance || record.level == .revision
                    ? record.subject.service.flatMap { services[$0] } : nil,
                record.level == .container ? pods[Self.pod(record)] : nil,
            ]
            return SubjectCase(
                record: record,
                contexts: contexts.compactMap(\.self),
                rollouts: rollouts,
                allObjects: collector.objects,
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
        if let only = narrow.count == 1 ? narrow[0] : named.count == 1 ? named[0] : nil {
            // A text whose sentences name another revision or service is about that one.
            let others = nameless.filter { $0.statesNames }
            var joined = only
            for record in nameless where !record.statesNames { joined.merge(record) }
            return named.map { $0.subject == only.subject ? joined : $0 } + others
        }
        // What queue-proxy prints is about the container beside it.
        if nameless.count == 2, let proxy = nameless.firstIndex(where: \.isOfQueueProxy) {
            nameless[1 - proxy].merge(nameless[proxy])
            nameless.remove(at: proxy)
        }
        return named + nameless
    }
}

extension SubjectRecord {
    /// Whether nothing is stated of the subject.
    var isEmpty: Bool { tallies.isEmpty && requests.count == 0 && program.count == 0 }

    /// Whether a deployment's sentences in it name a revision or a service.
    fileprivate var statesNames: Bool {
        let kinds: [FactKind] = [
            .deploying, .portMessage, .configuredProbeMessage, .imageMissing, .readyTrue, .readyFalse,
        ]
        return kinds.contains { self[$0] != nil }
    }

    /// Whether all of it was printed by queue-proxy.
    fileprivate var isOfQueueProxy: Bool {
        tallies.allSatisfy { $0.first.kind == .aggressiveProbe } && !tallies.isEmpty
    }
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
