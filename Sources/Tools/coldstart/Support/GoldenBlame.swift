import Domain
import Goldens
import ModelComparison
import ModelFiles
import RecommendationEngine

/// Which part of a changed bundle moved P5's lists of sessions that differ from a golden.
struct GoldenBlame {
    /// What is to blame, in one line, by session; sessions whose lists are the same under both bundles have none.
    let lines: [SessionID: String]

    /// Ranks sessions under each pairing of the two bundles' parts.
    ///
    /// - Parameters:
    ///   - old: The folder of the bundle that the golden was made from.
    ///   - new: The folder of the bundle of now.
    ///   - sessions: The sessions.
    ///   - catalogue: The movies to choose from.
    ///   - header: The golden's header, under whose settings is ranked.
    ///   - base: Settings of P5 that change speed and never results.
    /// - Throws: The end with code 2 where blame cannot be found, 3 where a file of a bundle cannot be used.
    init(
        from old: String,
        to new: String,
        sessions: [RecordedSession],
        catalogue: [CatalogueMovie],
        header: GoldenHeader,
        settings base: P5Settings
    ) throws {
        let overridden = BundlePaths.variables.filter { !(processEnvironment[$0] ?? "").isEmpty }
        guard overridden.isEmpty else {
            throw CommandEnd.usage(
                "--old-bundle compares whole folders; unset \(overridden.joined(separator: ", ")), which override files"
            )
        }
        guard header.state == .full, let settings = header.settings(from: base), let formula = header.scoreFormula
        else {
            throw CommandEnd.usage("--old-bundle blames places of P5's lists, and the golden has none")
        }
        guard !sessions.isEmpty else {
            lines = [:]
            return
        }
        let engine = ComparedEngine(settings: settings, scoreFormula: formula, isSVDAlone: false)
        let (before, after) = (
            try ComparedBundle(old, catalogue: catalogue.map(\.id), engine: engine, cache: nil),
            try ComparedBundle(new, catalogue: catalogue.map(\.id), engine: engine, cache: nil)
        )
        let progress = ProgressDisplay(total: sessions.count, unit: "sessions")
        defer { progress.end() }
        let blame = try before.blame(on: after)
            .blame(of: sessions.map { ComparedSession($0) }) { progress.show($0) }
        var lines: [SessionID: String] = [:]
        for session in blame.sessions {
            guard let id = SessionID(session.session) else { continue }
            lines[id] = Self.line(session)
        }
        self.lines = lines
    }

    private static func line(_ session: Blame.Session) -> String {
        let places = session.places
        return "blame of p5's \(places.sum) changed places: candidates \(places.candidates) "
            + "(\(session.candidatesLost) lost, \(session.candidatesWon) won), reranking \(places.reranking), "
            + "both \(places.both), ties \(places.ties)"
    }
}
