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

    /// Opens what ranks under a golden's settings; of a bundle for a golden of SVD alone only SVD's files are opened.
    ///
    /// - Parameters:
    ///   - movies: The movies to choose from.
    ///   - header: The golden's header, or that of a golden to be made.
    ///   - base: Settings of P5 that change speed and never results, such as the batch.
    /// - Returns: What ranks.
    /// - Throws: The end with code 2 where Coldstart cannot rank under the header's settings; the error of the bundle's
    ///   file that cannot be used.
    func ranker(
        over movies: [CatalogueMovie],
        under header: GoldenHeader,
        settings base: P5Settings
    ) throws -> SessionRanking.Source {
        guard let settings = header.settings(from: base), let formula = header.scoreFormula else {
            throw CommandEnd.usage(
                "the golden was made with P5's mode \(header.mode) and SVD's ranking \(header.svdRanking), which "
                    + "Coldstart does not know; compare with --rankings what another program ranked"
            )
        }
        return try SessionRanking.source(
            of: paths,
            catalogue: movies,
            settings: settings,
            scoreFormula: formula,
            isSVDAlone: header.state == .svdOnly
        )
    }

    private var paths: BundlePaths { BundlePaths(directory: bundle ?? "", environment: processEnvironment) }

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

    /// Returns the SHA-256 of the named files; of a bundle that SVD ranks alone with, those of the SVD model.
    func inputs(for state: GoldenState) throws -> GoldenInputs {
        let files = try bundle.map { _ in
            try Fingerprint.sha256(of: paths) { state == .full || BundlePart(file: $0) == .svd }
        }
        return GoldenInputs(
            bundle: files.map(GoldenFingerprints.init),
            catalogueSHA256: try catalogue.map { try Fingerprint.sha256(path: $0) },
            sessionsSHA256: try sessions.map { try Fingerprint.sha256(path: $0) }
        )
    }
}

extension SessionRanking.Source {
    /// Says on standard error what the bundle's files leave to be said.
    func sayNotes() {
        for note in models.t5?.notes ?? [] { StandardError.say(note) }
    }
}
