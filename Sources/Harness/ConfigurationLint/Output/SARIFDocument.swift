import Reports
import SourcePlaces

/// A report of the linter as SARIF 2.1.0, which code hosts show beside the lines.
///
/// See <https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html>.
package struct SARIFDocument: Encodable {
    private let version = "2.1.0"
    private let schema = "https://json.schemastore.org/sarif-2.1.0.json"
    private let runs: [Run]

    private enum CodingKeys: String, CodingKey {
        case version, runs
        case schema = "$schema"
    }

    /// Creates the document of a report.
    ///
    /// - Parameters:
    ///   - report: The report.
    ///   - toolVersion: The version of the program.
    package init(_ report: LintReport, toolVersion: String) {
        let rules = LintRule.all.map { rule in
            Rule(
                id: rule.id,
                shortDescription: Text(text: rule.title),
                fullDescription: Text(text: rule.explanation),
                defaultConfiguration: Configuration(level: Self.level(rule.severity))
            )
        }
        let driver = Driver(name: "coldstart", version: toolVersion, rules: rules)
        let places = Dictionary(uniqueKeysWithValues: rules.enumerated().map { ($1.id, $0) })
        let reported = report.findings.map { Self.result($0, places, reason: nil) }
        let suppressed = report.results.flatMap(\.suppressed).map { Self.result($0.finding, places, reason: $0.reason) }
        runs = [Run(tool: Tool(driver: driver), columnKind: "unicodeCodePoints", results: reported + suppressed)]
    }

    /// The document over several lines.
    package var json: String { ReportEncoding.pretty(self) }

    private static func level(_ severity: LintSeverity) -> String {
        switch severity {
        case .error: "error"
        case .warn: "warning"
        case .info: "note"
        }
    }

    private static func result(_ finding: LintFinding, _ places: [String: Int], reason: String?) -> Result {
        let region = Region(startLine: finding.location.line, startColumn: finding.location.column)
        let physical = Physical(artifactLocation: Artifact(uri: uri(finding.location.file)), region: region)
        // What a person has to choose is no fix that a tool could apply.
        let fixes = finding.fix.flatMap { fix -> [Fix]? in
            guard fix.isCertain else { return nil }
            let replacements = fix.edits.map { edit in
                Replacement(
                    deletedRegion: Bytes(byteOffset: edit.range.lowerBound, byteLength: edit.range.count),
                    insertedContent: Text(text: edit.replacement)
                )
            }
            let change = Change(artifactLocation: physical.artifactLocation, replacements: replacements)
            return [Fix(description: Text(text: fix.snippet), artifactChanges: [change])]
        }
        return Result(
            ruleId: finding.rule,
            ruleIndex: places[finding.rule] ?? 0,
            level: level(finding.severity),
            message: Text(text: finding.message),
            locations: [Location(physicalLocation: physical)],
            fixes: fixes,
            suppressions: reason.map { [Suppression(kind: "inSource", justification: $0)] }
        )
    }

    /// A path as a relative reference; letters that such a reference cannot have are written by their bytes.
    private static func uri(_ path: String) -> String {
        path.utf8.reduce(into: "") { text, byte in
            let isPlain =
                (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
                || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || "/-._~".utf8.contains(byte)
            let digits = String(byte, radix: 16, uppercase: true)
            text += isPlain ? String(Unicode.Scalar(byte)) : "%" + (digits.count == 1 ? "0" : "") + digits
        }
    }

    private struct Text: Encodable { let text: String }
    private struct Configuration: Encodable { let level: String }
    private struct Rule: Encodable {
        let id: String
        let shortDescription: Text
        let fullDescription: Text
        let defaultConfiguration: Configuration
    }
    private struct Driver: Encodable {
        let name: String
        let version: String
        let rules: [Rule]
    }
    private struct Tool: Encodable { let driver: Driver }
    private struct Run: Encodable {
        let tool: Tool
        let columnKind: String
        let results: [Result]
    }
    private struct Region: Encodable {
        let startLine: Int
        let startColumn: Int
    }
    private struct Artifact: Encodable { let uri: String }
    private struct Physical: Encodable {
        let artifactLocation: Artifact
        let region: Region
    }
    private struct Location: Encodable { let physicalLocation: Physical }
    private struct Bytes: Encodable {
        let byteOffset: Int
        let byteLength: Int
    }
    private struct Replacement: Encodable {
        let deletedRegion: Bytes
        let insertedContent: Text
    }
    private struct Change: Encodable {
        let artifactLocation: Artifact
        let replacements: [Replacement]
    }
    private struct Fix: Encodable {
        let description: Text
        let artifactChanges: [Change]
    }
    private struct Suppression: Encodable {
        let kind: String
        let justification: String
    }
    private struct Result: Encodable {
        let ruleId: String
        let ruleIndex: Int
        let level: String
        let message: Text
        let locations: [Location]
        let fixes: [Fix]?
        let suppressions: [Suppression]?
    }
}
