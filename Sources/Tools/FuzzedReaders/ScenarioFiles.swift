import Scenarios

extension FuzzedReader {
    /// What a scenario is made of.
    static let scenarioFiles = [
        FuzzedReader("scenario") { bytes in _ = try ScenarioLoader.decode(bytes, path: "scenario.yaml") },
        FuzzedReader("sessions", file: "sessions.jsonl") { path in _ = try SessionReader.read(path) },
        FuzzedReader("catalogue", file: "catalogue.jsonl") { path in _ = try CatalogueReader.read(path) },
    ]
}
