import DatabaseHarness

/// Requests for a long time: whether memory grows, and whether every row is there in the end.
struct SteadyLoadFigures {
    /// Starts the service and knows the files.
    let service: ServiceFigures
    /// How long requests are sent.
    let minutes: Double

    /// Measures, with SVD only, which is where most requests a second come from.
    ///
    /// - Throws: What ``ServiceFigures/measure()`` throws.
    func measure() async throws -> [Figure] {
        try await LoadDatabase.with(service.bench, sessions: 4_000) { database in
            let process = try service.start(.svdOnly, database)
            defer { process.stop() }
            // A tenth of the time, within which buffers and pools reach their size, is no growth.
            let parts = 20
            var runs: [LoadRun] = []
            var memory: [Double] = []
            for _ in 0..<parts {
                let run = try await LoadRun.perform(
                    port: process.port,
                    connections: 16,
                    sessions: database.sessions,
                    for: .seconds(minutes * 60 / Double(parts))
                )
                runs.append(run)
                memory.append(process.residentBytes)
            }
            process.stop()
            let check = try await RowCheck(of: runs, in: RowReader(database.address))
            let promised = runs.reduce(0) { $0 + $1.rows }
            let written = try await WrittenRows.counted(promised: promised, in: database.address)
            return figures(of: runs, memory, check, written, database)
        }
    }

    private func figures(
        of runs: [LoadRun],
        _ memory: [Double],
        _ check: RowCheck,
        _ written: WrittenRows,
        _ database: LoadDatabase
    ) -> [Figure] {
        let answers = runs.reduce(0) { $0 + $1.answers }
        let seconds = runs.reduce(0) { $0 + $1.seconds }
        let failure = runs.compactMap(\.failure).first
        let settled = memory[memory.count / 10 - 1]
        let last = memory[memory.count - 1]
        let name = "steady load, \(Quantity.digits(minutes)) min"
        return [
            Figure(
                name: "\(name), 16 connections",
                unit: .perSecond,
                coldstart: Double(answers) / seconds,
                hasFailed: failure != nil || !check.isClean || !written.areComplete,
                note: [
                    "\(Quantity.grouped(Double(answers))) answers", failure, written.text,
                    check.text,
                    database.description,
                ]
                .compactMap(\.self).joined(separator: "; ")
            ),
            Figure(
                name: "\(name), growth of memory",
                unit: .bytes,
                coldstart: max(0, last - settled),
                // The first minute fills pools, arenas and caches.
                aim: minutes >= 5 ? .memoryGrowth : nil,
                note: "from \(Quantity.text(settled, .bytes)) after a tenth of the time to "
                    + "\(Quantity.text(last, .bytes)), most \(Quantity.text(memory.max() ?? 0, .bytes))"
            ),
        ]
    }
}
