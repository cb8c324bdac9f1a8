import Domain
import Foundation
import Testing

@testable import ModelChecks

/// A ranking service of two factors and 160 movies, written for these tests alone: it has every property, until a test
/// takes one away.
struct HonestSubject: RankingSubject {
    /// What a test does to one session's ranking.
    typealias Alteration = @Sendable (inout SubjectRanking, RecordedSession, RankingConditions) -> Void

    /// What the service makes of a session before it ranks.
    var seen: @Sendable (RecordedSession) -> RecordedSession = { $0 }
    /// What is done to a ranking of a single session.
    var alter: Alteration = { _, _, _ in }
    /// What is done to the rankings of a batch.
    var alterBatch: @Sendable (inout [Ranking?], [RecordedSession], _ threads: Int) -> Void = { _, _, _ in }
    /// What is done to the rankings of a new process.
    var alterRestarted: @Sendable (inout [SubjectRanking], [RecordedSession]) throws -> Void = { _, _ in }
    /// What is done to answers.
    var alterAnswers: @Sendable (inout CachedAnswers, RecordedSession) -> Void = { _, _ in }
    /// How an id that a file has as a number is read.
    var readNumber: @Sendable (Int) -> MovieID = { MovieID(String($0)) }
    /// The most ratings that are read.
    var historyLimit: @Sendable (RecordedSession) -> Int = { _ in 50 }
    /// Why P5 does not rank a session.
    var failure: @Sendable (RecordedSession) -> String? = { _ in nil }

    var catalogue = (1...160).map { MovieID(String($0)) }

    /// The sessions: the second is the one that tests break.
    static let sessions = ["a", "b", "c"].enumerated()
        .map { index, digit -> RecordedSession in
            let movies = (0..<7).map { MovieID(String(5 + 11 * index + 3 * $0)) }
            return RecordedSession(
                id: SessionID("00000000-0000-4000-8000-00000000000\(digit)")!,
                phase: "recommendation",
                ratings: movies.enumerated()
                    .map { place, movie in
                        let moment = Timestamp(microseconds: 1_600_000_000_000_000 + Int64(place) * 1_000_000)
                        return Rating(movie: movie, value: Double((place * 3 + index) % 11), createdAt: moment)
                    },
                phase1Movies: movies + ["150"]
            )
        }

    /// The session that tests break.
    static let culprit = sessions[1].id

    func knows(_ movie: MovieID) -> Bool { factors(of: movie) != nil }

    func isMapped(_ movie: MovieID) -> Bool { knows(movie) && movie != "77" }

    /// Two numbers from −1 to 1.
    private func factors(of movie: MovieID) -> (Double, Double)? {
        guard let number = SpelledFiles.number(movie), (1...160).contains(number) else { return nil }
        return (sin(Double(number) * 12.9898), cos(Double(number) * 78.233))
    }

    func rank(_ session: RecordedSession, among catalogue: [MovieID]?, _ conditions: RankingConditions) throws
        -> SubjectRanking
    {
        let read = seen(session)
        let history = read.history(limit: historyLimit(session))
        let used = history.compactMap { rating in factors(of: rating.movie).map { ($0, rating.value - 7) } }
        let candidates = catalogue ?? self.catalogue
        var ranking = SubjectRanking(
            svd: Ranking(model: .svd, places: []),
            unusedRatings: history.count - used.count,
            unknownCandidates: candidates.count { !knows($0) }
        )
        if used.isEmpty {
            ranking.notes = ["none of the rated movies is known"]
        } else {
            let shown = Set(read.phase1Movies)
            ranking.svd = svd(used, among: candidates.filter { !shown.contains($0) })
            if let failure = failure(session) {
                ranking.notes = [failure]
            } else if conditions.models == .both {
                ranking.p5 = p5(ranking.svd)
            }
        }
        alter(&ranking, session, conditions)
        return ranking
    }

    /// The fold-in of two factors, regularised by 0.05.
    private func svd(_ used: [((Double, Double), Double)], among candidates: [MovieID]) -> Ranking {
        var (a, b, d, x, y) = (0.05, 0.0, 0.05, 0.0, 0.0)
        for (factors, rest) in used {
            a += factors.0 * factors.0
            b += factors.0 * factors.1
            d += factors.1 * factors.1
            x += factors.0 * rest
            y += factors.1 * rest
        }
        let determinant = a * d - b * b
        let weights = ((d * x - b * y) / determinant, (a * y - b * x) / determinant)
        let scored = candidates.compactMap { movie in
            factors(of: movie).map { (movie, Double(Float($0.0 * weights.0 + $0.1 * weights.1))) }
        }
        return Self.ranking(.svd, scored.sorted { $0.1 > $1.1 }.prefix(100).map { ($0.0, $0.1, nil) })
    }

