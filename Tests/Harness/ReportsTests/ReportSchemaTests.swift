import ColdstartTestSupport
import Domain
import Observations
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

    @Test("a stored report of each kind is as its schema says, and not as that of another kind")
    func kinds() throws {
        let files: [ReportSchema: String] = [
            .report: "run", .compare: "comparison", .diagnose: "diagnosis", .sweep: "sweep", .sweepFaults: "faults",
            .audit: "audit",
        ]
        for (own, file) in files {
            let bytes = try TemporaryFolder.bytes(of: Fixtures.path("stored-reports/\(file).json"))
            let document = String(decoding: bytes, as: UTF8.self)
            #expect(document.contains("\"kind\":\"\(own.kind)\""))
            for schema in ReportSchema.allCases {
                let faults = try JSONSchema(schema.text).faults(of: document)
                #expect(faults.isEmpty == (schema == own), "\(file) by \(schema): \(faults.prefix(3))")
            }
        }
    }

    @Test("what a visitor's answer was ranked from is reported: ten places, P5's with their place in SVD's list")
    func rankings() throws {
        let movies = (1...12).map { MovieID("\($0)") }
        let svd = movies.enumerated().map { RankedMovie(movie: $1, rank: $0 + 1, score: Double(-$0)) }
        let p5 = [RankedMovie(movie: "12", rank: 1, score: 0), RankedMovie(movie: "1", rank: 2, score: 0)]
        func answer(_ rankings: [Ranking], status: Int? = 200) -> ObservedAnswer {
            ObservedAnswer(
                request: 1,
                session: Samples.session(1),
                arrivedAt: .zero,
                finishedAt: .zero,
                status: status,
                state: .full,
                rankings: rankings
            )
        }
        let whole = answer([Ranking(model: .svd, places: svd), Ranking(model: .p5, places: p5)])
        for seen in [whole, whole.keepingPlaces(10)] {
            let report = try #require(RankingsReport(seen))
            #expect(report.svd?.map(\.movie) == Array(movies.prefix(10)) && report.source == .service)
            #expect(report.p5?.map(\.svdPlace) == [12, 1])
        }
        #expect(RankingsReport(answer([Ranking(model: .svd, places: svd)]))?.p5 == nil)
        #expect(RankingsReport(answer([])) == nil)
    }

    @Test("a number lies in its range")
    func range() throws {
        let schema = try JSONSchema("{\"minimum\": 1, \"maximum\": 3}")
        for (number, isFine) in [("0.5", false), ("1", true), ("3", true), ("3.5", false)] {
            #expect(try schema.faults(of: number).isEmpty == isFine, "\(number)")
        }
    }

    @Test("a keyword that the validator does not know is no keyword that it passes over")
    func unknownKeyword() {
        #expect(throws: JSONSchema.Failure.self) { try JSONSchema("{\"multipleOf\": 3}").faults(of: "4") }
        #expect(throws: JSONSchema.Failure.self) { try JSONSchema("{\"$ref\": \"#/$defs/none\"}").faults(of: "4") }
    }
}
