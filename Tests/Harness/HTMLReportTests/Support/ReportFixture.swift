import ColdstartTestSupport
import Foundation

@testable import HTMLReport

/// A report among the fixtures.
enum ReportFixture: String, CaseIterable, Sendable {
    case run, comparison, diagnosis, sweep, faults, audit, rankings

    /// The bytes of its file.
    var bytes: [UInt8] {
        get throws {
            let end = self == .rankings ? "jsonl" : "json"
            return try TemporaryFolder.bytes(of: Fixtures.path("stored-reports/\(rawValue).\(end)"))
        }
    }

    /// Those that are one tree of JSON.
    static let trees = allCases.filter { $0 != .rankings }

    /// The report as a tree that can be changed.
    var tree: [String: Any] {
        get throws { try JSONSerialization.jsonObject(with: Data(try bytes)) as? [String: Any] ?? [:] }
    }

    /// Its page.
    var page: HTMLPage {
        get throws { try HTMLPage(try bytes, named: "\(rawValue).json") }
    }

    /// The page of a changed report.
    static func page(of tree: [String: Any]) throws -> HTMLPage {
        try HTMLPage(Array(try JSONSerialization.data(withJSONObject: tree)), named: "changed.json")
    }
}
