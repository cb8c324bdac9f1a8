import ConfigurationLint
import Testing

@testable import StartupAnalysis

/// Expects of the files for every platform that the linter knows them and finds no error.
func expectNothingToCorrect(in files: AdviceFile, sourceLocation: SourceLocation = #_sourceLocation) async {
    let forms: [(AdviceFile.Form, String)] = [
        (.cloudRun, "service.yaml"), (.kubernetes, "deployment.yaml"), (.terraform, "main.tf"), (.gcloud, "deploy.sh"),
    ]
    for (form, name) in forms {
        let input = ConfigurationLint.Input(path: name, bytes: Array(files.text(form).utf8))
        let results = await ConfigurationLint().results(of: [input])
        #expect(results.map(\.workloads) == [1], "\(form.rawValue)", sourceLocation: sourceLocation)
        #expect(results.flatMap(\.guessedPlatforms).isEmpty, "\(form.rawValue)", sourceLocation: sourceLocation)
        let errors = results.flatMap(\.findings).filter { $0.severity == .error }
        #expect(errors.isEmpty, "\(form.rawValue): \(errors.map(\.message))", sourceLocation: sourceLocation)
    }
}
