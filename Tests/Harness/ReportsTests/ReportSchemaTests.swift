import SchemaTestSupport
import Testing

@testable import Reports

struct ReportSchemaTests {
    private func faults(of document: String) throws -> [String] {
        try JSONSchema(ReportSchema.report.text).faults(of: document)
    }

    @Test("reports are as their schema says, of every kind of scenario and of none")
    func reports() throws {
        for run in [RecordedRun(), RecordedRun(results: []), RecordedRun(neverRun: [Samples.scenario("never-run")])] {
            let output = Output()
            try run.tell(JSONRecorder(sink: output.sink))
            #expect(try faults(of: output.text) == [])
        }
    }

    @Test("a report in which a value is missing, of another type, or unknown is not as the schema says")
    func changed() throws {
        let output = Output()
        try RecordedRun().tell(JSONRecorder(sink: output.sink))
        let changes = [
            ("\"complete\" : true", "\"complete\" : 1"), ("\"complete\" : true,", ""),
            ("\"outcome\" : \"passed\"", "\"outcome\" : \"well\""), ("\"attempts\" : ", "\"attempts\" : -"),
            ("\"headline\" :", "\"headlines\" :"), ("\"schemaVersion\" : 1", "\"schemaVersion\" : 2"),
            ("\"sha256\" : \"a1", "\"sha256\" : \"A1"), ("\"status\" : 503", "\"status\" : 503.5"),
        ]
        for (old, new) in changes {
            #expect(output.text.contains(old))
            #expect(try faults(of: output.text.replacing(old, with: new)) != [], "\(new)")
        }
    }

    @Test("a keyword that the validator does not know is no keyword that it passes over")
    func unknownKeyword() {
        #expect(throws: JSONSchema.Failure.self) { try JSONSchema("{\"maximum\": 3}").faults(of: "4") }
        #expect(throws: JSONSchema.Failure.self) { try JSONSchema("{\"$ref\": \"#/$defs/none\"}").faults(of: "4") }
    }
}
