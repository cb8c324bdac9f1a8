import SourcePlaces

/// Gathers the findings of one file: each place once for each rule, in the order of the places.
///
/// In a module that is called several times a finding names every call that it is true of.
struct FindingCollector {
    let file: SourceFile
    private var drafts: [(rule: LintRule, draft: FindingDraft, calls: [String])] = []
    private var known: [Key: Int] = [:]

    private struct Key: Hashable {
        let rule: String
        let range: Range<Int>
        /// What was found, where that depends on a call.
        let message: String?
    }

    init(file: SourceFile) {
        self.file = file
    }

    /// Adds what a rule found, unless it said so at this place already.
    ///
    /// - Parameters:
    ///   - draft: What was found.
    ///   - rule: The rule.
    ///   - call: The call of the module that it was found in, `nil` where nobody calls it.
    mutating func add(_ draft: FindingDraft, of rule: LintRule, in call: String? = nil) {
        let key = Key(rule: rule.id, range: draft.range, message: call == nil ? nil : draft.message)
        if let place = known[key] {
            if let call, !drafts[place].calls.contains(call) { drafts[place].calls.append(call) }
            return
        }
        known[key] = drafts.count
        drafts.append((rule, draft, [call].compactMap(\.self)))
    }

    /// Adds what the rule with an id found.
    mutating func add(_ draft: FindingDraft, of id: String) {
        if let rule = LintRule.named(id) { add(draft, of: rule) }
    }

    /// Applies all rules to a workload.
    mutating func look(at workload: Workload, measured: MeasuredStart?) {
        let context = RuleContext(workload: workload, measured: measured)
        for rule in LintRule.all {
            for draft in rule.check(context) { add(draft, of: rule, in: workload.call) }
        }
    }

    /// The calls for the end of a message, a few of many.
    private static func text(of calls: [String]) -> String {
        guard !calls.isEmpty else { return "" }
        let more = calls.count > 3 ? " and \(calls.count - 3) more calls" : ""
        return " (called as " + calls.prefix(3).joined(separator: "; ") + more + ")"
    }

    /// Returns the findings, and those that comments suppress.
    ///
    /// - Complexity: O(*n* log *n*) in the number of findings.
    func findings() -> (reported: [LintFinding], suppressed: [SuppressedFinding]) {
        let (suppressions, problems) = SuppressionReader.read(file)
        var all = drafts
        if let rule = LintRule.named("S1") { all += problems.map { (rule, $0, []) } }
        guard !all.isEmpty else { return ([], []) }
        var reported: [LintFinding] = []
        var suppressed: [SuppressedFinding] = []
        for (rule, draft, calls) in all.sorted(by: {
            ($0.draft.range.lowerBound, $0.rule.id) < ($1.draft.range.lowerBound, $1.rule.id)
        }) {
            let location = file.location(of: draft.range.lowerBound)
            let finding = LintFinding(
                rule: rule.id,
                severity: draft.severity ?? rule.severity,
                location: location,
                range: draft.range,
                message: draft.message + Self.text(of: calls),
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
