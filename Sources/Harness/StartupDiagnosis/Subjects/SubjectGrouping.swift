/// Puts each subject together with the wider ones that it belongs to.
///
/// A record of a wider subject (a revision beside its instances, a pod beside its containers) gets no verdict of its own:
/// what it says holds for the narrower ones. Lines that name nobody belong to the only named subject where there is just
/// one, else to their file.
struct SubjectGrouping: Sendable {
    private let records: [SubjectRecord]
    /// The records that get a verdict, by their numbers.
    private let judged: [Int]
    private let wider: WiderSubjects
    private let rollouts: [String: [RolloutHistory.Sighting]]
    private let objects: [Fact]
    private let isNewestFirst: [Bool]

    /// Groups the records of a collector.
    ///
    /// - Complexity: O(*n*) in the subjects.
    init(_ collector: EvidenceCollector) {
        isNewestFirst = collector.directions.isNewestFirst(of: collector.files.count)
        objects = collector.objects
        rollouts = collector.rollouts.sightings
        var records = Self.joined(collector.table.records)
        if records.isEmpty {
            var subject = Subject()
            subject.file = collector.files.first
            records = [SubjectRecord(subject, level: .file)]
        }
        self.records = records
        wider = WiderSubjects(records)
        let narrow = records.lazy.filter { $0.level == .instance || $0.level == .container }
        let ofInstances = Set(narrow.compactMap(\.subject.revision))
        let serviceNames = Set(records.lazy.filter { $0.level != .service }.compactMap(\.subject.service))
        let ofContainers = Set(narrow.lazy.filter { $0.level == .container }.map(WiderSubjects.pod))
        let ofTasks = Set(records.lazy.filter { $0.subject.task != nil }.compactMap(WiderSubjects.execution))
        let hasPods = records.contains { $0.level == .pod || $0.level == .container }
        judged = records.indices.filter { index in
            let record = records[index]
            return switch record.level {
            case .revision: !ofInstances.contains(record.subject.revision ?? "")
            case .service: !serviceNames.contains(record.subject.service ?? "")
            case .pod: !ofContainers.contains(WiderSubjects.pod(record))
            case .job: record.subject.task != nil || !ofTasks.contains(WiderSubjects.execution(record) ?? "")
            case .object: !hasPods
            default: true
            }
        }
    }

    /// How many subjects get a verdict.
    var count: Int { judged.count }

    /// One of the subjects with everything around it.
    func subjectCase(_ index: Int) -> SubjectCase {
        let record = records[judged[index]]
        return SubjectCase(
            record: record,
            contexts: wider.around(record).map { records[$0] },
            rollouts: rollouts,
            allObjects: objects,
            isNewestFirst: isNewestFirst
        )
    }

    /// Joins the lines that name nobody.
    private static func joined(_ records: [SubjectRecord]) -> [SubjectRecord] {
        guard records.contains(where: { $0.level == .file }) else { return records }
        let named = records.filter { $0.level != .file }
        var nameless = records.filter { $0.level == .file && !$0.isEmpty }
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

/// The revisions, services and pods that narrower subjects belong to, by the numbers of their records.
private struct WiderSubjects: Sendable {
    private var revisions: [String: Int] = [:]
    private var services: [String: Int] = [:]
    private var pods: [String: Int] = [:]
    private var executions: [String: Int] = [:]

    init(_ records: [SubjectRecord]) {
        for (index, record) in records.enumerated() {
            switch record.level {
            case .revision: revisions[record.subject.revision ?? ""] = index
            case .service: services[record.subject.service ?? ""] = index
            case .pod: pods[Self.pod(record)] = index
            case .job:
                if record.subject.task == nil, let name = Self.execution(record) { executions[name] = index }
            default: continue
            }
        }
    }

    /// What a record belongs to, the narrowest first.
    func around(_ record: SubjectRecord) -> [Int] {
        let names = record.subject
        let found = [
            record.level == .instance ? names.revision.flatMap { revisions[$0] } : nil,
            record.level == .instance || record.level == .revision ? names.service.flatMap { services[$0] } : nil,
            record.level == .container ? pods[Self.pod(record)] : nil,
            record.subject.task != nil ? Self.execution(record).flatMap { executions[$0] } : nil,
        ]
        return found.compactMap(\.self)
    }

    /// The execution of a job's task.
    static func execution(_ record: SubjectRecord) -> String? {
        guard let job = record.subject.job, let execution = record.subject.execution else { return nil }
        return "\(job)/\(execution)"
    }

    /// The name of a pod in its namespace.
    static func pod(_ record: SubjectRecord) -> String {
        "\(record.subject.namespace ?? "")/\(record.subject.pod ?? "")"
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
