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
    /// In which direction each input is written.
    private(set) var directions = FileDirections()
    /// How many entries were taken.
    private(set) var order = 0
    /// The number of the input that is read.
    var file = 0 {
        didSet { directions.begin(file) }
    }
    /// The names of the inputs.
    var files: [String] = []

    private var finder: FactFinder
    private var pool = TextPool()

    /// Creates a collector without entries.
    init(patterns: StagePatterns) {
        finder = FactFinder(patterns: patterns)
    }

    /// Takes an entry.
    mutating func take(_ entry: LogEntry) {
        let index = begin(entry)
        guard !entry.text.isEmpty else { return }
        take(entry.text, entry, index)
    }

    /// Takes a text about a subject of a structured source.
    mutating func take(_ text: KeptText, about subject: Subject, at time: Timestamp?) {
        order += 1
        let index = table.index(of: subject, file: file, named: fileName)
        var entry = LogEntry()
        entry.origin = .platform
        entry.time = time
        take(text, entry, index)
    }

    /// Takes an entry whose text is written over several lines.
    mutating func take(_ entry: LogEntry, saying text: KeptText) {
        take(text, entry, begin(entry))
    }

    /// Takes what an entry states beside its text, and returns the number of its subject's record.
    private mutating func begin(_ entry: LogEntry) -> Int {
        order += 1
        directions.note(entry.time)
        let index = table.index(of: entry.names, file: file, named: fileName, &pool)
        if let request = entry.request { table.update(index) { $0.requests.add(request, at: entry.time) } }
        if !entry.method.isEmpty, let action = OwnerAction(entry) {
            add(action.fact(order: order, file: file, &pool), to: index)
        }
        return index
    }

    private mutating func take(_ text: KeptText, _ entry: LogEntry, _ index: Int) {
        guard text.isFolded else { return text.withPlaced { take($0, entry, index) } }
        // What is written with breaks and escapes is looked for in the text without them.
        var plain = text.string
        plain.withUTF8 {
            take(PlacedText(bytes: UnsafeRawBufferPointer($0), line: 1), entry, index, writtenAs: text)
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
        let index = table.index(of: subject, file: file, named: fileName)
        add(Fact(kind, source, at: time, order: order, mark: mark, name: name, number: number), to: index)
    }

    /// The name of the input that is read.
    private var fileName: String? { files.indices.contains(file) ? files[file] : nil }

    private mutating func take(
        _ text: PlacedText,
        _ entry: LogEntry,
        _ index: Int,
        writtenAs written: KeptText? = nil
    ) {
        finder.find(in: text, of: entry)
        for found in finder.found {
            let source = written ?? KeptText(text, around: found.offset, in: file, &pool)
            let rule = found.rule
            let fact = Fact(rule.kind, source, at: entry.time, order: order, mark: rule.mark, number: entry.port)
            add(fact, to: index)
        }
        guard !finder.isPlatform, entry.origin == .program || entry.origin == .unknown else { return }
        table.update(index) { $0.program.count(at: entry.time) }
        // The place of a stage's words is known only where they stand as they are written.
        guard written == nil, let mark = finder.stage(in: text, of: entry, file: file, &pool) else { return }
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
}
