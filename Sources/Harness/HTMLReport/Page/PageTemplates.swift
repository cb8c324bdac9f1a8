import Mustache

/// The templates, the style sheet and the script of the pages, which lie in `Resources` and are compiled in.
struct PageTemplates: Sendable {
    /// Those of this program.
    static let shared = PageTemplates([
        "page": PackageResources.page_mustache,
        "run": PackageResources.run_mustache,
        "scenario": PackageResources.scenario_mustache,
        "verdict": PackageResources.verdict_mustache,
        "comparison": PackageResources.comparison_mustache,
        "rankings": PackageResources.rankings_mustache,
        "rankedSession": PackageResources.rankedSession_mustache,
        "ledgerSession": PackageResources.ledgerSession_mustache,
        "diagnosis": PackageResources.diagnosis_mustache,
        "startSweep": PackageResources.startSweep_mustache,
        "faultSweep": PackageResources.faultSweep_mustache,
        "audit": PackageResources.audit_mustache,
    ])

    private let library: MustacheLibrary

    /// Parses templates.
    ///
    /// - Precondition: Each is a Mustache template; those of this program are.
    private init(_ templates: [String: [UInt8]]) {
        do {
            library = MustacheLibrary(
                templates: try templates.mapValues { try MustacheTemplate(string: String(decoding: $0, as: UTF8.self)) }
            )
        } catch {
            preconditionFailure("a template of a page cannot be parsed: \(error)")
        }
    }

    /// Returns a template filled with values.
    ///
    /// - Parameters:
    ///   - name: The template's name.
    ///   - values: What its names stand for.
    /// - Returns: The HTML.
    /// - Throws: `HTMLReportError` where the template has a name that no value has, so that nothing is left out silently.
    /// - Complexity: O(*n*) in the length of the text.
    func render(_ name: String, _ values: ReportValue) throws(HTMLReportError) -> String {
        let root = TemplateRoot(values)
        guard let text = library.render(root, withTemplate: name) else { preconditionFailure("no template \(name)") }
        guard root.missing.isEmpty else {
            let names = Set(root.missing).sorted().map { "`\($0)`" }.joined(separator: ", ")
            throw HTMLReportError(.unfit, "it lacks \(names), which a report of its version has")
        }
        return text
    }

    /// The style sheet.
    static var style: String { String(decoding: PackageResources.style_css, as: UTF8.self) }

    /// The script: the rules of a start, what asks them, and all else.
    static var script: String {
        [PackageResources.start_js, PackageResources.whatif_js, PackageResources.page_js]
            .map { String(decoding: $0, as: UTF8.self) }.joined(separator: "\n")
    }
}

/// The lowest of the values in which a template looks for a name: it knows which names none of them has.
private final class TemplateRoot: MustacheParent {
    private(set) var missing: [String] = []
    private let values: ReportValue

    init(_ values: ReportValue) {
        self.values = values
    }

    func child(named name: String) -> Any? {
        let child = values.child(named: name)
        if child == nil { missing.append(name) }
        return child
    }
}
