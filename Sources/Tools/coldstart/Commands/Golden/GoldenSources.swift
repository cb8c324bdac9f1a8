import ArgumentParser
import Domain
import Goldens
import ModelFiles
import P5
import RecommendationEngine
import Replay
import Scenarios

/// Where rankings for a golden come from: the options that `golden new` and `golden check` share.
struct GoldenSources: ParsableArguments {
    @Option(help: ArgumentHelp("The folder of the model bundle.", valueName: "folder"))
    var bundle: String?

    @Option(help: ArgumentHelp("Recorded sessions, JSON Lines.", valueName: "file"))
    var sessions: String?

    @Option(help: ArgumentHelp("The catalogue of movies, JSON Lines.", valueName: "file"))
    var catalogue: String?

    @Option(
        help: ArgumentHelp(
            "Rankings that another program made, as rank --format jsonl prints them; - for standard input.",
            valueName: "file"
        )
    )
    var rankings: String?

    @Option(help: ArgumentHelp("That program and its version.", valueName: "name version"))
    var madeBy: String?

    /// The program that made the rankings of `--rankings`.
    var maker: GoldenMaker? { madeBy.flatMap { GoldenMaker($0) } }

    /// Checks what the parser cannot.
    func check() throws {
        if rankings == nil {
            guard bundle != nil, sessions != nil, catalogue != nil else {
                throw ValidationError("--bundle, --sessions and --catalogue are needed where --rankings is not given.")
            }
            if madeBy != nil { throw ValidationError("--made-by has no effect without --rankings.") }
        } else if maker == nil {
            throw ValidationError("--rankings needs --made-by \"name version\": the program that made them.")
        }
        for file in [sessions, catalogue] where file == InputFile.standardInput {
            throw ValidationError("--sessions and --catalogue are read twice; standard input cannot be.")
        }
    }

    /// Opens the bundle, and says on standard error what its files leave to be said.
    func openBundle() throws -> OpenBundle {
        let open = try OpenBundle(paths: BundlePaths(directory: bundle ?? "", environment: processEnvironment))
        for note in open.models.t5?.notes ?? [] { StandardError.say(note) }
        return open
    }

    /// The settings of P5 that the environment states.
    func settings() throws -> P5Settings {
        var settings = P5Settings()
        try settings.read(processEnvironment)
        return settings
    }

    /// Reads the sessions, `nil` where none are named.
    func recordedSessions() throws -> [RecordedSession]? { try sessions.map { try SessionReader.read($0) } }

    /// Reads the catalogue, `nil` where none is named.
    func movies() throws -> [CatalogueMovie]? { try catalogue.map { try CatalogueReader.read($0) } }

    /// Returns the SHA-256 of the named files; those of the bundle where they are wanted.
    func inputs(withBundle hasBundle: Bool) throws -> GoldenInputs {
        let files = try hasBundle ? bundle.map { try Self.fingerprints(of: $0) } : nil
        return GoldenInputs(
            bundle: files,
            catalogueSHA256: try catalogue.map { try Fingerprint.sha256(path: $0) },
            sessionsSHA256: try sessions.map { try Fingerprint.sha256(path: $0) }
        )
    }

    private static func fingerprints(of folder: String) throws -> GoldenFingerprints {
        let paths = BundlePaths(directory: folder, environment: processEnvironment)
        return GoldenFingerprints(files: try Fingerprint.sha256(of: paths))
    }
}
