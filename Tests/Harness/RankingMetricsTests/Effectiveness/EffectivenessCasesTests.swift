import RankingMetrics
import Testing

/// A run, what is relevant, and each metric as ir-measures has it.
struct EffectivenessCase: Decodable, CustomTestStringConvertible {
    let name: String
    let documents: [String]
    let scores: [Double]
    let relevant: [String: Double]
    let undefined: Bool
    let values: [String: Double]

    var testDescription: String { name }

    /// The value of every metric by a workspace that was used before.
    func found(_ missing: MissingRelevance) throws -> [String: Double?] {
        var numbers = MovieNumbers<String>()
        let run = documents.map { numbers.number(of: $0) }
        let named = relevant.sorted { $0.key < $1.key }
        let movies = named.map { numbers.number(of: $0.key) }
        let ranking = TrecEvalOrder(documents: numbers.movies).sorted(run, scores: scores)
        let workspace = EffectivenessWorkspace(movies: numbers.count, missing: missing)
        let (others, gains) = (run.map { $0 }, run.map { _ in 9.0 })
        workspace.load(relevant: others.span, gains: gains.span)
        workspace.judge(ranking.span)
        let worth = named.map(\.value)
        workspace.load(relevant: movies.span, gains: worth.span)
        workspace.judge(ranking.span)
        return try values.reduce(into: [:]) { found, metric in
            found[metric.key] = workspace.value(of: try MetricName(metric.key))
        }
    }
}

@Suite("Effectiveness, by the reference's cases")
struct EffectivenessCasesTests {
    private static let cases = (try? ReferenceCases.read("effectiveness", as: [EffectivenessCase].self)) ?? []

    @Test("The cases are there")
    func areThere() {
        #expect(Self.cases.count == 52)
        #expect(Self.cases.count(where: \.undefined) == 2)
        #expect(Self.cases.allSatisfy { $0.values.count >= 23 })
    }

    @Test("Every metric is that of ir-measures", arguments: cases)
    func metrics(of run: EffectivenessCase) throws {
        let found = try run.found(.zero)
        for (name, value) in run.values {
            let own = found[name] ?? nil
            #expect(isClose(own, value), "\(name): \(own ?? .nan), expected \(value)")
        }
    }

    @Test("Without a relevant movie there is no figure, and only then", arguments: cases)
    func undefined(run: EffectivenessCase) throws {
        let found = try run.found(.undefined)
        if run.undefined {
            #expect(found.values.allSatisfy { $0 == nil })
        } else {
            #expect(found["nDCG@10"] != .some(nil))
        }
    }
}
