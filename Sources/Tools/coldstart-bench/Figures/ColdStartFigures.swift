import ModelFiles

/// From the start of the process to `ready_full`, all files in the page cache.
struct ColdStartFigures {
    let bench: Bench
    /// The program `coldstart`.
    let program: String
    /// The random t5-small, laid out as a bundle without an SVD model.
    let large: BundlePaths
    /// Python with the reference's requirements and the folder of the package `reference`, where they are there.
    let reference: (interpreter: String, folder: String)?

    /// Measures both bundles.
    ///
    /// - Throws: ``BenchError`` where a service does not come up.
    func measure() throws -> [Figure] {
        let demo = bench.bundle
        let variables = [
            "SVD_DIR": demo.svdDirectory, "P5_CKPT": demo.checkpoint, "P5_BACKBONE": demo.backbone,
            "DATAMAPS_PATH": demo.dataMaps,
        ]
        let largeVariables = variables.merging([
            "P5_CKPT": large.checkpoint, "P5_BACKBONE": large.backbone, "DATAMAPS_PATH": large.dataMaps,
        ]) { $1 }
        return [
            try figure("start to ready_full, demo bundle", variables),
            try figure("start to ready_full, 240 MB checkpoint", largeVariables),
            try processStart(),
        ]
    }

    private func figure(_ name: String, _ variables: [String: String]) throws -> Figure {
        var coldstart = Series()
        var other = Series()
        // The first round fills the page cache and does not count.
        for round in 0...bench.rounds {
            let command = [program, "serve", "--require-nothing", "--host", "127.0.0.1", "--log-level", "warning"]
            let own = try start(command, variables, in: nil)
            if round > 0 { coldstart.add(own) }
            // Importing PyTorch takes seconds: few rounds say enough.
            guard let reference, round <= 3 else { continue }
            let theirs = try start([reference.interpreter, "-m", "reference.service"], variables, in: reference.folder)
            if round > 0 { other.add(theirs) }
        }
        return Figure(
            name,
            coldstart: coldstart,
            reference: other.count > 0 ? other : nil,
            aim: .readyFull,
            note: reference == nil ? nil : "the reference's includes its imports"
        )
    }

    private func start(_ command: [String], _ variables: [String: String], in folder: String?) throws -> Timing {
        let began = ContinuousClock.now
        let service = try ServiceProcess(command, environment: variables, folder: folder)
        defer { service.stop() }
        try service.wait(for: "ready_full")
        let took = began.duration(to: .now)
        return Timing(seconds: took / .seconds(1), cpu: service.processorSeconds)
    }

    /// What any start costs before the first line of the program: loading and linking, then parsing the command line.
    private func processStart() throws -> Figure {
        var series = Series()
        for round in 0...bench.rounds {
            let timing = try ProgramRun.time([program, "--version"])
            if round > 0 { series.add(timing) }
        }
        return Figure("start of the process, to --version", coldstart: series)
    }
}
