import Foundation
import Shards
import Testing

struct ShardSetTests {
    @Test(
        "units come in their order, whatever the number of shards and the order of the files",
        arguments: [1, 2, 7, 40]
    )
    func order(count: Int) throws {
        let harness = try ShardHarness()
        let paths = try harness.writeAll(count, units: 30)
        #expect(try harness.merged(paths) == (0..<30).map(String.init))
        #expect(try harness.merged(paths.reversed()) == (0..<30).map(String.init))
    }

    @Test func `work without units merges to nothing`() throws {
        let harness = try ShardHarness()
        #expect(try harness.merged(try harness.writeAll(3, units: 0)).isEmpty)
    }

    @Test func `a unit may be longer than what is read at a time`() throws {
        let harness = try ShardHarness()
        let long = String(repeating: "x", count: 3 << 20)
        let paths = try harness.writeAll(2, units: 6) { "\"\($0)\(long)\"" }
        #expect(try harness.merged(paths) == (0..<6).map { "\"\($0)\(long)\"" })
    }

    @Test func `missing shards are named`() throws {
        let harness = try ShardHarness()
        let paths = try harness.writeAll(5, units: 30)
        let error = #expect(throws: ShardError(.missing, "")) { try ShardSet([paths[0], paths[2], paths[3]]) }
        #expect(error?.message.contains("2 of 5 shards are missing: 1, 4;") == true, "\(error?.message ?? "")")
        #expect(throws: ShardError(.missing, "")) { try ShardSet([]) }
    }

    @Test func `the same shard twice counts once, also where it took another time`() throws {
        let harness = try ShardHarness()
        let paths = try harness.writeAll(3, units: 30)
        let again = try harness.write(try Shard(1, of: 3), units: 30, in: "again")
        let set = try ShardSet(paths + [again, paths[0]])
        #expect(set.repeated == [again, paths[0]])
        #expect(try harness.merged(paths + [again]) == (0..<30).map(String.init))
    }

    @Test func `the same shard twice with different content is refused, and both files named`() throws {
        let harness = try ShardHarness()
        let paths = try harness.writeAll(3, units: 30)
        let other = try harness.write(try Shard(1, of: 3), units: 30, in: "again") { "\($0 + 1)" }
        let error = #expect(throws: ShardError(.doubled, "")) { try ShardSet(paths + [other]) }
        #expect(error?.message.contains(paths[1]) == true && error?.message.contains(other) == true)
    }

    private static let differences: [(String, @Sendable (inout ShardWork) -> Void)] = [
        ("the command is rank, and compare", { $0.command = "compare" }),
        ("the version of Coldstart is 0.1.0, and 0.2.0", { $0.tool = "0.2.0" }),
        ("the file sessions is 1, and 2", { $0.files["sessions"] = "2" }),
        ("the file bundle/a.npy is missing, and 3", { $0.files["bundle/a.npy"] = "3" }),
        ("the setting p5 is missing, and x", { $0.settings["p5"] = "x" }),
        ("the words are `--bundle models`, and `--bundle other`", { $0.words = ["--bundle", "other"] }),
    ]

    @Test("shards of different things are refused, and what differs is named", arguments: differences)
    func difference(message: String, change: @Sendable (inout ShardWork) -> Void) throws {
        var harness = try ShardHarness()
        let first = try harness.write(try Shard(0, of: 2), units: 30)
        change(&harness.work)
        let second = try harness.write(try Shard(1, of: 2), units: 30)
        let error = #expect(throws: ShardError(.different, "")) { try ShardSet([first, second]) }
        #expect(error?.message.contains(message) == true, "\(error?.message ?? "")")
    }

    @Test func `shards of another division, plan or size are refused`() throws {
        let harness = try ShardHarness()
        let first = try harness.write(try Shard(0, of: 2), units: 30)
        for other in [
            try harness.write(try Shard(1, of: 3), units: 30),
            try harness.write(try Shard(1, of: 2), units: 31, in: "b"),
            try harness.write(try Shard(1, of: 2), units: 30, plan: "{\"a\":1}", in: "c"),
        ] {
            #expect(throws: ShardError(.different, "")) { try ShardSet([first, other]) }
        }
    }

    @Test func `what was changed after it was written is found`() throws {
        let harness = try ShardHarness()
        let changes: [(String) -> String] = [
            { $0.replacing(#""content":7}"#, with: #""content":8}"#) },
            { $0.replacing(#"{"unit":7,"content":7}"# + "\n", with: "") },
            { $0.replacing(#"{"unit":7,"#, with: #"{"unit":6,"#) },
            { $0.replacing(#"{"unit":7,"#, with: #"{"unit":99,"#) },
            { $0.replacing(#"{"unit":7,"content":7}"#, with: #"{"unit": 7,"content":7}"#) },
            { $0.replacing(#"{"plan":{}}"#, with: #"{"plan":[]}"#) },
        ]
        for change in changes {
            let paths = try harness.writeAll(1, units: 30)
            try harness.change(paths[0], change)
            #expect(throws: ShardError(.changed, "")) { try harness.merged(paths) }
        }
    }

    @Test func `a unit that no shard holds, or two do, is found`() throws {
        let harness = try ShardHarness()
        for units in [[0, 2], [0, 1, 1, 2]] {
            var paths: [String] = []
            for index in 0..<2 {
                let writer = try ShardWriter(try Shard(index, of: 2), of: harness.work, in: harness.path + "/shares")
                for (place, unit) in units.enumerated() where place % 2 == index { try writer.write(unit: unit, "0") }
                try writer.finish(total: 3)
                paths.append(writer.path)
            }
            #expect(throws: ShardError(.changed, "")) { try harness.merged(paths) }
        }
    }
}
