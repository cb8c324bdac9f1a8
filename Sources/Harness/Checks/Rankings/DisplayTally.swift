import Domain
import Goldens
import Observations
import Scenarios
import SourcePlaces

/// The comparisons of display lists, added up over all answers.
///
/// Where the service draws the starting model on its own, a list is right if it is right for either start. It must be
/// the interleaving of the answer's own top lists (those the target showed, else those it stored, else those that the
/// harness's engine predicts), and where these are the golden's to the movie also one of the golden's lists, which an
/// independent program interleaved.
struct DisplayTally {
    private var compared = 0
    private var failures: [String] = []
    private var firstPlace: (expected: String, actual: String)?
    private var unseen: [String] = []

    /// Compares the display list of an answer with those that the models in `starts` may begin.
    mutating func add(_ answer: JudgedAnswer, _ golden: GoldenSession, _ state: GoldenState, starts: [Model]) {
        let name = RankingTally.name(answer)
        let depth = min(answer.request.topK, 10)
        guard let svd = Self.best(depth, of: .svd, answer) else {
            if !golden.svd.places.isEmpty { unseen.append(name) }
            return
        }
        let p5 = Self.best(depth, of: .p5, answer) ?? []
        compared += 1
        let observed = answer.response.display
        // With nothing of P5 to interleave every start gives the same list.
        let starts = p5.isEmpty ? [Model.svd] : starts
        var allowed = starts.map { DisplayList(svd: svd, p5: p5, start: $0) }
        let isGolden =
            depth == 10 && svd == Array(golden.svd.movies.prefix(10))
            && p5 == Array((golden.list(of: .p5, in: state)?.movies ?? []).prefix(10))
        if isGolden { allowed.append(contentsOf: golden.displays(in: state)) }
        let own = allowed[..<starts.count].contains(observed)
        let goldens = allowed[starts.count...]
        guard !own || (isGolden && !goldens.contains(observed)) else { return }
        let nearest = Self.nearest(to: observed, among: own ? Array(goldens) : allowed)
        let place = zip(observed.entries, nearest.entries).prefix { $0 == $1 }.count
        let (expected, actual) = (Self.text(nearest, at: place), Self.text(observed, at: place))
        failures.append("\(name): display place \(place + 1) is \(actual), expected \(expected)")
        if firstPlace == nil {
            firstPlace = ("place \(place + 1): \(expected)", "place \(place + 1): \(actual)")
        }
    }

    /// The verdict over all answers, `nil` where there was no list.
    func verdict(_ state: GoldenState, at location: SourceLocation) -> Verdict? {
        guard compared > 0 || !unseen.isEmpty else { return nil }
        let outcome: Verdict.Outcome = !failures.isEmpty ? .failed : !unseen.isEmpty ? .inconclusive : .passed
        return Verdict(
            check: "rankings.\(state.rawValue).display",
            subject: .rankings,
            outcome: outcome,
            message: failures.first ?? unseen.first.map { "\($0): the rankings were not visible" }
                ?? "\(compared) display lists are right for a model that may begin them",
            location: location,
            expected: firstPlace?.expected,
            actual: firstPlace?.actual,
            details: Array(failures.dropFirst()) + unseen.map { "\($0): not visible" }
        )
    }

    private static func best(_ depth: Int, of model: Model, _ answer: JudgedAnswer) -> [MovieID]? {
        let ranking = answer.ranking(of: model)?.ranking ?? answer.answer.prediction(of: model)
        return ranking.map { Array($0.movies.prefix(depth)) }
    }

    private static func nearest(to observed: DisplayList, among lists: [DisplayList]) -> DisplayList {
        lists.max { left, right in
            zip(left.entries, observed.entries).count { $0 == $1 }
                < zip(right.entries, observed.entries).count { $0 == $1 }
        } ?? observed
    }

    private static func text(_ list: DisplayList, at place: Int) -> String {
        guard place < list.entries.count else { return "nothing" }
        let entry = list.entries[place]
        return "movie \(entry.movie) of \(entry.model.rawValue) with order \(entry.order)"
    }
}
