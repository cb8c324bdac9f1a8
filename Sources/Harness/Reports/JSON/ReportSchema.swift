/// The JSON Schemas of reports (https://json-schema.org/draft/2020-12), which lie in `Schemas` and are compiled in.
package enum ReportSchema: String, CaseIterable, Sendable {
    /// That of ``RunReport``.
    case report

    /// The schema's text.
    package var text: String {
        switch self {
        case .report: String(decoding: PackageResources.report_schema_json, as: UTF8.self)
        }
    }
}
