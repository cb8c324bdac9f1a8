import Formats

/// A page of HTML that shows a stored report of a run, a comparison, a diagnosis, a sweep or an audit.
///
/// One file without anything from the network, which a browser shows without running its script too. It is made from the
/// JSON that machines read and from nothing else.
package struct HTMLPage: Sendable {
    /// The page's text.
    package let text: String
    /// What the report is of, such as `run`.
    package let kind: Kind
    /// How the whole ended, in one sentence, such as `2 of 34 scenarios failed`.
    package let summary: String

    /// What a report is of.
    package enum Kind: String, Hashable, Sendable, CaseIterable {
        case run
        case comparison
        case diagnosis
        case startSweep = "sweep"
        case faultSweep = "sweep of faults"
        case audit
        case rankings
    }

    /// The version of reports that pages are made from.
    package static let schemaVersion = 1

    /// Makes the page of a report.
    ///
    /// - Parameters:
    ///   - report: The JSON text; or the JSON Lines of `compare --save`.
    ///   - name: What the page calls the report, such as its file.
    /// - Throws: `HTMLReportError` where it is no report, or has not what its version promises.
    /// - Complexity: O(*n*) in the length of the report.
    package init(_ report: [UInt8], named name: String) throws(HTMLReportError) {
        if let kept = try KeptComparison(report) {
            try self.init(.rankings, try RankingsPage(kept).content, named: name)
            return
        }
        let report = try ReportValue(json: report)
        let kind = try Self.kind(of: report)
        let content: PageContent =
            switch kind {
            case .run: try RunPage(report).content
            case .comparison: try ComparisonPage(report).content
            case .diagnosis: try DiagnosisPage(report).content
            case .startSweep: try StartSweepPage(report).content
            case .faultSweep: try FaultSweepPage(report).content
            case .audit, .rankings: try AuditPage(report).content
            }
        try self.init(kind, content, named: name)
    }

    private init(_ kind: Kind, _ content: PageContent, named name: String) throws(HTMLReportError) {
        self.kind = kind
        summary = content.title
        text = try PageTemplates.shared.render(
            "page",
            .object([
                "title": .text(content.title),
                "source": .text(name),
                "kind": .text(kind.rawValue),
                "status": content.status,
                "version": .text(content.toolVersion),
                "sections": .list(
                    content.sections.map { .object(["anchor": .text($0.anchor), "name": .text($0.name)]) }
                ),
                "style": .markup(PageTemplates.style),
                "script": .markup(PageTemplates.script),
                "body": .markup(try PageTemplates.shared.render(content.template, content.values)),
            ])
        )
    }

    /// Tells what a report is of by its `kind`; one of a program that did not write it by the keys that only it has.
    private static func kind(of report: ReportValue) throws(HTMLReportError) -> Kind {
        let kind: Kind
        switch report.optionalText("kind") {
        case "coldstart-run"?: kind = .run
        case "coldstart-compare"?: kind = .comparison
        case "coldstart-diagnose"?: kind = .diagnosis
        case "coldstart-sweep"?: kind = .startSweep
        case "coldstart-sweep-faults"?: kind = .faultSweep
        case "coldstart-audit"?: kind = .audit
        case nil where report.has("scenarios") && report.has("summary"): kind = .run
        case nil where report.has("sessionCounts") && report.has("metrics"): kind = .comparison
        case nil where report.has("axes") && report.has("combinations"): kind = .startSweep
        case nil where report.has("cells") && report.has("scenario"): kind = .faultSweep
        default:
            throw HTMLReportError(
                .notAReport,
                "found JSON that is none of the reports with a page; expected the JSON of coldstart run, compare, "
                    + "diagnose, sweep, sweep-faults or db verify, or what compare --save kept"
            )
        }
        let version = try report.count("schemaVersion")
        guard version == schemaVersion else {
            throw HTMLReportError(
                .unknownVersion,
                "found version \(version) of the report, expected \(schemaVersion): make the page with the program that "
                    + "wrote it"
            )
        }
        return kind
    }
}

/// What a page of one kind puts into the frame that all have.
struct PageContent {
    /// The page's title.
    var title: String
    /// The version of the program that wrote the report.
    var toolVersion: String
    /// How it ended, as ``PageStatus/value``.
    var status: ReportValue
    /// The parts that the page's navigation leads to.
    var sections: [(anchor: String, name: String)]
    /// The template's name.
    var template: String
    /// What the template's names stand for.
    var values: ReportValue
}

extension ReportValue {
    /// Reads a JSON text.
    ///
    /// - Throws: `HTMLReportError` with line and column.
    init(json text: [UInt8]) throws(HTMLReportError) {
        do throws(JSONFault) {
            self.init(
                try text.withUnsafeBufferPointer { bytes throws(JSONFault) in
                    try JSONReader.scan(UnsafeRawBufferPointer(bytes)) { scanner throws(JSONFault) in
                        try scanner.value()
                    }
                }
            )
        } catch {
            throw HTMLReportError(.notJSON, "\(error); expected the JSON of a report")
        }
    }
}
