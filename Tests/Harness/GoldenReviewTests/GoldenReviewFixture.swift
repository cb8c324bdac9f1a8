import ColdstartTestSupport
import Domain
import GoldenReview
import Goldens

/// A small golden on disk with differences to decide about.
struct GoldenReviewFixture {
    let folder: TemporaryFolder
    let path: String

    static let ids = (1...3).compactMap { SessionID("0b9c1a52-7d1f-4c58-9a8e-3f60d6a1c00\($0)") }
    static let digest = String(repeating: "a1", count: 32)

    static let header = GoldenHeader(
        maker: GoldenMaker(program: "ranker", version: "2"),
        wholeWord: false,
        fingerprints: GoldenFingerprints(files: ["V.npy": digest]),
        catalogueSHA256: digest,
        sessionsSHA256: digest
    )

    static func session(_ number: Int, _ movies: [(MovieID, Double)]) -> GoldenSession {
        let places = movies.enumerated().map { RankedMovie(movie: $1.0, rank: $0 + 1, score: $1.1) }
        let texts = movies.enumerated()
            .map { RankedMovie(movie: $1.0, rank: $0 + 1, score: Double(9 - $0), text: "\(9 - $0)") }
        let session = GoldenSession(
            id: ids[number - 1],
            svd: Ranking(model: .svd, places: places),
            p5: Ranking(model: .p5, places: texts),
            scoring: .text
        )
        guard let session else { preconditionFailure("no golden can hold the rankings of session \(number)") }
        return session
    }

    static let sessions = [
        session(1, [("a", 1), ("b", 0.5)]), session(2, [("a", 1), ("b", 0.5)]), session(3, [("a", 1), ("b", 0.5)]),
    ]

    static var golden: GoldenRankings { GoldenRankings(file: "demo.jsonl", header: header, sessions: sessions) }

    /// Session 1 scores otherwise, session 2 lost a movie.
    static var entries: [PendingEntry] {
        [session(1, [("a", 2), ("b", 0.5)]), session(2, [("a", 1)])]
            .map { PendingEntry(SessionDifference(of: $0, from: golden), by: .coldstart(version: "0.1.0")) }
    }

    /// Creates a folder with the golden, and with the differences unless there are to be none.
    init(pending: [PendingEntry] = GoldenReviewFixture.entries) throws {
        folder = try TemporaryFolder()
        path = folder.path + "/demo.jsonl"
        let document = GoldenDocument(file: path, header: Self.header, sessions: Self.sessions)
        try GoldenFile.create(document, at: path, replacing: false)
        try file.write(PendingSet(pending), pendingHeader(of: try file), state: .full)
    }

    var file: GoldenFile { get throws { try GoldenFile(path) } }

    func pendingHeader(of file: GoldenFile) -> PendingHeader {
        PendingHeader(
            goldenSHA256: file.sha256,
            when: "2026-11-01T10:00:00Z",
            inputs: GoldenInputs(bundle: nil, catalogueSHA256: nil, sessionsSHA256: nil),
            command: "coldstart golden check"
        )
    }

    static func decision(_ reason: String? = nil) -> PendingDecision {
        PendingDecision(who: "Ann", when: "2026-11-02T10:00:00Z", reason: reason)
    }
}
