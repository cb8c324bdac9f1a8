import ContainerPlatform
import Testing

@testable import Reports

struct TimelineTests {
    private func entries(_ stages: [StageWork], plan: InstancePlan) -> [TimelineReport] {
        let simulation = InstanceSimulation(plan: plan, process: StagedProcess(stages: stages, rowsAfter: 1))
        let result = simulation.run(seed: 1)
        return TimelineConversion.entries(of: result.timeline, end: result.summary.ended)
    }

    private let plan = InstancePlan(cpu: CPUAllocation(billing: .instanceBased, startupBoost: false))

    @Test("stages become one entry each, with their result")
    func stages() {
        var failing = StageWork("checkpoint", cpu: .seconds(3))
        failing.ending = .fails
        let entries = entries([StageWork("svd", cpu: .seconds(1)), failing], plan: plan).filter { $0.kind == .stage }
        #expect(entries.map(\.name) == ["svd", "checkpoint"])
        #expect(entries.map(\.result) == [.ok, .failed])
        #expect(entries.map(\.at) == [0, 1])
        #expect(entries.map(\.until) == [1, 4])
    }

    @Test("a stage has the CPU time that it used, beside the time that it took")
    func cpu() {
        let waiting = StageWork("svd", delay: .seconds(4), cpu: .seconds(1))
        let parallel = StageWork("checkpoint", cpu: .seconds(6), threads: 2)
        let plan = InstancePlan(cpu: CPUAllocation(limit: 2, startupBoost: false))
        let stages = entries([waiting, parallel], plan: plan).filter { $0.kind == .stage }
        #expect(stages.map(\.cpu) == [1, 6])
        #expect(stages.map(\.until) == [5, 8])
    }

    @Test("stages of which only the ends are told, some at one time, follow one another")
    func backdated() {
        var timeline = Timeline()
        func tell(_ name: String, _ elapsed: Double, cpu: Double?, at moment: Double) {
            let event = TimelineEvent.stageFinished(name, elapsed: .seconds(elapsed), cpu: cpu.map { .seconds($0) })
            timeline.entries.append(Timeline.Entry(moment: .seconds(moment), event: event))
        }
        tell("environment", 0.5, cpu: nil, at: 3)
        tell("svd", 1, cpu: 0.25, at: 3)
        tell("datamaps", 2, cpu: 2, at: 5)
        let stages = TimelineConversion.entries(of: timeline, end: .seconds(9))
        #expect(stages.map(\.name) == ["environment", "svd", "datamaps"])
        #expect(stages.map(\.at) == [1.5, 2, 3])
        #expect(stages.map(\.until) == [2, 3, 5])
        #expect(stages.map(\.cpu) == [nil, 0.25, 2])
        #expect(stages.allSatisfy { $0.result == .ok })
    }

    @Test("a stage that hangs is cut by the end of the instance, which was killed")
    func hung() throws {
        var hanging = StageWork("checkpoint", cpu: .seconds(3))
        hanging.ending = .hangs
        let entries = entries([hanging], plan: plan)
        let stage = try #require(entries.first { $0.kind == .stage })
        #expect(stage.result == .cut && stage.text.contains("hangs"))
        let instance = try #require(entries.first { $0.kind == .instance })
        #expect(instance.name == "killed" && instance.result == .failed && instance.until == stage.until)
    }

    @Test("an exit of its own ends the instance as such")
    func exited() throws {
        var failing = StageWork("svd", cpu: .seconds(1))
        failing.ending = .fails
        let instance = try #require(entries([failing], plan: plan).first { $0.kind == .instance })
        #expect(instance.name == "exited" && instance.result == .failed && instance.until == 1)
    }

    @Test("spans without CPU end when a request brings it back")
    func starved() {
        var plan = plan
        plan.cpu = CPUAllocation(billing: .requestBased, startupBoost: false)
        plan.requests = [.seconds(50)]
        var process = StagedProcess(stages: [.init("svd", cpu: .seconds(1)), .init("checkpoint", cpu: .seconds(30))])
        process.listensAfter = 1
        let result = InstanceSimulation(plan: plan, process: process).run(seed: 1)
        let entries = TimelineConversion.entries(of: result.timeline, end: result.summary.ended)
        #expect(entries.first { $0.kind == .starved }?.until == 50)
    }

    @Test("a restarted container has an entry for each life, with an end of its own")
    func lives() {
        var plan = InstancePlan(
            probe: ProbeConfiguration(handler: .tcp(port: nil), period: .seconds(5), failureThreshold: 2),
            cpu: CPUAllocation(billing: .instanceBased, startupBoost: false),
            profile: .kubernetes,
            horizon: .seconds(12)
        )
        plan.readiness = ProbeConfiguration(handler: .http(path: "/", port: nil))
        let process = StagedProcess(stages: [StageWork("load", cpu: .seconds(60))])
        let result = InstanceSimulation(plan: plan, process: process).run(seed: 1)
        let entries = TimelineConversion.entries(of: result.timeline, end: result.summary.ended, under: .kubernetes)
        let lives = entries.filter { $0.kind == .instance }
        #expect(lives.map(\.at) == [0, 5])
        #expect(lives.map(\.until) == [5, 10])
        #expect(lives.map(\.result) == [.failed, .ok])
        #expect(lives.last?.text.contains("life 2") == true)
        let probes = entries.filter { $0.kind == .probe }
        #expect(probes.map(\.text) == Array(repeating: "connection refused", count: 3), "no words of Cloud Run")
        #expect(entries.filter { $0.kind == .stage }.map(\.result) == [.cut, nil])
    }

    @Test("entries are in the order of their beginnings")
    func order() {
        let entries = ScenarioReport(SampleResults.hole).timeline
        #expect(entries.count > 10)
        #expect(zip(entries, entries.dropFirst()).allSatisfy { $0.at <= $1.at })
    }
}

struct StartupPictureTests {
    @Test("the picture of a start fits its width", arguments: [40, 59, 60, 76, 96, 100, 116])
    func width(columns: Int) {
        for result in SampleResults.all {
            let lines = StartupPicture(ScenarioReport(result).timeline, width: columns).lines
            #expect(lines.allSatisfy { $0.width <= columns })
        }
    }

    @Test("a start in which nothing happened has no picture")
    func empty() {
        #expect(StartupPicture([], width: 96).lines.isEmpty)
    }

    @Test("a start of no length, and one of a year, have pictures", arguments: [0.0, 1e-6, 31_536_000, .infinity])
    func extremes(seconds: Double) {
        let entry = TimelineReport(at: 0, until: seconds, kind: .stage, name: "svd", result: .ok, text: "svd")
        let lines = StartupPicture([entry], width: 96).lines
        #expect(lines.count == 5)
        #expect(lines.allSatisfy { $0.width <= 96 })
    }

    @Test(
        "ticks stand at round numbers",
        arguments: [(1, 0.2), (12, 2), (100, 20), (240, 60), (100_000, 14_400)] as [(Double, Double)]
    )
    func ticks(span: Double, step: Double) {
        #expect(TickStep.fitting(span: span, ticks: 7) == step)
    }

    @Test("equal attempts in a row become one line")
    func collapse() {
        let timeline = ScenarioReport(SampleResults.killed).timeline
        let all = TimelineText(timeline, width: 100, collapsesProbes: false).lines
        let few = TimelineText(timeline, width: 100, collapsesProbes: true).lines
        #expect(all.count { $0.text.contains("  probe ") } == 24)
        #expect(few.contains { $0.text.contains("23 times") })
    }
}
