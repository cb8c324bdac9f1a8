import ColdstartTestSupport
import Domain
import ModelFiles
import RecommendationEngine
import Scenarios
import Testing

@testable import ModelChecks

/// The engine over the shipped bundle; what takes a process is tested with the command line.
struct BundleSubjectTests {
    private static let shipped = Fixtures.packageDirectory + "/scenarios/"

    private func subject() throws -> BundleSubject {
        var models = LoadedModels()
        let paths = BundlePaths(directory: Self.shipped + "bundle")
        for stage in InitialisationStage.allCases { try models.load(stage, from: paths) }
        return try BundleSubject(
            models: models,
            movies: try CatalogueReader.read(Self.shipped + "catalogue.jsonl"),
            settings: P5Settings(),
            restart: RankCommandLine(program: "/nonexistent/coldstart", words: [])
        )
    }

    @Test func `the engine has every property of SVD, over all recorded sessions`() async throws {
        let sessions = try SessionReader.read(Self.shipped + "sessions/demo.jsonl")
        let checks = ModelCheck.all.filter { $0.models == .svd }
        for outcome in try await CheckPack(checks, of: subject(), sessions: sessions).outcomes() {
            #expect(outcome.result == .passed && outcome.sessions.count == sessions.count, "\(outcome)")
        }
    }

    @Test func `a program that cannot be started leaves the check unmade`() async throws {
        let sessions = try SessionReader.read(Self.shipped + "sessions/demo.jsonl")
        let outcome = try #require(
            try await CheckPack([.restart], of: subject(), sessions: Array(sessions.prefix(1))).outcomes().first
        )
        #expect(outcome.result == .broken && outcome.reason?.isEmpty == false, "\(outcome)")
    }
}
