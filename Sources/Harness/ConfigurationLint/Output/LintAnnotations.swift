import SourcePlaces

/// A report of the linter as workflow commands, which GitHub shows beside the lines of a change.
///
/// See <https://docs.github.com/actions/reference/workflow-commands-for-github-actions>.
package enum LintAnnotations {
    /// Returns a line for each finding.
    ///
    /// - Complexity: O(*n*) in the number of findings.
    package static func text(_ report: LintReport) -> String {
        report.findings
            .map { finding in
                let place = finding.location
                let properties = [
                    "file=\(escaped(place.file, isProperty: true))", "line=\(place.line)", "col=\(place.column)",
                    "title=\(finding.rule)",
                ]
                return "::\(command(finding.severity)) \(properties.joined(separator: ","))::"
                    + escaped(finding.message, isProperty: false) + "\n"
            }
            .joined()
    }

    private static func command(_ severity: LintSeverity) -> String {
        switch severity {
        case .error: "error"
        case .warn: "warning"
        case .info: "notice"
        }
    }

    private static func escaped(_ text: String, isProperty: Bool) -> String {
        text.unicodeScalars.reduce(into: "") { result, scalar in
            switch scalar {
            case "%": result += "%25"
            case "\r": result += "%0D"
            case "\n": result += "%0A"
            case ":" where isProperty: result += "%3A"
            case "," where isProperty: result += "%2C"
            default: result.unicodeScalars.append(scalar)
            }
        }
    }
}
