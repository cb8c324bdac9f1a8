/// The JSON Schemas of reports (https://json-schema.org/draft/2020-12), which lie in `Schemas` and are compiled in.
///
/// A report says by its `kind` which of them is its own.
package enum ReportSchema: String, CaseIterable, Sendable {
    /// That of ``RunReport``.
    case report
    /// That of ``ComparisonDocument``.
    case compare
    /// That of a diagnosis.
    case diagnose
    /// That of a sweep over starts.
    case sweep
    /// That of ``SweepDocument``.
    case sweepFaults = "sweep-faults"
    /// That of ``AuditDocument``.
    case audit

    /// The `kind` of the reports.
    package var kind: String { self == .report ? "coldstart-run" : "coldstart-\(rawValue)" }

    /// The schema's text.
    package var text: String {
        let bytes =
            switch self {
            case .report: PackageResources.report_schema_json
            case .compare: PackageResources.compare_schema_json
            case .diagnose: PackageResources.diagnose_schema_json
            case .sweep: PackageResources.sweep_schema_json
            case .sweepFaults: PackageResources.sweep_faults_schema_json
            case .audit: PackageResources.audit_schema_json
            }
        return String(decoding: bytes, as: UTF8.self)
    }
}