    /// Ratings from 0 to 4 by the movie's number, ties in the order of SVD.
    private func p5(_ svd: Ranking) -> Ranking {
        let rated = svd.movies.filter(isMapped).map { ($0, Double((SpelledFiles.number($0) ?? 0) % 5)) }
        return Self.ranking(.p5, rated.sorted { $0.1 > $1.1 }.map { ($0.0, $0.1, "\($0.1)") })
    }

    /// A ranking of movies in their order.
    static func ranking(_ model: Model, _ rated: [(movie: MovieID, score: Double, text: String?)]) -> Ranking {
        let places = rated.enumerated()
            .map { RankedMovie(movie: $1.movie, rank: $0 + 1, score: $1.score, text: $1.text) }
        return Ranking(model: model, places: places)
    }

    func rankTogether(_ sessions: [RecordedSession], threads: Int) throws -> [Ranking?] {
        var rankings: [Ranking?] = try sessions.map { session in
            let ranking = try rank(session, among: nil, RankingConditions(.svd)).svd
            return ranking.places.isEmpty ? nil : ranking
        }
        alterBatch(&rankings, sessions, threads)
        return rankings
    }

    func rankFiles(sessions: String, catalogue: String) throws -> [SubjectRanking] {
        struct Session: Decodable {
            struct Rating: Decodable {
                let movie_id: FileID
                let rating: Double
            }
            let session_id: SessionID
            let ratings: [Rating]
            let phase1_movies: [FileID]
        }
        struct Movie: Decodable { let id: FileID }
        let movies = try catalogue.split(separator: "\n")
            .map { try JSONDecoder().decode(Movie.self, from: Data($0.utf8)).id.movie(readNumber) }
        return try sessions.split(separator: "\n")
            .map { line in
                let session = try JSONDecoder().decode(Session.self, from: Data(line.utf8))
                let ratings = session.ratings.enumerated()
                    .map { place, rating in
                        Rating(
                            movie: rating.movie_id.movie(readNumber),
                            value: rating.rating,
                            createdAt: Timestamp(microseconds: Int64(place))
                        )
                    }
                let recorded = RecordedSession(
                    id: session.session_id,
                    phase: "recommendation",
                    ratings: ratings,
                    phase1Movies: session.phase1_movies.map { $0.movie(readNumber) }
                )
                return try rank(recorded, among: movies, RankingConditions(.both))
            }
    }

    func rankInNewProcess(_ sessions: [RecordedSession]) async throws -> [SubjectRanking] {
        var rankings = try sessions.map { try rank($0, among: nil, RankingConditions(.both)) }
        try alterRestarted(&rankings, sessions)
        return rankings
    }

    func answerTwice(_ session: RecordedSession) async throws -> CachedAnswers {
        let rankings = try rank(session, among: nil, RankingConditions(.both))
        func answer(isHit: Bool) -> CachedAnswers.Answer {
            CachedAnswers.Answer(
                rankings: rankings,
                rows: rankings.svd.places.prefix(10)
                    .map { place in
                        RecommendationRow(
                            session: session.id,
                            movie: place.movie,
                            score: place.score,
                            model: .svd,
                            phase: 2,
                            rank: place.rank,
                            displayOrder: place.rank
                        )
                    },
                display: DisplayList(svd: rankings.svd.movies, p5: rankings.p5?.movies ?? [], start: .svd),
                isHit: isHit
            )
        }
        var answers = CachedAnswers(
            first: answer(isHit: false),
            second: answer(isHit: true),
            isHitAfterNewRating: false
        )
        alterAnswers(&answers, session)
        return answers
    }
}

/// An id as a file spells it.
private enum FileID: Decodable {
    case number(Int)
    case text(String)

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        self = try (try? container.decode(Int.self)).map(FileID.number) ?? .text(container.decode(String.self))
    }

    func movie(_ readNumber: (Int) -> MovieID) -> MovieID {
        switch self {
        case .number(let number): readNumber(number)
        case .text(let text): MovieID(text)
        }
    }
}

extension Ranking {
    /// The ranking with one place less, with the ranks of what is left made good.
    func without(_ place: Int) -> Ranking {
        var places = places
        places.remove(at: place)
        return HonestSubject.ranking(model, places.map { ($0.movie, $0.score, $0.text) })
    }

    /// The ranking with the movies of two places exchanged, their scores left where they are.
    func swapping(_ left: Int, _ right: Int) -> Ranking {
        var movies = movies
        movies.swapAt(left, right)
        return HonestSubject.ranking(model, zip(movies, places).map { ($0, $1.score, $1.text) })
    }

    /// The ranking with another score at a place.
    func scoring(_ place: Int, _ score: (Double) -> Double) -> Ranking {
        HonestSubject.ranking(
            model,
            places.enumerated().map { ($1.movie, $0 == place ? score($1.score) : $1.score, $1.text) }
        )
    }
}
