package import Domain
import Scenarios
import Subprocess
import SystemPackage

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// The command line of `coldstart rank` that ranks as this process does, less the files that it reads.
package struct RankCommandLine: Hashable, Sendable {
    /// The program.
    package var program: String
    /// The words after `rank`: the bundle and the settings of both models.
    package var words: [String]

    /// Creates a command line.
    package init(program: String, words: [String]) {
        self.program = program
        self.words = words
    }
}

extension BundleSubject {
    package func rankInNewProcess(_ sessions: [RecordedSession]) async throws -> [SubjectRanking] {
        let folder = try ScratchFolder(for: "check")
        defer { folder.remove() }
        let recorded = try folder.write(SpelledFiles.sessions(sessions).utf8, to: "sessions.jsonl")
        let movies = try folder.write(SpelledFiles.catalogue(movies).utf8, to: "catalogue.jsonl")
        let files = ["--sessions", recorded, "--catalogue", movies, "--format", "jsonl"]
        let result = try await run(
            .path(FilePath(restart.program)),
            arguments: Arguments(["rank"] + restart.words + files),
            environment: .inherit,
            output: .string(limit: 1 << 28),
            error: .string(limit: 65_536)
        )
        // 7 is the program's own word for a model that ranked no session, which the lines say too.
        guard result.terminationStatus == .exited(0) || result.terminationStatus == .exited(7) else {
            let said = result.standardError.split(separator: "\n").last.map(String.init) ?? ""
            throw ModelCheckError("\(restart.program) rank ended with \(result.terminationStatus): \(said)")
        }
        let lines = try result.standardOutput.split(separator: "\n")
            .map { try JSONDecoder().decode(RankingLine.self, from: Data($0.utf8)) }
        let byID = Dictionary(lines.map { ($0.session, $0) }) { first, _ in first }
        return try sessions.map { session in
            guard let line = byID[session.id.text] else {
                throw ModelCheckError("\(restart.program) rank printed no line of the session \(session.id)")
            }
            return line.rankings
        }
    }
}

extension RankingLine {
    /// The rankings of the line.
    fileprivate var rankings: SubjectRanking {
        func ranking(_ model: Model, _ places: [Place]?) -> Ranking {
            let ranked = (places ?? []).enumerated()
                .map { RankedMovie(movie: $1.movie, rank: $1.rank ?? $0 + 1, score: $1.score ?? .nan, text: $1.text) }
            return Ranking(model: model, places: ranked)
        }
        let p5 = ranking(.p5, p5)
        return SubjectRanking(svd: ranking(.svd, svd), p5: p5.places.isEmpty ? nil : p5, notes: notes ?? [])
    }
}
