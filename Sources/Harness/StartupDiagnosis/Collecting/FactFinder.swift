import Domain

/// Finds in one message what platforms and programs say in literal texts, and what marks a stage.
struct FactFinder {
    /// A rule that holds for a message.
    struct Found {
        /// The rule.
        let rule: TextRule
        /// Where its text begins.
        let offset: Int
    }

    /// The rules that hold for the message that was looked at last, each kind once.
    private(set) var found: [Found] = []
    /// Whether one of them is a sentence of the platform.
    private(set) var isPlatform = false

    /// Whether the message may mark a stage.
    private var mayMarkStage = false
    private var hits: [LiteralMatcher.Hit] = []
    private let patterns: StagePatterns
    private let rules = TextRule.all
    private let matcher = Self.matcher

    /// The texts of the rules, in their order, and behind them those that may mark a stage; built once.
    private static let matcher = LiteralMatcher(TextRule.all.map(\.fragment) + StagePatterns.literals)

    /// Creates a finder.
    ///
    /// - Parameter patterns: How the program's lines show its stages.
    init(patterns: StagePatterns) {
        self.patterns = patterns
    }

    /// Looks at a message.
    ///
    /// - Complexity: O(*n*) in its bytes.
    mutating func find(in text: PlacedText, of entry: LogEntry) {
        hits.removeAll(keepingCapacity: true)
        found.removeAll(keepingCapacity: true)
        isPlatform = false
        mayMarkStage = patterns.hasNamed || !entry.stage.isEmpty
        // Behind the sentence with which a line of the system log begins nothing else is said.
        let isSentence = entry.origin == .platform
        matcher.find(in: text.bytes, into: &hits) { hit in
            isSentence && hit.offset == 0 && hit.index < rules.count && rules[hit.index].position == .start
        }
        for hit in hits {
            guard hit.index < rules.count else {
                mayMarkStage = true
                continue
            }
            let rule = rules[hit.index]
            guard rule.allows(entry.origin), rule.position == .anywhere || hit.offset == 0 else { continue }
            if let other = rule.requires, text.bytes.firstOffset(of: other) == nil { continue }
            // Of one line a kind is one fact, however many texts say it.
            let isKnown = found.contains { $0.rule.kind == rule.kind }
            if isKnown, rule.kind != .execFailedWithoutCause { continue }
            found.append(Found(rule: rule, offset: hit.offset))
            isPlatform = isPlatform || rule.author == .platform
        }
    }

    /// The beginning or the end of a stage in the message that was looked at, `nil` where it is none.
    func stage(in text: PlacedText, of entry: LogEntry, file: Int, _ pool: inout TextPool) -> StageMark? {
        guard mayMarkStage else { return nil }
        let stated: (name: String, edge: StageMark.Edge, words: String)? =
            entry.stage.isEmpty
            ? patterns.stage(in: text.string)
            : (
                String(decoding: entry.stage, as: UTF8.self),
                .ends(seconds: entry.milliseconds.map { Double($0) / 1000 }), ""
            )
        guard let stated else { return nil }
        let kept = KeptText(text, around: 0, in: file, &pool)
        return StageMark(
            stage: stated.name,
            edge: stated.edge,
            time: entry.time,
            source: kept,
            place: kept.place(ofText: stated.words)
        )
    }
}
