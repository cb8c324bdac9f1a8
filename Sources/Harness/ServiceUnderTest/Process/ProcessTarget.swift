import ContainerPlatform
package import DatabaseHarness
import Domain
package import ModelFiles
package import Observations
package import PostgresClient
import SafeText
package import Scenarios

/// A real process under real probes on a real clock, with the same plan and the same observation as a simulated one.
package struct ProcessTarget: Sendable {
    /// How the service is started.
    package let command: ServiceCommand
    /// What the harness's own engine predicts the rows with.
    package let predictor: RowPredictor
    /// The bundle's files.
    package let paths: BundlePaths
    /// The database that holds the plan's sessions and the catalogue.
    package let database: PostgresAddress
    /// The server of that database, where it is this plan's alone, so that it can be killed.
    package let server: ThrowAwayCluster?
    /// Whether the database is the run's own, so that every row in it is the run's.
    package let ownsDatabase: Bool
    /// How rows are read back.
    package let reading: RowReading
    /// How many seconds of the scenario pass in one real second.
    package let speed: Double
    /// The file that gets the service's whole log, `nil` for none.
    package let logPath: String?
    /// Takes what the run waits for.
    package let progress: ProgressHandler

    /// Creates a target.
    ///
    /// - Precondition: The speed lies above zero.
    package init(
        command: ServiceCommand,
        predictor: RowPredictor,
        paths: BundlePaths,
        database: PostgresAddress,
        server: ThrowAwayCluster? = nil,
        ownsDatabase: Bool,
        reading: RowReading = RowReading(),
        speed: Double = 1,
        logPath: String? = nil,
        progress: @escaping ProgressHandler = { _ in }
    ) {
        precondition(speed > 0, "a speed of \(speed)")
        self.command = command
        self.predictor = predictor
        self.paths = paths
        self.database = database
        self.server = server
        self.ownsDatabase = ownsDatabase
        self.reading = reading
        self.speed = speed
        self.logPath = logPath
        self.progress = progress
    }

    /// Runs a plan whose sessions are in the database.
    ///
    /// - Returns: What was seen; the process and its whole group are gone by then.
    /// - Throws: ``ServiceUnderTestError`` where the program cannot be started, `PostgresError` where the harness's own
    ///   connection fails, `CancellationError` where the run was interrupted. What fails inside the service is
    ///   observed, not thrown.
    package func observe(_ plan: Plan) async throws -> Observation {
        let ledger = FaultLedger()
        let simulation = plan.simulation
        let mailbox = RunMailbox()
        let rows = RowQuestions(rowReader: RowReader(database), wait: reading.wait)
        let result = try await FaultyDatabase.with(
            plan,
            upstream: database,
            server: server,
            time: .real(speed: speed),
            ledger: ledger,
            { faulty in
                try await run(plan, simulation, database: faulty, rows: rows, mailbox: mailbox, ledger: ledger)
            }
        )
        ledger.recordStageFaults(of: plan, in: result.timeline)
        ledger.recordScoringFaults(of: plan, in: result.answers)
        let seen = rows.appearances.adding(to: result.answers)
        let answers = try await predictor.predict(seen, of: plan, in: database)
        return Observation(
            target: .process,
            startup: StartupObservation(
                violations: plan.platform.probeViolations,
                summary: result.summary,
                killMargin: KillMargin(
                    ofRun: result.summary,
                    lastChance: plan.platform.hasStartupProbe ? simulation.lastChance(seed: plan.seed) : nil,
                    planned: command.knowsRehearsals(plan) ? simulation.killMargin(seed: plan.seed) : nil
                ),
                timeline: result.timeline,
                finalHealth: result.finalHealth
            ),
            answers: answers,
            rows: try await rows.rowReader.observedRows(of: plan, ownsDatabase: ownsDatabase, as: reading.role),
            receipts: ledger.receipts,
            knowsDisplayStart: command.knowsRehearsals(plan),
            clock: RealClock(speed: speed),
            log: result.log,
            precomputed: try await predictor.precomputed(answers, of: plan, simulation, in: database),
            process: result.process
        )
    }

    /// Runs the process on its own thread while this task answers its questions.
    private func run(
        _ plan: Plan,
        _ simulation: InstanceSimulation<SimulatedService>,
        database: FaultyDatabase,
        rows: RowQuestions,
        mailbox: RunMailbox,
        ledger: FaultLedger
    ) async throws -> ProcessDriver.Result {
        let (tasks, asked) = AsyncStream.makeStream(of: ProcessDriver.DatabaseTask.self)
        let setup = setup(plan, simulation: simulation, database: database.address, mailbox: mailbox) {
            asked.yield($0)
        }
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                await withDiscardingTaskGroup { waiting in
                    for await task in tasks {
                        if rows.mayWait(for: task) {
                            // No session's rows hold up another session's request.
                            waiting.addTask {
                                await answer(task, of: plan, on: database, rows, to: mailbox)
                            }
                        } else {
                            await answer(task, of: plan, on: database, rows, to: mailbox)
                        }
                    }
                }
            }
            defer { asked.finish() }
            return try await withTaskCancellationHandler {
                try await OwnThread.run { try ProcessDriver(setup, ledger: ledger).complete() }
            } onCancel: {
                mailbox.post(.cancelled)
            }
        }
    }

    private func answer(
        _ task: ProcessDriver.DatabaseTask,
        of plan: Plan,
        on database: FaultyDatabase,
        _ rows: RowQuestions,
        to mailbox: RunMailbox
    ) async {
        do {
            mailbox.post(try await perform(task, of: plan, on: database, rows))
        } catch {
            mailbox.post(.failed(error))
        }
    }

    private func perform(
        _ task: ProcessDriver.DatabaseTask,
        of plan: Plan,
        on database: FaultyDatabase,
        _ rows: RowQuestions
    ) async throws -> RunMailbox.Message {
        switch task {
        case .rating(let given):
            try await Seeder(self.database, seed: plan.seed)
                .insert(given.rating, of: given.session, index: given.index)
            return .rated
        case .rows(let question):
            if !question.isBefore {
                for request in question.requests { await database.conclude(request: request) }
            }
            await database.isUndisturbed()
            let found = try await rows.rows(for: question)
            if question.isBefore {
                for request in question.requests { await database.prepare(request: request) }
            }
            return .rows(question: question.number, found)
        }
    }

    private func setup(
        _ plan: Plan,
        simulation: InstanceSimulation<SimulatedService>,
        database: PostgresAddress,
        mailbox: RunMailbox,
        ask: @escaping @Sendable (ProcessDriver.DatabaseTask) -> Void
    ) -> ProcessDriver.Setup {
        var launch = command.launch(plan, paths: paths, database: database, speed: speed)
        var redaction = database.redaction
        var headers: [(name: String, value: String)] = []
        if let secret = launch.takeSecret(seed: plan.seed) {
            headers.append(("X-Webhook-Secret", secret))
            redaction = redaction.union([secret])
        }
        return ProcessDriver.Setup(
            plan: plan,
            launch: launch,
            rehearsal: { [speed] in plan.rehearsal(speed: speed, life: $0) },
            speed: speed,
            headers: headers,
            redaction: redaction,
            logPath: logPath,
            delays: simulation.drawnDelays(seed: plan.seed),
            awaited: AwaitedEnd(plan, simulation.run(seed: plan.seed)),
            waitsForRows: reading.wait > .zero,
            mailbox: mailbox,
            ask: ask,
            progress: progress
        )
    }
}
