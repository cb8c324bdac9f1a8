import Domain
import Formats
import Goldens
import ModelFiles
import Scenarios

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// The files that scenarios name, each opened once a run.
final class RunInputs: Sendable {
    private let environment: [String: String]
    private let bundles = OnceCache<ExactText, OpenBundle>()
    private let bundleFingerprints = OnceCache<ExactText, [String: String]>()
    private let goldens = OnceCache<ExactText, GoldenRankings>()
    private let sessions = OnceCache<ExactText, [RecordedSession]>()
    private let catalogues = OnceCache<ExactText, [CatalogueMovie]>()
    private let titles = OnceCache<ExactText, [MovieID: String]>()
    private let fingerprints = OnceCache<ExactText, String>()

    /// Creates inputs without opening any.
    ///
    /// - Parameter environment: Variables that override single paths of a bundle.
    init(environment: [String: String]) {
        self.environment = environment
    }

    /// Resolves a scenario, with its stages measured where it asks for that.
    ///
    /// - Parameters:
    ///   - scenario: The scenario.
    ///   - seed: A seed that replaces the scenario's own.
    /// - Returns: The plan.
    /// - Throws: `ScenarioError`; the error of the bundle's file that cannot be used where a stage is to be measured.
    func plan(of scenario: Scenario, seed: UInt64?) throws -> Plan {
        let measured =
            scenario.stages.stagesToMeasure.isEmpty
            ? [:] : try bundle(in: scenario.service.bundle.value).durations
        return try scenario.plan(
            sessions: try recordedSessions(at: scenario.sessions.file.value),
            seed: seed,
            measured: measured
        )
    }

    /// Opens the bundle in a folder.
    func bundle(in directory: String) throws -> OpenBundle {
        let paths = BundlePaths(directory: directory, environment: environment)
        return try bundles.value(for: ExactText(directory)) { try OpenBundle(paths: paths) }
    }

    /// Returns the SHA-256 of every model file of the bundle in a folder, by its name in the bundle's layout.
    func fingerprints(ofBundleIn directory: String) throws -> [String: String] {
        let bundle = try bundle(in: directory)
        return try bundleFingerprints.value(for: ExactText(directory)) { try bundle.fingerprints() }
    }

    /// Reads the file of golden rankings that a scenario names.
    func goldenRankings(at path: Located<String>) throws -> GoldenRankings {
        try goldens.value(for: ExactText(path.value)) {
            guard !InputFile.isStream(path.value), let bytes = FileManager.default.contents(atPath: path.value) else {
                throw ScenarioError(
                    .unreadable,
                    at: path.location,
                    "the golden file \(path.value) is missing or cannot be read"
                )
            }
            return try GoldenRankings(parsing: bytes, file: path.value)
        }
    }

    /// Reads the golden of a start that a scenario names.
    func goldenTimeline(at path: Located<String>) throws -> GoldenTimeline {
        guard !InputFile.isStream(path.value), let bytes = FileManager.default.contents(atPath: path.value) else {
            throw ScenarioError(
                .unreadable,
                at: path.location,
                "the golden file \(path.value) is missing or cannot be read"
            )
        }
        return try GoldenTimeline(parsing: Array(bytes), file: path.value)
    }

    /// Reads recorded sessions.
    func recordedSessions(at path: String) throws -> [RecordedSession] {
        try sessions.value(for: ExactText(path)) { try SessionReader.read(try Self.kept(path)) }
    }

    /// Reads a catalogue of movies.
    func catalogue(at path: String) throws -> [CatalogueMovie] {
        try catalogues.value(for: ExactText(path)) { try CatalogueReader.read(try Self.kept(path)) }
    }

    /// Returns the titles of a catalogue's movies.
    func titles(at path: String) throws -> [MovieID: String] {
        try titles.value(for: ExactText(path)) { try catalogue(at: path).titles }
    }

    /// Returns a path whose content can be read again, as it is for fingerprints.
    private static func kept(_ path: String) throws(ScenarioError) -> String {
        guard !InputFile.isStream(path) else {
            throw ScenarioError(.unreadable, path: path, "is a pipe, and is to be read again; make it a file")
        }
        return path
    }

    /// Returns the SHA-256 of a file.
    func fingerprint(of path: String) throws -> String {
        try fingerprints.value(for: ExactText(path)) { try Fingerprint.sha256(path: path) }
    }
}
