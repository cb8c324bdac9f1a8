import Capsules
import Scenarios

extension FuzzedReader {
    /// What a scenario is made of.
    static let scenarioFiles = [
        FuzzedReader("scenario") { bytes in _ = try ScenarioLoader.decode(bytes, path: "scenario.yaml") },
        FuzzedReader("capsule") { bytes in
            let capsule = try CapsuleFile.parse(bytes, path: "capsule.json", isSealed: false)
            _ = try capsule.plan(of: "capsule.json")
        },
        FuzzedReader("sessions", file: "sessions.jsonl") { path in _ = try SessionReader.read(path) },
        FuzzedReader("catalogue", file: "catalogue.jsonl") { path in _ = try CatalogueReader.read(path) },
    ]
}
