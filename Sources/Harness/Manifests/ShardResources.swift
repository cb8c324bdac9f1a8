import Reports

/// What each shard may take of a machine.
package struct ShardResources: Hashable, Sendable {
    /// The memory in MiB, above which an engine ends it.
    package var mebibytes: Int
    /// The processor cores.
    package var cores: Int
    /// The minutes after which an engine ends an attempt.
    package var minutes: Int
    /// Where the figures come from, in words.
    package var origin: String

    /// Creates resources that somebody chose.
    ///
    /// - Throws: ``ManifestError`` where one is not above zero, or out of all reason.
    package init(mebibytes: Int, cores: Int, minutes: Int) throws(ManifestError) {
        guard (1...16_777_216).contains(mebibytes) else {
            throw ManifestError(.badValue, "memory is from 1 MiB to 16 TiB, found \(mebibytes) MiB")
        }
        guard (1...1_024).contains(cores) else {
            throw ManifestError(.badValue, "cores are from 1 to 1024, found \(cores)")
        }
        guard (1...525_600).contains(minutes) else {
            throw ManifestError(.badValue, "the time is from 1 minute to a year, found \(minutes) minutes")
        }
        self.mebibytes = mebibytes
        self.cores = cores
        self.minutes = minutes
        origin = "as given"
    }

    /// Creates resources for shards like one that was measured.
    ///
    /// Memory is the peak and a quarter, in steps of 64 MiB; cores are those that it kept busy, rounded; the time is ten
    /// times as long, for slower machines and full disks, and at least ten minutes.
    ///
    /// - Parameter run: The measurement.
    /// - Throws: As ``init(mebibytes:cores:minutes:)``.
    package init(for run: MeasuredRun) throws(ManifestError) {
        let step = 64 << 20
        let busy = run.wallTime > 0 ? run.processorTime / run.wallTime : 1
        try self.init(
            mebibytes: (run.peakMemory + run.peakMemory / 4 + step - 1) / step * 64,
            cores: max(1, Int(min(busy, 2_000).rounded())),
            minutes: max(10, Int((run.wallTime / 6).rounded(.up)))
        )
        let peak = (run.peakMemory + (1 << 20) - 1) >> 20
        origin =
            "from a measured one (peak \(peak) MiB, \(Figures.fixed(run.processorTime, decimals: 2)) s of processor time "
            + "in \(Figures.fixed(run.wallTime, decimals: 2)) s)"
    }
}
