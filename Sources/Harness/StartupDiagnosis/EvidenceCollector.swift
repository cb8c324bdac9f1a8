import Domain

/// Takes the entries of all inputs in any order, and keeps for each subject what the rules want to know.
///
/// Nothing is sorted: of each kind of fact the first and the last by time are kept, so that it does not matter whether a
/// log is written newest or oldest first, and memory does not grow with its length.
struct EvidenceCollector {
    /// The most facts about objects that are kept.
    private static let objectLimit = 4096

    /// The records of all subjects.
    private(set) var table = SubjectTable()
    /// What was seen of revisions that started or became ready.
    private(set) var rollouts = RolloutHistory()
    /// What was seen of objects that own pods, and of nodes.
    private(set) var objects: [Fact] = []
    /// How many entries were taken.
    private(set) var order = 0
    /// The number of the input that is read.
    var file = 0 {
        didSet { lastTime = nil }
    }
    /// The names of the inputs.
    var files: [String] = []

    /// By file: how often an entry is later than the one before it, less how often it is earlier.
    private var directions: [Int] = []
    private var lastTime: Timestamp?
    private let patterns: StagePatterns
    private let rules = TextRule.all
    private let matcher: LiteralMatcher
    private var hits: [LiteralMatcher.Hit] = []

    /// Creates a collector without entries.
    init(patterns: StagePatterns) {
        self.patterns = patterns
        matcher = LiteralMatcher(TextRule.all.map(\.fragment) + StagePatterns.literals)
    }

    /// Takes an entry.
    mutating func take(_ entry: LogEntry) {
        order += 1
        noteDirection(entry.time)
        let index = index(of: entry.names)
        if table.records[index].typeSource == nil, !entry.names.resourceType.isEmpty { noteType(entry, index) }
        if let request = entry.request { table.update(index) { $0.requests.add(request, at: entry.time) } }
        if !entry.method.isEmpty { takeAudit(entry, index) }
        guard !entry.text.isEmpty else { return }
        take(entry.text, entry, index)
    }

    /// Takes a text about a subject of a structured source.
    mutating func take(_ text: KeptText, about subject: Subject, at time: Timestamp?) {
        order += 1
        let index = index(of: subject)
        var entry = LogEntry()
        entry.origin = .platform
        entry.time = time
        text.withPlaced { placed in
            entry.text = placed
            take(placed, entry, index)
        }
    }

    /// Takes a fact of a structured source.
    mutating func note(
        _ kind: FactKind,
        _ source: KeptText,
        about subject: Subject,
        at time: Timestamp? = nil,
        name: String? = nil,
        number: Int? = nil,
        mark: StaticString? = nil
    ) {
        order += 1
        let index = index(of: subject)
        add(fact(kind, source, time, name: name, number: number, mark: mark), to: index)
    }

    /// The name of the input that is read.
    private var fileName: String? { files.indices.contains(file) ? files[file] : nil }

    /// By file: whether it is written newest first.
    var isNewestFirst: [Bool] { files.indices.map { directions.indices.contains($0) && directions[$0] < 0 } }

    private mutating func noteDirection(_ time: Timestamp?) {
        guard let time else { return }
        defer { lastTime = time }
        guard let lastTime, lastTime != time else { return }
        while directions.count <= file { directions.append(0) }
        directions[file] += lastTime < time ? 1 : -1
    }

    private func fact(
        _ kind: FactKind,
        _ source: KeptText,
        _ time: Timestamp?,
        name: String? = nil,
        number: Int? = nil,
        mark: StaticString?
    ) -> Fact {
        Fact(
            kind: kind,
            time: time,
            order: order,
            source: source,
            mark: mark.map { StaticMark(text: $0) },
            name: name,
            number: number
        )
    }

    private mutating func take(_ text: PlacedText, _ entry: LogEntry, _ index: Int) {
        hits.removeAll(keepingCapacity: true)
        // Behind the sentence with which a line of the system log begins nothing else is said.
        let isSentence = entry.origin == .platform
        matcher.find(in: text.bytes, into: &hits) { hit in
            isSentence && hit.offset == 0 && hit.index < rules.count && rules[hit.index].position == .start
        }
        var isPlatform = false
        var mayMarkStage = patterns.hasNamed || !entry.stage.isEmpty
        for hit in hits {
            guard hit.index < rules.count else {
                mayMarkStage = true
                continue
            }
            let rule = rules[hit.index]
            guard rule.allows(entry.origin), rule.position == .anywhere || hit.offset == 0 else { continue }
            if let other = rule.requires, text.bytes.firstOffset(of: other) == nil { continue }
            // Of one line a kind is one fact, however many texts say it.
            let isKnown = table.lastOrder(of: rule.kind, at: index) == order
            if isKnown, rule.kind != .execFailedWithoutCause { continue }
            let kept = KeptText(text, around: hit.offset, in: file)
            add(fact(rule.kind, kept, entry.time, number: entry.port, mark: rule.mark), to: index)
            isPlatform = isPlatform || rule.author == .platform
        }
        guard !isPlatform, entry.origin == .program || entry.origin == .unknown else { return }
        table.update(index) { $0.program.count(at: entry.time) }
        if mayMarkStage { takeStage(text, entry, index) }
    }

