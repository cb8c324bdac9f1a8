import Domain
import Testing

@testable import ModelChecks

/// One way in which a service can be wrong, and what the pack has to say of it.
struct BrokenService: Sendable, CustomTestStringConvertible {
    /// What is wrong.
    let name: String
    /// The check that has to find it.
    let check: String
    /// How many of the culprit's seven ratings the smallest input has.
    let smallest: Int
    /// Whether it shows only beside other sessions.
    var needsOthers = false
    /// Breaks an honest service.
    let breakIt: @Sendable (inout HonestSubject) -> Void

    var testDescription: String { "\(check): \(name)" }

    /// Every way, at least one for each check; all break the culprit's session alone.
    static let all: [BrokenService] = [
        BrokenService(name: "the oldest of three ratings is lost", check: "rating-order", smallest: 3) { subject in
            seeing(&subject) { $0.pairs.count > 2 ? $0.with(newestFirst: $0.pairs.dropLast()) : $0 }
        },
        BrokenService(name: "ratings of one movie are merged", check: "repeated-rating", smallest: 1) { subject in
            seeing(&subject) { session in
                var seen: Set<MovieID> = []
                return session.with(newestFirst: session.pairs.filter { seen.insert($0.movie).inserted })
            }
        },
        BrokenService(name: "of two ratings the higher counts twice", check: "repeated-rating", smallest: 1) {
            subject in
            seeing(&subject) { session in
                let best = Dictionary(session.pairs.map { ($0.movie, $0.value) }, uniquingKeysWith: max)
                return session.with(newestFirst: session.pairs.map { ($0.movie, best[$0.movie] ?? $0.value) })
            }
        },
        BrokenService(name: "phase 1 is not read", check: "rated-films", smallest: 1) { subject in
            seeing(&subject) {
                RecordedSession(id: $0.id, phase: $0.phase, ratings: $0.ratings, phase1Movies: [])
            }
        },
        BrokenService(name: "phase 1 is read up to the eighth movie", check: "rated-films", smallest: 1) { subject in
            seeing(&subject) {
                RecordedSession(
                    id: $0.id,
                    phase: $0.phase,
                    ratings: $0.ratings,
                    phase1Movies: Array($0.phase1Movies.prefix(8))
                )
            }
        },
        BrokenService(name: "ids are read as numbers", check: "unknown-ids", smallest: 1) { subject in
            seeing(&subject) { session in
                session.with(
                    newestFirst: session.pairs.map { pair in
                        let zeroless = pair.movie.text.drop { $0 == "0" || $0 == " " }
                        return (MovieID(String(zeroless.split(separator: ".")[0])), pair.value)
                    }
                )
            }
        },
        BrokenService(name: "unknown ratings are not counted", check: "unknown-ids", smallest: 1) { subject in
            altering(&subject) { ranking, _, _ in ranking.unusedRatings = 0 }
        },
        BrokenService(name: "unknown candidates are not counted", check: "unknown-ids", smallest: 1) { subject in
            altering(&subject) { ranking, _, _ in ranking.unknownCandidates = 0 }
        },
        BrokenService(name: "a single rating is too few", check: "one-rating", smallest: 1) { subject in
            altering(&subject) { ranking, session, _ in
                if session.pairs.count == 1 { ranking.svd = Ranking(model: .svd, places: []) }
            }
        },
        BrokenService(name: "51 ratings are read", check: "fifty-ratings", smallest: 1) { subject in
            subject.historyLimit = { $0.id == HonestSubject.culprit ? 51 : 50 }
        },
        BrokenService(name: "50 ratings are too many", check: "fifty-ratings", smallest: 1) { subject in
            altering(&subject) { ranking, session, _ in
                if session.pairs.count == 50 { ranking.svd = ranking.svd.without(99) }
            }
        },
        BrokenService(name: "equal ratings have no spread", check: "equal-ratings", smallest: 2) { subject in
            altering(&subject) { ranking, session, _ in
                guard session.pairs.count > 1, Set(session.pairs.map(\.value)).count == 1 else { return }
                ranking.svd = ranking.svd.scoring(4) { _ in .nan }
            }
        },
        BrokenService(name: "99 candidates", check: "hundred-candidates", smallest: 1) { subject in
            altering(&subject) { ranking, _, _ in
                if ranking.svd.places.count == 100 { ranking.svd = ranking.svd.without(99) }
            }
        },
        BrokenService(name: "a candidate twice", check: "hundred-candidates", smallest: 4) { subject in
            altering(&subject) { ranking, session, _ in
                guard session.pairs.count > 3, let first = ranking.svd.places.first else { return }
                let places = ranking.svd.places.map { $0.rank == 2 ? first : $0 }
                ranking.svd = HonestSubject.ranking(.svd, places.map { ($0.movie, $0.score, $0.text) })
            }
        },
        BrokenService(name: "a movie is lost", check: "p5-permutation", smallest: 1) { subject in
            altering(&subject) { ranking, _, _ in ranking.p5 = ranking.p5?.without(40) }
        },
        BrokenService(name: "a stranger comes in", check: "p5-permutation", smallest: 1) { subject in
            altering(&subject) { ranking, _, _ in
                guard let p5 = ranking.p5 else { return }
                let stranger: [(movie: MovieID, score: Double, text: String?)] = [("made-up", 0, "0.0")]
                ranking.p5 = HonestSubject.ranking(.p5, p5.places.map { ($0.movie, $0.score, $0.text) } + stranger)
            }
        },
        BrokenService(name: "equal scores are in the order of ids", check: "p5-permutation", smallest: 1) { subject in
            altering(&subject) { ranking, _, _ in
                guard let p5 = ranking.p5 else { return }
                let places = p5.places.sorted { ($1.score, $0.movie) < ($0.score, $1.movie) }
                ranking.p5 = HonestSubject.ranking(.p5, places.map { ($0.movie, $0.score, $0.text) })
            }
        },
        BrokenService(name: "seven prompts at a time mix two up", check: "batch-size", smallest: 2) { subject in
            altering(&subject) { ranking, session, conditions in
                guard conditions.batch == 7, session.pairs.count > 1 else { return }
                ranking.p5 = ranking.p5?.swapping(3, 90)
            }
        },
        BrokenService(
            name: "SVD's batch mixes visitors up",
            check: "batch-size",
            smallest: 1,
            needsOthers: true
        ) { subject in
            subject.alterBatch = { rankings, sessions, _ in
                guard sessions.count > 1, let place = sessions.firstIndex(where: { $0.id == HonestSubject.culprit })
                else { return }
                rankings[place] = rankings[0]
            }
        },
        BrokenService(name: "four threads lose the last bit", check: "threads", smallest: 1) { subject in
            subject.alterBatch = { rankings, sessions, threads in
                for (place, session) in sessions.enumerated() where threads == 4 && session.id == HonestSubject.culprit
                {
                    rankings[place] = rankings[place]?.scoring(17) { Double(Float($0).nextDown) }
                }
            }
        },
        BrokenService(name: "two threads of P5 lose a text", check: "threads", smallest: 5) { subject in
            altering(&subject) { ranking, session, conditions in
                guard conditions.threads == 2, session.pairs.count > 4 else { return }
                ranking.p5 = ranking.p5?.scoring(0) { _ in 9 }
            }
        },
        BrokenService(name: "a new process has another last bit", check: "restart", smallest: 1) { subject in
            subject.alterRestarted = { rankings, sessions in
                for (place, session) in sessions.enumerated() where session.id == HonestSubject.culprit {
                    rankings[place].svd = rankings[place].svd.scoring(99) { Double(Float($0).nextDown) }
                }
            }
        },
        BrokenService(name: "a hit has another ranking", check: "cache-hit", smallest: 1) { subject in
            answering(&subject) { $0.second.rankings.svd = $0.second.rankings.svd.without(0) }
        },
        BrokenService(name: "a hit writes nothing", check: "cache-hit", smallest: 1) { subject in
            answering(&subject) { $0.second.rows = [] }
        },
        BrokenService(name: "a hit shows another list", check: "cache-hit", smallest: 1) { subject in
            answering(&subject) { $0.second.display = DisplayList(entries: []) }
        },
        BrokenService(name: "the cache never hits", check: "cache-hit", smallest: 1) { subject in
            answering(&subject) { $0.second.isHit = false }
        },
        BrokenService(name: "a changed rating hits", check: "cache-hit", smallest: 1) { subject in
            answering(&subject) { $0.isHitAfterNewRating = true }
        },
    ]

    private static func seeing(
        _ subject: inout HonestSubject,
        _ seen: @escaping @Sendable (RecordedSession) -> RecordedSession
    ) {
        subject.seen = { $0.id == HonestSubject.culprit ? seen($0) : $0 }
    }

    private static func altering(_ subject: inout HonestSubject, _ alter: @escaping HonestSubject.Alteration) {
        subject.alter = { ranking, session, conditions in
            if session.id == HonestSubject.culprit { alter(&ranking, session, conditions) }
        }
    }

    private static func answering(
        _ subject: inout HonestSubject,
        _ alter: @escaping @Sendable (inout CachedAnswers) -> Void
    ) {
        subject.alterAnswers = { answers, session in
            if session.id == HonestSubject.culprit { alter(&answers) }
        }
    }
}
