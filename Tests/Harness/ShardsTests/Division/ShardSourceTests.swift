import Shards
import Testing

struct ShardSourceTests {
    private func shard(_ option: String? = nil, _ environment: [String: String] = [:]) throws -> String? {
        try ShardSource(environment: environment).shard(option: option)?.description
    }

    private static let found: [([String: String], String?)] = [
        ([:], nil),
        (["COLDSTART_SHARDS": "64"], nil),
        (["JOB_COMPLETION_INDEX": ""], nil),
        (["JOB_COMPLETION_INDEX": "3", "COLDSTART_SHARDS": "64"], "3/64"),
        (["CLOUD_RUN_TASK_INDEX": "0", "CLOUD_RUN_TASK_COUNT": "1"], "0/1"),
        (["CLOUD_RUN_TASK_INDEX": "9", "CLOUD_RUN_TASK_COUNT": "10", "COLDSTART_SHARDS": "10"], "9/10"),
        (["SLURM_ARRAY_TASK_ID": "5", "SLURM_ARRAY_TASK_COUNT": "8"], "5/8"),
        (
            [
                "SLURM_ARRAY_TASK_ID": "5", "SLURM_ARRAY_TASK_COUNT": "8", "SLURM_ARRAY_TASK_MIN": "1",
                "SLURM_ARRAY_TASK_MAX": "8", "SLURM_ARRAY_TASK_STEP": "1",
            ],
            "4/8"
        ),
        (
            [
                "SLURM_ARRAY_TASK_ID": "14", "SLURM_ARRAY_TASK_COUNT": "4", "SLURM_ARRAY_TASK_MIN": "10",
                "SLURM_ARRAY_TASK_MAX": "16", "SLURM_ARRAY_TASK_STEP": "2",
            ],
            "2/4"
        ),
        // One task that is submitted again.
        (
            [
                "SLURM_ARRAY_TASK_ID": "5", "SLURM_ARRAY_TASK_COUNT": "1", "SLURM_ARRAY_TASK_MIN": "5",
                "COLDSTART_SHARDS": "8",
            ],
            "5/8"
        ),
        // A pod of a job that was started by a task of Slurm.
        (["SLURM_ARRAY_TASK_ID": "5", "JOB_COMPLETION_INDEX": "5", "COLDSTART_SHARDS": "8"], "5/8"),
    ]

    @Test("each engine's variables say which shard it is", arguments: found)
    func engines(environment: [String: String], expected: String?) throws {
        #expect(try shard(nil, environment) == expected)
    }

    @Test("an option says it too, and all is the whole whatever the variables say")
    func option() throws {
        #expect(try shard("3/64") == "3/64")
        #expect(try shard("3/64", ["JOB_COMPLETION_INDEX": "3", "COLDSTART_SHARDS": "64"]) == "3/64")
        #expect(try shard("all", ["JOB_COMPLETION_INDEX": "3"]) == nil)
    }

    private static let contradictory: [(String?, [String: String], [String])] = [
        (nil, ["JOB_COMPLETION_INDEX": "3"], ["JOB_COMPLETION_INDEX", "COLDSTART_SHARDS"]),
        (nil, ["CLOUD_RUN_TASK_INDEX": "3"], ["CLOUD_RUN_TASK_INDEX", "CLOUD_RUN_TASK_COUNT"]),
        (nil, ["SLURM_ARRAY_TASK_ID": "3"], ["SLURM_ARRAY_TASK_ID", "COLDSTART_SHARDS"]),
        (
            "2/64", ["JOB_COMPLETION_INDEX": "3", "COLDSTART_SHARDS": "64"],
            ["--shard 2/64", "JOB_COMPLETION_INDEX", "2/64", "3/64"]
        ),
        (
            nil, ["CLOUD_RUN_TASK_INDEX": "3", "CLOUD_RUN_TASK_COUNT": "8", "COLDSTART_SHARDS": "9"],
            ["CLOUD_RUN_TASK_COUNT is 8", "COLDSTART_SHARDS is 9"]
        ),
        (
            nil, ["SLURM_ARRAY_TASK_ID": "3", "SLURM_ARRAY_TASK_COUNT": "16", "COLDSTART_SHARDS": "8"],
            ["SLURM_ARRAY_TASK_COUNT is 16", "COLDSTART_SHARDS is 8"]
        ),
        (
            nil,
            [
                "SLURM_ARRAY_TASK_ID": "9", "SLURM_ARRAY_TASK_COUNT": "3", "SLURM_ARRAY_TASK_MIN": "1",
                "SLURM_ARRAY_TASK_MAX": "9",
            ],
            ["SLURM_ARRAY_TASK_ID 9", "SLURM_ARRAY_TASK_COUNT 3"]
        ),
        (
            nil,
            [
                "CLOUD_RUN_TASK_INDEX": "3", "CLOUD_RUN_TASK_COUNT": "8", "SLURM_ARRAY_TASK_ID": "3",
                "SLURM_ARRAY_TASK_COUNT": "9",
            ],
            ["CLOUD_RUN_TASK_INDEX", "SLURM_ARRAY_TASK_ID", "3/8", "3/9"]
        ),
    ]

    @Test("sources that contradict each other are refused, and both named", arguments: contradictory)
    func contradictions(option: String?, environment: [String: String], named: [String]) throws {
        let error = #expect(throws: ShardError(.contradiction, "")) { try shard(option, environment) }
        for name in named { #expect(error?.message.contains(name) == true, "\(error?.message ?? "") names \(name)") }
    }

    private static let impossible: [(String?, [String: String], String)] = [
        ("64/64", [:], "--shard"),
        (nil, ["JOB_COMPLETION_INDEX": "64", "COLDSTART_SHARDS": "64"], "JOB_COMPLETION_INDEX with COLDSTART_SHARDS"),
        (nil, ["SLURM_ARRAY_TASK_ID": "8", "COLDSTART_SHARDS": "8"], "SLURM_ARRAY_TASK_ID with COLDSTART_SHARDS"),
        (nil, ["JOB_COMPLETION_INDEX": "-1", "COLDSTART_SHARDS": "64"], "JOB_COMPLETION_INDEX"),
        (nil, ["JOB_COMPLETION_INDEX": "1", "COLDSTART_SHARDS": "many"], "COLDSTART_SHARDS"),
    ]

    @Test(
        "an index outside of the count and what is no number are refused, and their source named",
        arguments: impossible
    )
    func outside(option: String?, environment: [String: String], named: String) throws {
        let error = #expect(throws: ShardError(.badShard, "")) { try shard(option, environment) }
        #expect(error?.message.contains(named) == true)
    }
}
