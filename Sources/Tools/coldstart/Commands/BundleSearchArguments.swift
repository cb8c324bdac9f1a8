import ArgumentParser
import Domain
import ModelComparison
import RecommendationEngine
import Scenarios
import SourcePlaces

/// What `explain`, `shrink` and `bisect` rank with: the options that they share.
struct BundleSearchArguments: ParsableArguments {
    @Option(help: ArgumentHelp("Recorded sessions, JSON Lines.", valueName: "file"))
    var sessions: String

    @Option(help: ArgumentHelp("The catalogue of movies, JSON Lines.", valueName: "file"))
    var catalogue: String

    @Option(help: ArgumentHelp("svd,p5, or svd for SVD alone.", valueName: "names"))
    var models = RankedModels.both

    @OptionGroup(title: "Engine")
    var engine: EngineArguments

    @Option(
        help: ArgumentHelp("Keeps P5's answers in this folder, and uses those that are there.", valueName: "folder")
    )
    var cache: String?

    /// The files and settings, read.
    struct Opened: Sendable {
        /// The sessions.
        let sessions: [RecordedSession]
        /// The movies' titles.
        let titles: [MovieID: String]
        /// What opens bundles and files of rankings.
        let sides: ComparisonSides

        /// A recorded session by its id.
        ///
        /// - Throws: The end with code 2 where it is not there.
        func session(_ id: String) throws -> RecordedSession {
            guard let session = SessionID(id).flatMap({ id in sessions.first { $0.id == id } }) else {
                let hint = NearestName.hint(for: id, among: sessions.prefix(1_000).map(\.id.text))
                throw CommandEnd.usage("no session \(id) in the file of sessions; \(hint)")
            }
            return session
        }
    }

    /// Reads the files.
    ///
    /// - Throws: `ScenarioError`, `SettingError` where one cannot be used.
    func opened() throws -> Opened {
        // Nothing is reported of the files: only what is kept goes by them.
        let engine = try ComparedEngine(engine, models: models, isIdentified: cache != nil)
        let recorded = try SessionReader.read(sessions)
        let movies = try CatalogueReader.read(catalogue)
        return Opened(
            sessions: recorded,
            titles: movies.titles,
            sides: ComparisonSides(
                sessions: .init(ids: recorded.map(\.id)),
                catalogue: movies,
                engine: engine,
                list: .svd,
                cache: try cache.map { try openCache($0) }
            )
        )
    }

    /// The lists in which bundles can differ.
    var lists: [ComparedList] { models == .svd ? [.svd] : [.svd, .p5] }
}

/// Opens a folder for stage outputs.
///
/// - Throws: The end with code 3 where it cannot be made.
func openCache(_ folder: String) throws -> StageCache {
    do {
        return try StageCache(folder: folder)
    } catch {
        throw CommandEnd.environment("--cache \(folder): the folder cannot be made; name one that can be written")
    }
}

/// Runs a command's work, which signals cancel, with its errors as the ends that they are.
///
/// - Throws: The end with code 2 for an input that cannot be used, with 130 where a signal cancelled the work; what else
///   the work throws.
func withInputErrors<Result: Sendable>(
    _ work: @escaping @Sendable () async throws -> Result
) async throws -> Result {
    do {
        return try await withInterruption(work)
    } catch let error where error is ScenarioError || error is ComparisonError || error is SettingError {
        throw CommandEnd.usage("\(error)")
    }
}
