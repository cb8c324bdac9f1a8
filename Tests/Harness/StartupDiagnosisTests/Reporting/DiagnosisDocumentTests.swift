import ColdstartTestSupport
import Testing

@testable import StartupDiagnosis

struct DiagnosisDocumentTests {
    @Test(arguments: [
        "reported/07-user-disabled-is-the-old-revision/input.json", "reported/31-image-not-found/input.txt",
        "made/broken-json", "made/slow-load-with-requests-all-along",
    ])
    func `written verdict by verdict it is the same text as whole`(name: String) throws {
        let folder = Fixtures.packageDirectory + "/Tests/Fixtures/diagnose/" + name
        let inputs = name.contains("input") ? [folder] : try Inputs.of(folder)
        let diagnosis = try LogDiagnosis(inputs)
        var written = ""
        try DiagnosisDocument.write(diagnosis, toolVersion: "0") { written += $0 }
        #expect(written == DiagnosisDocument(diagnosis, toolVersion: "0").json)
    }
}
