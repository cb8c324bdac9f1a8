import DatabaseHarness
import Domain
import ModelFiles
import PostgresClient

/// Requests to the service itself: over HTTP, with the database in the loop, each of another session.
struct ServiceFigures {
    /// What the service ranks with.
    enum Mode: String, CaseIterable {
        /// P5 cannot be loaded.
        case svdOnly = "SVD only"
        /// Both models rank.
        case withP5 = "with P5"
    }

    let bench: Bench
    /// The program `coldstart`.
    let program: String
    /// The numbers of connections that ask at once.
    let connections: [Int]
    /// How long each number of connections asks.
    let time: Duration

    /// Measures.
    ///
    /// - Throws: ``BenchError``, and the errors of files, database and connections.
    func measure() async throws -> [Figure] {
        var figures: [Figure] = []
        for mode in Mode.allCases {
            figures += try await LoadDatabase.with(bench, sessions: 4_000) { database in
                try await measure(mode, database)
            }
        }
        return figures
    }

    /// Starts the service, ready for requests.
    func start(_ mode: Mode, _ database: LoadDatabase) throws -> ServiceProcess {
        var environment = ["DATABASE_URL": database.address.description]
        if mode == .svdOnly { environment["P5_CKPT"] = bench.bundle.directory + "/no-checkpoint" }
        let service = try ServiceProcess(
            [program, "serve", "--bundle", bench.bundle.directory, "--host", "127.0.0.1", "--log-level", "warning"],
            environment: environment
        )
        try service.wait(for: mode == .svdOnly ? "ready_basic" : "ready_full")
        return service
    }

    private func measure(_ mode: Mode, _ database: LoadDatabase) async throws -> [Figure] {
        let service = try start(mode, database)
        defer { service.stop() }
        func load(_ count: Int, _ time: Duration) async throws -> LoadRun {
            try await LoadRun.perform(
                port: service.port,
                connections: count,
                sessions: database.sessions,
                for: time
            )
        }
        // Opens the connections to the database, has statements prepared and pages touched.
        var runs = [try await load(8, .seconds(1))]
        var figures: [Figure] = []
        for count in connections {
            let before = service.processorSeconds
            let run = try await load(count, time)
            runs.append(run)
            figures += self.figures(of: run, mode, count, processor: service.processorSeconds - before)
        }
        let check = try await RowCheck(of: runs, in: RowReader(database.address))
        figures[0].note = [figures[0].note, check.text, database.description].compactMap(\.self).joined(separator: "; ")
        if !check.isClean { for index in figures.indices { figures[index].hasFailed = true } }
        return figures
    }

    private func figures(of run: LoadRun, _ mode: Mode, _ count: Int, processor: Double) -> [Figure] {
        let name = "service, \(mode.rawValue), \(count) connection\(count == 1 ? "" : "s")"
        let latencies = run.latencies([0.5, 0.99, 1])
        let rowRate = Quantity.grouped(Double(run.rows) / run.seconds)
        var notes = [
            "\(Quantity.grouped(Double(run.answers))) answers, \(rowRate) rows/s, longest "
                + Quantity.text(latencies[2], .seconds),
            "\(Quantity.text(processor / Double(max(1, run.answers)), .seconds)) of the service's processor time each",
        ]
        if let failure = run.failure { notes.append(failure) }
        let isAim = mode == .svdOnly && count == connections.max()
        return [
            Figure(
                name: name,
                unit: .perSecond,
                coldstart: run.rate,
                aim: isAim ? .requests : nil,
                hasFailed: run.failure != nil || run.answers == 0,
                note: notes.joined(separator: "; ")
            ),
            Figure(name: "\(name), p50", unit: .seconds, coldstart: latencies[0]),
            Figure(name: "\(name), p99", unit: .seconds, coldstart: latencies[1]),
        ]
    }
}
