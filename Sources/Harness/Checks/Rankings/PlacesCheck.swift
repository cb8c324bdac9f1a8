import Domain
import Observations
import Scenarios

/// Judges what a scenario states of single places in the lists of answers.
struct PlacesCheck {
    let evidence: Evidence
    let answers: [JudgedAnswer]

    /// One verdict for each statement.
    func verdicts() -> [Verdict] { evidence.plan.places.map(verdict) }

    private func verdict(_ planned: PlannedPlaces) -> Verdict {
        let expectation = planned.expectation
        let sessions = Set(planned.places.map { evidence.plan.sessions[$0].id })
        let asked = answers.filter { sessions.contains($0.request.session.id) }
        var failures: [String] = []
        var open: [String] = []
        for answer in asked {
            let name = RankingTally.name(answer)
            guard let list = answer.list(expectation.list) else {
                open.append("\(name): the list was not visible")
                continue
            }
            switch list.holds(expectation.statement) {
            case .holds: break
            case .fails(let why): failures.append("\(name): \(why)")
            case .open(let why): open.append("\(name): \(why)")
            }
        }
        let outcome: Verdict.Outcome =
            !failures.isEmpty ? .failed : !open.isEmpty || asked.isEmpty ? .inconclusive : .passed
        let what = "\(expectation.list.rawValue), \(expectation.statement)"
        let message =
            switch outcome {
            case .failed: "\(what): \(failures.count) of \(asked.count) answers differ; \(failures[0])"
            case .inconclusive: "\(what): \(open.first ?? "no such session was given an answer with recommendations")"
            case .passed: "\(what): so in all \(asked.count) answers"
            }
        return Verdict(
            check: "rankings.places",
            subject: .rankings,
            outcome: outcome,
            message: message,
            location: planned.location,
            expected: "\(expectation.statement)",
            actual: failures.first,
            details: Array(failures.dropFirst()) + open.dropFirst(failures.isEmpty ? 1 : 0)
        )
    }
}

/// A list of an answer as far as it was seen.
struct SeenList {
    /// Whether a statement holds of a list.
    enum Finding: Hashable {
        case holds
        case fails(String)
        /// What was seen does not decide it.
        case open(String)
    }

    /// The movies in order.
    let movies: [MovieID]
    /// Whether more may follow that was not seen.
    let isPrefix: Bool

    /// Returns whether a statement holds.
    ///
    /// - Complexity: O(*n*).
    func holds(_ statement: PlaceExpectation.Statement) -> Finding {
        switch statement {
        case .above(let movie, let other):
            switch (rank(of: movie), rank(of: other)) {
            case (let rank?, let second?):
                return rank < second ? .holds : .fails("movie \(movie) is at \(rank), behind \(other) at \(second)")
            case (_?, nil): return .holds
            case (nil, let second?): return .fails("movie \(movie) is not before \(other), which is at \(second)")
            case (nil, nil): return unseen(movie)
            }
        case .within(let movie, let count):
            if let rank = rank(of: movie) {
                return rank <= count ? .holds : .fails("movie \(movie) is at \(rank)")
            }
            return movies.count >= count ? .fails("movie \(movie) is not among the first \(count)") : unseen(movie)
        case .never(let movie):
            if let rank = rank(of: movie) { return .fails("movie \(movie) is at \(rank)") }
            return isPrefix ? .open("only the first \(movies.count) places were seen") : .holds
        }
    }

    private func unseen(_ movie: MovieID) -> Finding {
        isPrefix
            ? .open("movie \(movie) is not among the \(movies.count) places that were seen")
            : .fails("movie \(movie) is not in the list")
    }

    private func rank(of movie: MovieID) -> Int? { movies.firstIndex(of: movie).map { $0 + 1 } }
}

extension JudgedAnswer {
    /// Returns a list of the answer, `nil` where nothing of it was seen.
    fileprivate func list(_ list: PlaceExpectation.List) -> SeenList? {
        let model: Model
        switch list {
        case .display: return SeenList(movies: response.display.entries.map(\.movie), isPrefix: false)
        case .svd: model = .svd
        case .p5: model = .p5
        }
        return ranking(of: model).map { SeenList(movies: $0.ranking.movies, isPrefix: $0.isPrefix) }
    }
}
