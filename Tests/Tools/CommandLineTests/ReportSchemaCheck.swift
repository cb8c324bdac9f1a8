import ColdstartTestSupport
import Foundation
import SchemaTestSupport
import Testing

/// Holds the report of a run against the schema that the program prints.
enum ReportSchemaCheck {
    private static let schema = Result {
        try JSONSchema(
            String(
                contentsOfFile: Fixtures.packageDirectory + "/Sources/Harness/Reports/Schemas/report.schema.json",
                encoding: .utf8
            )
        )
    }

    /// Looks at what a run of the program wrote, in its folder or on standard output.
    static func look(at arguments: [String], _ outcome: CommandLineHarness.Outcome) throws {
        guard arguments.first == "run" else { return }
        if let option = arguments.firstIndex(of: "--report-dir"), option + 1 < arguments.count {
            let file = arguments[option + 1] + "/report.json"
            // A run that was refused wrote none.
            if let text = try? String(contentsOfFile: file, encoding: .utf8) { try check(text, file) }
        } else if let option = arguments.firstIndex(of: "--format"), arguments[option + 1] == "json",
            !outcome.output.isEmpty
        {
            try check(outcome.output, "standard output")
        }
    }

    private static func check(_ text: String, _ place: String) throws {
        let faults = try schema.get().faults(of: text)
        #expect(faults.prefix(5) == [], "\(place) is not as the schema says")
    }
}
