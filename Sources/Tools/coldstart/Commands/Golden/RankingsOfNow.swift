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

    /// Ranks sessions as a golden's header says.
    ///
    /// - Parameters:
    ///   - sessions: The sessions.
    ///   - source: What ranks; see ``GoldenSources/ranker(over:under:settings:)``.
    ///   - inputs: The files that the rankings follow from.
    ///   - header: The golden's header, or that of a golden to be made.
    /// - Throws: The end with code 3 where a model ranked what no golden can hold.
    init(
        ranking sessions: [RecordedSession],
        with source: SessionRanking.Source,
        inputs: GoldenInputs,
        header: GoldenHeader
    ) throws {
        let progress = ProgressDisplay(total: sessions.count, unit: "sessions")
        defer { progress.end() }
        var rankings: [GoldenSession] = []
        var notes: [SessionID: [String]] = [:]
        try source.forEach(of: sessions) { index, ranking in
            progress.show(index)
            let made = GoldenSession(
                id: ranking.session,
                svd: ranking.svd,
                p5: ranking.p5,
                scoring: header.scoring,
                next: ranking.next,
                gaps: ranking.textGaps
            )
            guard let made else {
                throw CommandEnd.environment(
                    "session \(ranking.session): a score is not finite, which no golden can hold"
                )
            }
            rankings.append(made)
            if !ranking.notes.isEmpty { notes[ranking.session] = ranking.notes }
        }
        maker = .coldstart(version: Version.text)
        self.inputs = inputs
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
