import Checks
import ColdstartTestSupport
import Foundation
import Scenarios
import Testing

@testable import StartupDiagnosis

/// Inputs made for the tests, one for each kind of text that the platforms print and for what may be mistaken for it.
struct MadeCasesTests {
    private static let folder = Fixtures.packageDirectory + "/Tests/Fixtures/diagnose/made"
    static let cases = ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()

    @Test func `there are cases`() {
        #expect(Self.cases.count >= 60)
    }

    @Test(arguments: cases)
    func `gets the verdict that its texts support, and no other`(name: String) throws {
        let folder = Self.folder + "/" + name
        var words: [String: String] = [:]
        var inputs: [String] = []
        let path = folder + "/expect.yaml"
        let root = try YAMLDocument.parse(try InputFile.content(of: path, limit: 1 << 20), path: path)
        for (key, value) in try root.pairs(of: "keys") {
            switch key.scalarText {
            case "known":
                for (key, value) in try value.pairs(of: "facts") { words[key.scalarText ?? ""] = value.scalarText }
            case "input": inputs.insert(value.scalarText ?? "", at: 0)
            case "also": inputs += try value.list(of: "files").compactMap(\.scalarText)
            case "exit": words["exit"] = value.scalarText
            default: continue
            }
        }
        let diagnosis = try LogDiagnosis(inputs.map { folder + "/" + $0 })
        let all = diagnosis.findings.map { "\($0.subject.text): \($0.verdict.word.rawValue): \($0.verdict.cause)" }
        let finding = try #require(
            diagnosis.findings.first { $0.verdict.word.rawValue == words["verdict"] },
            "expected \(words["verdict"] ?? ""), found \(all)"
        )
        if let cause = words["cause_has"] { #expect(finding.verdict.cause.contains(cause), "\(all)") }
        if let certainty = words["certainty"] { #expect(finding.verdict.certainty.rawValue == certainty, "\(all)") }
        if let subject = words["subject_has"] { #expect(finding.subject.text.contains(subject), "\(all)") }
        #expect("\(diagnosis.exitCode.rawValue)" == words["exit"], "\(all) \(diagnosis.notes)")
        for other in diagnosis.findings where other.subject != finding.subject {
            #expect(other.verdict.isDeath == false, "\(all)")
        }
    }
}
