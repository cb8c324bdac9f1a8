import ContainerPlatform

/// How many starts of an instance one core simulates in a second.
struct SimulatedStartsFigure {
    /// How many starts are simulated in a row.
    static let starts = 100_000

    /// How often they are.
    let rounds: Int

    /// Measures by processor time: the question is what one core does, not how busy the machine is.
    func measure() throws -> Figure {
        let simulations = Self.simulations
        var series = Series()
        var killed = 0
        for round in 0...rounds {
            let run = timed { Self.run(simulations) }
            if round > 0 { series.add(run.timing) }
            killed = run.result
        }
        // Of the four kinds only the blocking start under the plain HTTP probe dies. Also keeps the work from being
        // left out as unused.
        guard killed == Self.starts / simulations.count else {
            throw BenchError("\(killed) of \(Self.starts) simulated starts were killed, expected a quarter")
        }
        return Figure(
            name: "simulated starts",
            unit: .perSecond,
            coldstart: Double(Self.starts) / series.cpu,
            aim: .simulatedStarts,
            note: "a mix of four kinds, without timeline, one thread, per second of processor time"
        )
    }

    private static func run(_ simulations: [InstanceSimulation<StagedProcess>]) -> Int {
        var killed = 0
        for seed in 0..<starts {
            let result = simulations[seed % simulations.count].run(seed: UInt64(seed), recording: false)
            if case .killed = result.summary.outcome { killed += 1 }
        }
        return killed
    }

    /// A killed start, the same under the default probe, a progressive one with requests, and a patient probe.
    private static var simulations: [InstanceSimulation<StagedProcess>] {
        let stages = [
            StageWork("svd", cpu: .seconds(2)),
            StageWork("datamaps", cpu: .seconds(1)),
            StageWork("tokenizer", cpu: .seconds(2)),
            StageWork("checkpoint", cpu: .seconds(90)),
        ]
        let http = ProbeHandler.http(path: "/health", port: nil)
        let blocking = StagedProcess(stages: stages)
        let progressive = StagedProcess(stages: stages, listensAfter: 0, passesAfter: 0, rowsAfter: 1)
        let requests = (1...4).map { Duration.seconds(15 * $0) }
        return [
            InstanceSimulation(plan: InstancePlan(probe: .fieldDefaults(for: http)), process: blocking),
            InstanceSimulation(plan: InstancePlan(), process: blocking),
            InstanceSimulation(
                plan: InstancePlan(
                    probe: .fieldDefaults(for: http),
                    cpu: CPUAllocation(billing: .instanceBased),
                    requests: requests
                ),
                process: progressive
            ),
            InstanceSimulation(
                plan: InstancePlan(probe: ProbeConfiguration(handler: http, failureThreshold: 24), requests: requests),
                process: blocking
            ),
        ]
    }
}
