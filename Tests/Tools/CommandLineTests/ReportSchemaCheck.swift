import ColdstartTestSupport
import Foundation
import SchemaTestSupport
import Testing

/// Holds every report that the program writes in a test against the schema that the program prints for its kind.
enum ReportSchemaCheck {
    /// The schemas, by the kind of their reports.
    private static let schemas = Result {
        let names = [
            "coldstart-run": "report", "coldstart-compare": "compare", "coldstart-diagnose": "diagnose",
            "coldstart-sweep": "sweep", "coldstart-sweep-faults": "sweep-faults", "coldstart-audit": "audit",
        ]
        return try names.mapValues { name in
            let path = "\(Fixtures.packageDirectory)/Sources/Harness/Reports/Schemas/\(name).schema.json"
            return try JSONSchema(String(contentsOfFile: path, encoding: .utf8))
        }
    }

    /// Looks at what the program wrote, in its folder and on standard output.
    static func look(at arguments: [String], _ outcome: CommandLineHarness.Outcome) throws {
        if let option = arguments.firstIndex(of: "--report-dir"), option + 1 < arguments.count {
            let file = arguments[option + 1] + "/report.json"
            // A run that was refused wrote none.
            if let text = try? String(contentsOfFile: file, encoding: .utf8) { try check(text, file) }
        }
        if let option = arguments.firstIndex(of: "--format"), option + 1 < arguments.count,
            arguments[option + 1] == "json", !outcome.output.isEmpty
        {
            try check(outcome.output, "standard output", isRun: arguments.first == "run")
        }
    }

    private static func check(_ text: String, _ place: String, isRun: Bool = true) throws {
        // Other commands write documents of which no page is made, and no kind is said.
        guard let kind = text.firstMatch(of: #/\n  "kind" : "(coldstart-[a-z-]+)"/#)?.output.1 else {
            #expect(!isRun, "\(place) does not say its kind")
            return
        }
        guard let schema = try schemas.get()[String(kind)] else { return }
        let faults = try schema.faults(of: text)
        #expect(faults.prefix(5) == [], "\(place) is not as the schema says")
    }
}
