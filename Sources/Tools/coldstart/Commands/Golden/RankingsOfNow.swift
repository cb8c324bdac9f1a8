import Domain
import GoldenReview
import Goldens
import ModelFiles
import Replay
import SafeText
import Scenarios

/// What is compared with a golden, or made into one: rankings, who made them, and from which files.
struct RankingsOfNow {
    /// The program that made them.
    let maker: GoldenMaker
    /// The files that they follow from, as far as they are known.
    let inputs: GoldenInputs
    /// The rankings in the order of the sessions.
    let sessions: [GoldenSession]
    /// What a model said while it ranked, by session.
    let notes: [SessionID: [String]]

    private init(maker: GoldenMaker, inputs: GoldenInputs, sessions: [GoldenSession], notes: [SessionID: [String]]) {
        self.maker = maker
        self.inputs = inputs
        self.sessions = sessions
        self.notes = notes
    }

    /// Returns the rankings of a part of the sessions.
    ///
    /// - Throws: The end with code 2 for a session that is not there.
    func choosing(_ part: SessionPart) throws -> RankingsOfNow {
        RankingsOfNow(
            maker: maker,
            inputs: inputs,
            sessions: try part.choose(from: sessions, id: \.id),
            notes: notes
        )
    }

    /// Ranks sessions with a bundle, as a golden's header says.
    ///
    /// - Parameters:
    ///   - sessions: The sessions.
    ///   - catalogue: The movies to choose from.
    ///   - open: The bundle.
    ///   - base: Settings of P5 that change speed and never results, such as the batch.
    ///   - inputs: The SHA-256 of catalogue and sessions file.
    ///   - header: The golden's header, or that of a golden to be made.
    /// - Throws: The end with code 2 where Coldstart cannot rank under the header's settings, 3 where a model ranked what
    ///   no golden can hold; the error of the bundle's file that cannot be used.
    init(
        ranking sessions: [RecordedSession],
        catalogue: [CatalogueMovie],
        bundle open: OpenBundle,
        settings base: P5Settings,
        inputs: GoldenInputs,
        header: GoldenHeader
    ) throws {
        guard let settings = header.settings(from: base), let formula = header.scoreFormula else {
            throw CommandEnd.usage(
                "the golden was made with P5's mode \(header.mode) and SVD's ranking \(header.svdRanking), which "
                    + "Coldstart does not know; compare with --rankings what another program ranked"
            )
        }
        let ranker = try SessionRanker(
            bundle: open,
            catalogue: catalogue,
            settings: settings,
            scoreFormula: formula
        )
        let progress = ProgressDisplay(total: sessions.count, unit: "sessions")
        defer { progress.end() }
        var rankings: [GoldenSession] = []
        var notes: [SessionID: [String]] = [:]
        for (index, session) in sessions.enumerated() {
            progress.show(index)
            let ranking = ranker.rank(session)
            // A golden of SVD alone says nothing of P5.
            let p5 = header.state == .full ? ranking.p5 : Ranking(model: .p5, places: [])
            let made = GoldenSession(id: session.id, svd: ranking.svd, p5: p5, scoring: settings.scoring)
            guard let made else {
                throw CommandEnd.environment("session \(session.id): a score is not finite, which no golden can hold")
            }
            rankings.append(made)
            if !ranking.notes.isEmpty { notes[session.id] = ranking.notes }
        }
        maker = .coldstart(version: Version.text)
        self.inputs = GoldenInputs(
            bundle: GoldenFingerprints(files: try open.fingerprints()),
            catalogueSHA256: inputs.catalogueSHA256,
            sessionsSHA256: inputs.sessionsSHA256
        )
        self.sessions = rankings
        self.notes = notes
    }

    /// Takes rankings that another program made.
    ///
    /// - Parameters:
    ///   - file: The file of rankings; `-` for standard input.
    ///   - maker: The program.
    ///   - inputs: The files that they follow from.
    ///   - header: What they were made with.
    /// - Throws: `ScenarioError` where the file cannot be read, `GoldenError` for what is wrong in it.
    init(reading file: String, maker: GoldenMaker, inputs: GoldenInputs, header: GoldenHeader) throws {
        let limit = 1 << 32
        let bytes = try InputFile.content(of: file, limit: limit)
        guard bytes.count <= limit else { throw CommandEnd.usage("\(file): more than 4 GiB of rankings") }
        self.maker = maker
        self.inputs = inputs
        sessions = try GoldenRankings(rankings: bytes, file: file, header: header.current).sessions
        notes = [:]
    }

    /// The command line that found them, for people to run again.
    static var command: String {
        let variables = BundlePaths.variables.compactMap { name in
            processEnvironment[name].flatMap { $0.isEmpty ? nil : "\(name)=\(ShellCommand.quoted($0))" }
        }
        let words = ShellCommand(["coldstart"] + CommandLine.arguments.dropFirst()).description
        return (variables + [words]).joined(separator: " ")
    }
}
