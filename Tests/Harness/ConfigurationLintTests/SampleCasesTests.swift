import ColdstartTestSupport
import ConfigurationLint
import Foundation
import SourcePlaces
import Testing
import Yams

/// A case with what is known of it: input files and the findings that are true.
struct SampleCase: Sendable, CustomTestStringConvertible {
    /// A finding as a case states it.
    struct Expected: Hashable, Sendable {
        let rule: String
        let severity: String
        let line: Int
        let column: Int
    }

    let name: String
    let path: String
    let expected: [Expected]

    var testDescription: String { name }

    /// The cases of the fixtures' folder.
    static let all: [SampleCase] = {
        let folder = Fixtures.packageDirectory + "/Tests/Fixtures/lint"
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder).sorted()) ?? []
        return names.compactMap { name in
            guard let text = try? String(contentsOfFile: "\(folder)/\(name)/expect.yaml", encoding: .utf8),
                let document = try? Yams.load(yaml: text) as? [String: Any], let input = document["input"] as? String
            else { return nil }
            let findings = document["findings"] as? [[String: Any]] ?? []
            return SampleCase(
                name: name,
                path: "\(folder)/\(name)/\(input)",
                expected: findings.map { finding in
                    Expected(
                        rule: finding["rule"] as? String ?? "",
                        severity: finding["severity"] as? String ?? "",
                        line: finding["line"] as? Int ?? 0,
                        column: finding["col"] as? Int ?? 0
                    )
                }
            )
        }
    }()
}

struct SampleCasesTests {
    @Test func `every case of the folder is read`() {
        #expect(SampleCase.all.count == 24)
    }

    @Test(arguments: SampleCase.all)
    func `a case has exactly its findings`(sample: SampleCase) async throws {
        let bytes = try [UInt8](Data(contentsOf: URL(filePath: sample.path)))
        let results = await ConfigurationLint().results(of: [.init(path: sample.path, bytes: bytes)])
        let result = try #require(results.first)
        let found = result.findings.map {
            SampleCase.Expected(
                rule: $0.rule,
                severity: $0.severity.rawValue,
                line: $0.location.line,
                column: $0.location.column
            )
        }
        let messages = result.findings.map { "\($0.location.line):\($0.location.column) \($0.rule) \($0.message)" }
        #expect(Set(found) == Set(sample.expected), "\(messages)")
        #expect(found.count == sample.expected.count, "\(messages)")
        #expect(result.workloads > 0)
    }
}
