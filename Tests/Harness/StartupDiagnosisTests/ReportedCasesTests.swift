import ColdstartTestSupport
import Foundation
import Scenarios
import Testing

@testable import StartupDiagnosis

/// The cases of public reports, each against what is known of it.
struct ReportedCasesTests {
    /// What is known of a case.
    struct Expectation {
        let verdict: String
        let instance: String?
        let inputs: [String]
        let evidence: [(line: Int, column: Int)]

        init(_ folder: String) throws {
            let path = folder + "/expect.yaml"
            let root = try YAMLDocument.parse(try InputFile.content(of: path, limit: 1 << 20), path: path)
            var verdict = ""
            var instance: String?
            var inputs: [String] = []
            var evidence: [(line: Int, column: Int)] = []
            for (key, value) in try root.pairs(of: "keys") {
                switch key.scalarText {
                case "known":
                    for (key, value) in try value.pairs(of: "facts") {
                        if key.scalarText == "verdict" { verdict = value.scalarText ?? "" }
                        if key.scalarText == "instance" { instance = value.scalarText }
                    }
                case "input": inputs.insert(value.scalarText ?? "", at: 0)
                case "also": inputs += try value.list(of: "files").compactMap(\.scalarText)
                case "evidence":
                    for line in try value.list(of: "lines") {
                        let numbers = try line.pairs(of: "line and col").compactMap { Int($0.value.scalarText ?? "") }
                        evidence.append((numbers[0], numbers[1]))
                    }
                default: continue
                }
            }
            self.verdict = verdict
            self.instance = instance
            self.inputs = inputs
            self.evidence = evidence
        }
    }

    private static let folder = Fixtures.packageDirectory + "/Tests/Fixtures/diagnose/reported"
    static let cases = ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()

    @Test func `there are cases`() {
        #expect(Self.cases.count == 27)
    }

    @Test(arguments: cases)
    func `gets the verdict that is known, with the lines that show it`(name: String) throws {
        let folder = Self.folder + "/" + name
        let expected = try Expectation(folder)
        let diagnosis = try LogDiagnosis(expected.inputs.map { folder + "/" + $0 })
        let found = diagnosis.findings.first { finding in
            finding.verdict.word.rawValue == expected.verdict
                && (expected.instance == nil || finding.subject.instance == expected.instance)
        }
        let finding = try #require(
            found,
            "expected \(expected.verdict), found \(diagnosis.findings.map { "\($0.subject.text): \($0.verdict)" })"
        )
        for (line, column) in expected.evidence {
            let places = finding.verdict.evidence.map(\.place)
            #expect(
                places.contains(LogPlace(file: 0, line: line, column: column)),
                "\(name): \(line):\(column) is not among \(places.map { "\($0.line):\($0.column)" })"
            )
        }
        // Whoever else is in the input did not die.
        for other in diagnosis.findings where other.subject != finding.subject {
            #expect(other.verdict.isDeath == false, "\(other.subject.text): \(other.verdict)")
        }
        #expect(diagnosis.notes.isEmpty, "\(diagnosis.notes)")
    }
}
