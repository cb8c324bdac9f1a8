import Foundation
import Shards
import Testing

@testable import StartupAnalysis

struct SweepDivisionTests {
    private func tallies(_ texts: [String], starts: Int, shard: Shard?) async throws -> [CellTally] {
        var sweep = try SweepHarness.sweep(SweepHarness.plan(), try SweepHarness.axes(texts), starts: starts)
        sweep.division = shard.map { SweepDivision(of: sweep.grid, for: $0) }
        return try await SweepHarness.tallies(sweep)
    }

    @Test("the tallies of all shards are those of the whole", arguments: [1, 7, 1_500])
    func whole(starts: Int) async throws {
        let texts = ["probe.failureThreshold=1..4", "cpu=0.5,1", "stage.svd=1s..5s"]
        let whole = try await tallies(texts, starts: starts, shard: nil)
        for count in [1, 2, 7] {
            var parts: [CellTally] = []
            for index in 0..<count {
                let part = try await tallies(texts, starts: starts, shard: try Shard(index, of: count))
                #expect(part.map(\.combination) == part.map(\.combination).sorted())
                parts += part
            }
            #expect(parts.sorted { $0.combination < $1.combination } == whole)
        }
    }

    @Test func `where a combination belongs depends neither on the order of axes nor on other values`() throws {
        func owned(_ texts: [String]) throws -> [Set<String>] {
            let grid = try SweepGrid(try SweepHarness.axes(texts))
            return try (0..<3)
                .map { index in
                    let division = SweepDivision(of: grid, for: try Shard(index, of: 3))
                    let own = (0..<grid.count).map(grid.places).filter(division.owns)
                    return Set(
                        own.map { places in
                            zip(grid.axes, places).map { "\($0.parameter.name)=\($0.text(at: $1))" }.sorted()
                                .joined(separator: " ")
                        }
                    )
                }
        }
        let some = try owned(["stage.svd=1s..9s", "stage.boot=1s..20s"])
        let more = try owned(["stage.boot=1s..40s", "stage.svd=1s..9s"])
        for (some, more) in zip(some, more) {
            #expect(!some.isEmpty && some.isSubset(of: more))
        }
    }

    @Test func `shards of a grid are even within 5 %`() throws {
        let grid = try SweepGrid(try SweepHarness.axes(["stage.boot=1s..150s", "stage.svd=1s..150s"]))
        for count in [2, 5] {
            let divisions = try (0..<count).map { SweepDivision(of: grid, for: try Shard($0, of: count)) }
            var found = Array(repeating: 0, count: count)
            for places in (0..<grid.count).map(grid.places) {
                let owners = divisions.indices.filter { divisions[$0].owns(places) }
                try #require(owners.count == 1)
                found[owners[0]] += 1
            }
            let fair = grid.count / count
            for share in found { #expect(abs(share - fair) * 20 < fair, "\(count): \(found)") }
        }
    }

    @Test func `a tally is the same after it was written and read`() async throws {
        let tallies = try await tallies(["probe.timeoutSeconds=1,11", "stage.svd=1s..60s"], starts: 5, shard: nil)
        let data = try JSONEncoder().encode(tallies)
        #expect(try JSONDecoder().decode([CellTally].self, from: data) == tallies)
    }
}
