/// A rule of the linter.
package struct LintRule: Sendable {
    /// Its id, which stays.
    package let id: String
    /// How much it matters where it does not say otherwise.
    package let severity: LintSeverity
    /// What it is about, in a few words.
    package let title: String
    /// Why: what happens, where that is documented or seen, and what is inferred or unverified.
    package let explanation: String
    /// What it finds.
    let check: @Sendable (RuleContext) -> [FindingDraft]

    /// Creates a rule.
    init(
        _ id: String,
        _ severity: LintSeverity,
        _ title: String,
        _ explanation: String,
        check: @escaping @Sendable (RuleContext) -> [FindingDraft] = { _ in [] }
    ) {
        self.id = id
        self.severity = severity
        self.title = title
        self.explanation = explanation
        self.check = check
    }

    /// The rules in the order of their ids.
    package static let all: [LintRule] =
        refusals + warnings + measuredRules + formatRules + documentRules

    /// Returns the rule with an id, whatever the case of its letters.
    package static func named(_ id: String) -> LintRule? {
        all.first { $0.id.lowercased() == id.lowercased() }
    }
}

/// What a rule looks at.
struct RuleContext {
    /// The workload.
    let workload: Workload
    /// The start that was measured, where there is one.
    var measured: MeasuredStart?

    var file: SourceFile { workload.file }

    /// Whether the platform is Cloud Run.
    var isCloudRun: Bool { workload.platform == .cloudRun }

    /// The containers with each of their probes that can be looked at.
    var probes: [(container: ProbedContainer, probe: Probe)] {
        workload.containers.flatMap { container in
            container.probes.filter { !$0.isIncomplete && !$0.isUnknown && !$0.node.isNull }.map { (container, $0) }
        }
    }

    /// The startup probes that can be looked at.
    var startupProbes: [(container: ProbedContainer, probe: Probe)] { probes.filter { $0.probe.kind == .startup } }

    /// Returns the name of a field as the file writes it.
    func name(_ field: Probe.Field) -> String { workload.form.spelled(field.rawValue) }

    /// Returns the name of a field with its value, marked where the value is a standard that nobody wrote.
    func described(_ field: Probe.Field, of probe: Probe) -> String {
        let number = probe.number(field).map(String.init) ?? "?"
        return "\(name(field)) \(number)" + (probe.entry(field) == nil ? " (the default)" : "")
    }

    /// Which instance of several it is, for the end of a message.
    func instance(at range: Range<Int>) -> String { workload.instance.map { " (for \($0))" } ?? "" }
}
