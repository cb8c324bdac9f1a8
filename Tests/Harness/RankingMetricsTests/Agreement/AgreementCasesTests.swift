import RankingMetrics
import Testing

/// A pair of rankings and what SciPy, the package rbo and the published definitions make of it.
struct AgreementCase: Decodable, CustomTestStringConvertible {
    struct Depth: Decodable {
        let depth: Int
        let common: Int
        let union: Int
        let entries: Int
        let exits: Int
        let overlap: Double
        let jaccard: Double
    }

    let name: String
    let p: Double
    let old: [Int32]
    let oldScores: [String]
    let new: [Int32]
    let newScores: [String]
    let depths: [Depth]
    let rbo: Double
    let rboPackage: Double
    let tied: [String: Double]
    let tauB: Double?
    let footrule: Int
    let largestFootrule: Int

    var testDescription: String { name }

    /// Compares the rankings, in the other order where that is asked for.
    func agreement(_ workspace: AgreementWorkspace, reversed: Bool = false) throws -> RankingAgreement {
        let oldScores = try oldScores.map { try #require(Double($0)) }
        let newScores = try newScores.map { try #require(Double($0)) }
        let depths = depths.map(\.depth)
        return reversed
            ? workspace.agreement(new.span, newScores.span, old.span, oldScores.span, depths: depths, persistence: p)
            : workspace.agreement(old.span, oldScores.span, new.span, newScores.span, depths: depths, persistence: p)
    }
}

@Suite("Agreement, by the reference's cases")
struct AgreementCasesTests {
    private static let cases = (try? ReferenceCases.read("agreement", as: [AgreementCase].self)) ?? []

    @Test("The cases are there")
    func areThere() {
        #expect(Self.cases.count == 56)
        #expect(Self.cases.count { $0.tied["a"] != $0.rbo } > 20)
    }

    @Test("Every metric is the reference's", arguments: cases)
    func metrics(of pair: AgreementCase) throws {
        let found = try pair.agreement(AgreementWorkspace(movies: 300))
        try expect(found, pair)
        #expect(found.oldCount == pair.old.count && found.newCount == pair.new.count)
        for (depth, wanted) in zip(found.atDepth, pair.depths) {
            #expect(depth.depth == wanted.depth)
            #expect(depth.common == wanted.common && depth.union == wanted.union)
            #expect(depth.entries == wanted.entries && depth.exits == wanted.exits)
            #expect(isClose(depth.overlap, wanted.overlap) && isClose(depth.jaccard, wanted.jaccard))
        }
    }

    @Test("Old and new may change sides", arguments: cases)
    func symmetry(of pair: AgreementCase) throws {
        let found = try pair.agreement(AgreementWorkspace(movies: 300), reversed: true)
        try expect(found, pair)
        #expect(found.atDepth.map(\.exits) == pair.depths.map(\.entries))
    }

    @Test("One workspace for all pairs finds what a new one finds")
    func reuse() throws {
        let workspace = AgreementWorkspace(movies: 300)
        for pair in Self.cases + Self.cases.reversed() {
            #expect(try pair.agreement(workspace) == pair.agreement(AgreementWorkspace(movies: 300)), "\(pair.name)")
        }
    }

    private func expect(_ found: RankingAgreement, _ pair: AgreementCase) throws {
        #expect(isClose(found.rbo, pair.rbo))
        #expect(isClose(found.rbo, pair.rboPackage))
        for treatment in MetricName.TieTreatment.allCases {
            #expect(isClose(found.tiedRBO[treatment], pair.tied[treatment.rawValue]), "treatment \(treatment.rawValue)")
        }
        #expect(isClose(found.tauB, pair.tauB), "\(String(describing: found.tauB)) \(String(describing: pair.tauB))")
        #expect(found.footruleDistance == pair.footrule)
        let share = pair.largestFootrule == 0 ? 0 : Double(pair.footrule) / Double(pair.largestFootrule)
        #expect(found.footrule == share)
    }
}
