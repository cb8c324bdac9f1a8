import SourcePlaces

/// Gathers the findings of one file: each place once for each rule, in the order of the places.
struct FindingCollector {
    let file: SourceFile
    private var drafts: [(rule: LintRule, draft: FindingDraft)] = []
    private var known: Set<Key> = []

    private struct Key: Hashable {
        let rule: String
        let range: Range<Int>
    }

    init(file: SourceFile) {
        self.file = file
    }

    /// Adds what a rule found, unless it said so at this place already.
    mutating func add(_ draft: FindingDraft, of rule: LintRule) {
        guard known.insert(Key(rule: rule.id, range: draft.range)).inserted else { return }
        drafts.append((rule, draft))
    }

    /// Adds what the rule with an id found.
    mutating func add(_ draft: FindingDraft, of id: String) {
        if let rule = LintRule.named(id) { add(draft, of: rule) }
    }

    /// Applies all rules to a workload.
    mutating func look(at workload: Workload, measured: MeasuredStart?) {
        let context = RuleContext(workload: workload, measured: measured)
        for rule in LintRule.all {
            for draft in rule.check(context) { add(draft, of: rule) }
        }
    }

    /// Returns the findings, and those that comments suppress.
    ///
    /// - Complexity: O(*n* log *n*) in the number of findings.
    func findings() -> (reported: [LintFinding], suppressed: [SuppressedFinding]) {
        let (suppressions, problems) = SuppressionReader.read(file)
        var all = drafts
        if let rule = LintRule.named("S1") { all += problems.map { (rule, $0) } }
        guard !all.isEmpty else { return ([], []) }
        var reported: [LintFinding] = []
        var suppressed: [SuppressedFinding] = []
        for (rule, draft) in all.sorted(by: {
            ($0.draft.range.lowerBound, $0.rule.id) < ($1.draft.range.lowerBound, $1.rule.id)
        }) {
            let location = file.location(of: draft.range.lowerBound)
            let finding = LintFinding(
                rule: rule.id,
                severity: draft.severity ?? rule.severity,
                location: location,
                range: draft.range,
                message: draft.message,
                fix: draft.fix,
                excerpt: file.excerpt(at: location)
            )
            let suppression = suppressions.first { $0.rules.contains(rule.id) && $0.lines.contains(location.line - 1) }
            if let suppression {
                suppressed.append(SuppressedFinding(finding: finding, reason: suppression.reason))
            } else {
                reported.append(finding)
            }
        }
        return (reported, suppressed)
    }
}
