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
            .map { try JSONDecoder().decode(Line.self, from: Data($0.utf8)) }
        let byID = Dictionary(lines.map { ($0.session_id, $0) }) { first, _ in first }
        return try sessions.map { session in
            guard let line = byID[session.id] else {
                throw ModelCheckError("\(restart.program) rank printed no line of the session \(session.id)")
            }
            return line.rankings
        }
    }

    /// One line of `coldstart rank --format jsonl`.
    private struct Line: Decodable {
        struct Place: Decodable {
            let movie_id: MovieID
            let rank: Int
            let score: Double
            let text: String?

            var ranked: RankedMovie { RankedMovie(movie: movie_id, rank: rank, score: score, text: text) }
        }

        let session_id: SessionID
        let svd: [Place]
        let p5: [Place]
        let notes: [String]

        var rankings: SubjectRanking {
            SubjectRanking(
                svd: Ranking(model: .svd, places: svd.map(\.ranked)),
                p5: p5.isEmpty ? nil : Ranking(model: .p5, places: p5.map(\.ranked)),
                notes: notes
            )
        }
    }
}
