import Manifests
import Testing

struct MeasuredRunTests {
    /// What GNU time 1.9 wrote about one command, less the lines that are not read.
    private static let report = """
        \tCommand being timed: "coldstart rank --sessions a: 7.jsonl"
        \tUser time (seconds): 174.22
        \tSystem time (seconds): 0.61
        \tPercent of CPU this job got: 199%
        \tElapsed (wall clock) time (h:mm:ss or m:ss): 1:27.50
        \tMaximum resident set size (kbytes): 591872
        \tExit status: 0
        """

    @Test func `memory, processor time and duration are read`() throws {
        let run = try MeasuredRun(timeReport: Self.report)
        #expect(run == MeasuredRun(peakMemory: 606_076_928, processorTime: 174.22 + 0.61, wallTime: 87.5))
    }

    @Test func `hours are read`() throws {
        let run = try MeasuredRun(timeReport: Self.report.replacing("1:27.50", with: "2:03:04"))
        #expect(run.wallTime == 7_384)
    }

    @Test(
        "what is no measurement is refused",
        arguments: [
            ("Exit status: 0", "Exit status: 3"), ("591872", "many"), ("\tUser time (seconds): 174.22\n", ""),
            ("1:27.50", "soon"), ("591872", "0"), ("174.22", "-1"), ("174.22", "nan"),
        ]
    )
    func refused(part: String, other: String) throws {
        let report = Self.report.replacing(part, with: other)
        let error = #expect(throws: ManifestError.self) { try MeasuredRun(timeReport: report) }
        #expect(error?.code == .unreadable)
    }

    @Test func `a shard gets the peak and a quarter, the cores that were busy, ten times the duration`() throws {
        let resources = try ShardResources(for: MeasuredRun(timeReport: Self.report))
        // 578 MiB and a quarter are 722.5: twelve steps of 64 MiB.
        #expect(resources.mebibytes == 768 && resources.cores == 2 && resources.minutes == 15)
        #expect(resources.origin == "from a measured one (peak 578 MiB, 174.83 s of processor time in 87.50 s)")
    }

    @Test func `a short shard gets ten minutes and a core`() throws {
        let run = MeasuredRun(peakMemory: 1, processorTime: 0, wallTime: 0)
        let resources = try ShardResources(for: run)
        #expect(resources.mebibytes == 64 && resources.cores == 1 && resources.minutes == 10)
    }
}
