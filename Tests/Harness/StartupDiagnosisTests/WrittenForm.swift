import ColdstartTestSupport
import Testing

@testable import StartupDiagnosis

/// An input of a few lines, in which `¦` stands before each place that evidence is to point at, and what is right.
struct WrittenForm: Sendable, CustomTestStringConvertible {
    let name: String
    let verdict: VerdictWord
    let certainty: Certainty
    /// Whether it died; `nil` where that is not known.
    let isDeath: Bool?
    /// A piece of the subject's name.
    let subject: String
    let text: String
    let places: Set<String>

    var testDescription: String { name }

    init(
        _ name: String,
        _ verdict: VerdictWord,
        _ certainty: Certainty,
        isDeath: Bool?,
        of subject: String = "",
        _ marked: String
    ) {
        self.name = name
        self.verdict = verdict
        self.certainty = certainty
        self.isDeath = isDeath
        self.subject = subject
        var places: Set<String> = []
        var text = ""
        var (line, column) = (1, 1)
        for character in marked {
            if character == "¦" {
                places.insert("\(line):\(column)")
                continue
            }
            text.append(character)
            (line, column) = character == "\n" ? (line + 1, 1) : (line, column + 1)
        }
        self.text = text
        self.places = places
    }

    /// Checks what the text is diagnosed as.
    func check() throws {
        let folder = try TemporaryFolder()
        let path = try folder.write(text, to: "input")
        let diagnosis = try withExtendedLifetime(folder) { try LogDiagnosis([path]) }
        let all = diagnosis.findings.map { "\($0.subject.text): \($0.verdict)" }
        let found = diagnosis.findings.first { subject.isEmpty || $0.subject.text.contains(subject) }
        let verdict = try #require(found, "\(all)").verdict
        #expect(verdict.word == self.verdict, "\(all)")
        #expect(verdict.certainty == certainty, "\(all)")
        #expect(verdict.isDeath == isDeath, "\(all)")
        let shown = Set(verdict.evidence.map { "\($0.place.line):\($0.place.column)" })
        #expect(places.isSubset(of: shown), "\(places) is not in \(shown)")
        #expect(diagnosis.notes.isEmpty, "\(diagnosis.notes)")
    }
}