    private mutating func takeStage(_ text: PlacedText, _ entry: LogEntry, _ index: Int) {
        let line = text.string
        let stated: (name: String, edge: StageMark.Edge, words: String)? =
            entry.stage.isEmpty
            ? patterns.stage(in: line)
            : (
                String(decoding: entry.stage, as: UTF8.self),
                .ends(seconds: entry.milliseconds.map { Double($0) / 1000 }), ""
            )
        guard let stated else { return }
        let kept = KeptText(text, around: 0, in: file)
        let mark = StageMark(
            stage: stated.name,
            edge: stated.edge,
            time: entry.time,
            source: kept,
            place: kept.place(ofText: stated.words)
        )
        table.update(index) { $0.program.add(mark) }
    }

    private mutating func add(_ fact: Fact, to index: Int) {
        table.update(index) { $0.add(fact) }
        switch fact.kind {
        case .instanceStarting, .startupPassed, .readyTrue:
            guard let service = table.records[index].subject.service else { return }
            rollouts.note(fact, of: table.records[index].subject.revision ?? "", in: service)
        case .scaledDown, .systemOutOfMemory:
            if objects.count < Self.objectLimit { objects.append(fact) }
        default: return
        }
    }

    /// Reads what an owner did from the method and the payload of an audit entry.
    private mutating func takeAudit(_ entry: LogEntry, _ index: Int) {
        let zero = entry.payload.offsetOfZeroInstances
        let method = String(decoding: entry.method, as: UTF8.self)
        let verb = method.split(separator: ".").last.map(String.init) ?? ""
        let kind: FactKind
        if zero != nil {
            kind = .scaledToZero
        } else if verb.hasPrefix("Delete") {
            kind = .deletedByOwner
        } else if ["Update", "Replace", "Create", "Patch", "Stop"].contains(where: verb.hasPrefix) {
            kind = .changedByOwner
        } else {
            return
        }
        let kept = KeptText(entry.payload, around: zero ?? 0, in: file)
        let mark = zero.map { zeroMark(of: entry.payload, $0) }
        add(fact(kind, kept, entry.time, name: method, mark: mark), to: index)
    }

    private func zeroMark(of payload: PlacedText, _ offset: Int) -> StaticString {
        payload.bytes.slice(offset..<payload.bytes.count).begins("manualInstanceCount")
            ? "manualInstanceCount" : "manual_instance_count"
    }

    private mutating func noteType(_ entry: LogEntry, _ index: Int) {
        let source = KeptText(entry.names.resourceType, around: 0, in: file)
        table.update(index) {
            $0.typeSource = source
            $0.subject.type = source.string
            $0.subject.platform = "cloud-run"
        }
    }
}

extension EvidenceCollector {
    /// The number of the record of an entry's subject.
    private mutating func index(of names: LogEntry.Names) -> Int {
        withUnsafeBytes(of: file) { number in
            let fileName = fileName
            return table.index(of: SubjectKey(names, file: number)) {
                var subject = Subject()
                func text(_ bytes: UnsafeRawBufferPointer) -> String? {
                    bytes.isEmpty ? nil : String(decoding: bytes, as: UTF8.self)
                }
                subject.service = text(names.service)
                subject.revision = text(names.revision)
                subject.instance = text(names.instance)
                subject.job = text(names.job)
                subject.execution = text(names.execution)
                subject.task = text(names.task)
                subject.namespace = text(names.namespace)
                subject.pod = text(names.pod)
                subject.container = names.pod.isEmpty ? nil : text(names.container)
                if subject.isUnnamed { subject.file = fileName }
                if subject.pod != nil { subject.platform = "kubernetes" }
                return subject
            }
        }
    }

    /// The number of the record of a named subject.
    private mutating func index(of subject: Subject) -> Int {
        func bytes(_ text: String?) -> [UInt8] { Array((text ?? "").utf8) }
        let fileName = fileName
        let level: SubjectKey.Level
        let parts: [[UInt8]]
        if subject.pod != nil || subject.container != nil {
            level = subject.container == nil ? .pod : .container
            parts = [bytes(subject.pod), bytes(subject.namespace), bytes(subject.container)]
        } else if let object = subject.object {
            level = .object
            parts = [bytes(object), bytes(subject.namespace), []]
        } else if subject.revision != nil {
            level = .revision
            parts = [bytes(subject.revision), [], []]
        } else if subject.service != nil {
            level = .service
            parts = [bytes(subject.service), [], []]
        } else {
            level = .file
            parts = [withUnsafeBytes(of: file) { Array($0) }, [], []]
        }
        return parts[0]
            .withUnsafeBytes { first in
                parts[1]
                    .withUnsafeBytes { second in
                        parts[2]
                            .withUnsafeBytes { third in
                                table.index(of: SubjectKey(level, first, second, third)) {
                                    var subject = subject
                                    if subject.isUnnamed { subject.file = fileName }
                                    return subject
                                }
                            }
                    }
            }
    }
}

extension PlacedText {
    /// Where a payload sets the manual number of instances to zero, `nil` where it does not.
    ///
    /// - Complexity: O(*n*).
    fileprivate var offsetOfZeroInstances: Int? {
        for name in ["manualInstanceCount", "manual_instance_count"] as [StaticString] {
            guard let offset = bytes.firstOffset(of: name) else { continue }
            let rest = bytes[(offset + name.utf8CodeUnitCount)...]
            let value = rest.drop { [0x22, 0x27, 0x3a, 0x20, 0x5c, 0x0a, 0x0d, 0x09].contains($0) }
            let end = value.dropFirst().first
            if value.first == UInt8(ascii: "0"), end.map({ !(0x30...0x39).contains($0) }) ?? true { return offset }
        }
        return nil
    }
}
