import RankingMetrics
import Testing

@Suite("Names of metrics")
struct MetricNameTests {
    @Test("ir-measures writes the names alike")
    func reference() throws {
        let names = try ReferenceCases.read("names", as: [String: String].self)
        #expect(names.count == 26)
        for (name, written) in names {
            #expect(try MetricName(name).description == written)
        }
    }

    @Test(
        "A name reads back as it was written",
        arguments: [
            "nDCG", "nDCG@10", "RR", "R@100", "AP(rel=2)@5", "Overlap@10", "Jaccard@1", "RBO(p=0.9)",
            "RBO(p=0.85,ties=a)", "TauB", "Footrule",
        ]
    )
    func roundTrip(name: String) throws {
        #expect(try MetricName(name).description == name)
    }

    @Test(
        "What is wrong with a text is said",
        arguments: [
            ("nDGC@10", .unknownMeasure("nDGC")), ("ndcg@10", .unknownMeasure("ndcg")), ("", .unknownMeasure("")),
            ("P", .depthMissing), ("Overlap", .depthMissing), ("TauB@10", .depthNotTaken),
            ("RBO(p=0.9)@10", .depthNotTaken), ("P@0", .badDepth("0")), ("P@010", .badDepth("010")),
            ("P@-1", .badDepth("-1")), ("P@", .badDepth("")),
            ("P@99999999999999999999", .badDepth("99999999999999999999")),
            ("P@10@20", .malformed), ("AP(rel=2", .malformed), ("AP()", .malformed), ("AP(rel)", .malformed),
            ("AP(rel=2,rel=3)", .repeatedParameter("rel")), ("AP(p=0.5)", .unknownParameter("p")),
            ("nDCG(rel=2)@10", .unknownParameter("rel")), ("AP(cut=2)", .unknownParameter("cut")),
            ("RBO", .parameterMissing("p")), ("RBO(ties=a)", .parameterMissing("p")),
            ("RBO(p=1)", .badParameter("p", "1.0", expected: "a number above 0 and below 1")),
            ("RBO(p=nan)", .badParameter("p", "nan", expected: "a number above 0 and below 1")),
            ("RBO(p=0.9,ties=c)", .badParameter("ties", "c", expected: "w, a or b")),
            ("AP(rel=0)", .badParameter("rel", "0", expected: "a whole number from 1")),
        ] as [(String, MetricNameError.Problem)]
    )
    func problems(text: String, problem: MetricNameError.Problem) {
        #expect(throws: MetricNameError(text: text, problem: problem)) { try MetricName(text) }
    }

    @Test("An unknown name is told what is near and what is known")
    func nearest() {
        let error = #expect(throws: MetricNameError.self) { try MetricName("nDGC@10") }
        #expect(error?.nearest == "nDCG")
        #expect(error?.description.contains("did you mean nDCG?") == true)
        for measure in MetricName.Measure.allCases {
            #expect(error?.description.contains(measure.rawValue) == true)
        }
        #expect(throws: MetricNameError(text: "Coverage", problem: .unknownMeasure("Coverage"))) {
            try MetricName("Coverage")
        }
    }
}
