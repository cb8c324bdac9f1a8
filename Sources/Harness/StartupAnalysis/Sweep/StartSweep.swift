package import ContainerPlatform
package import Scenarios

/// A sweep over the starts of one scenario: every combination of a grid, each simulated so many times.
///
/// The instance is the one that `coldstart run` simulates. Start number *k* of every combination has the scenario's seed
/// plus *k*, so that combinations meet the same luck and the result depends on neither the number of threads nor the order
/// in which they work. Memory does not grow with the number of combinations: tallies are handed over as they come.
package struct StartSweep: Sendable {
    /// How many starts a thread simulates between two looks at what the others have.
    private static let chunk = 1024
    /// How many chunks each thread has in a round.
    private static let chunksEach = 16

    /// The combinations.
    package let grid: SweepGrid
    /// How many starts each combination has.
    package let starts: Int
    /// The seed of the first start of each combination.
    package let seed: UInt64
    /// The combinations that are simulated, where these are not all.
    package var division: SweepDivision?
    private let start: InstanceSimulation<StagedProcess>
    private let conditions: PlatformConditions

    /// Creates a sweep.
    ///
    /// - Parameters:
    ///   - start: The start as the scenario has it.
    ///   - conditions: The platform of the scenario, which says what it refuses.
    ///   - grid: The combinations.
    ///   - starts: How many starts each combination has.
    ///   - seed: The seed of the first start of each.
    /// - Throws: `StartupAnalysisError` where that makes more starts than can be counted, and where a probe is varied that
    ///   the scenario does not have.
    package init(
        of start: InstanceSimulation<StagedProcess>,
        under conditions: PlatformConditions,
        over grid: SweepGrid,
        starts: Int,
        seed: UInt64
    ) throws(StartupAnalysisError) {
        precondition(starts > 0, "\(starts) starts each")
        if !start.plan.hasStartupProbe, let axis = grid.axes.first(where: \.parameter.isOfProbe) {
            throw StartupAnalysisError(
                .badValue,
                "--vary \(axis.parameter.name): the scenario has no startup probe; state one in platform.probe"
            )
        }
        guard grid.count <= SweepGrid.limit / starts else {
            throw StartupAnalysisError(.badValue, "more than \(SweepGrid.limit) starts; widen the steps")
        }
        self.start = start
        self.conditions = conditions
        self.grid = grid
        self.starts = starts
        self.seed = seed
    }

    /// How long a container is watched that its platform restarts; absent on a platform that restarts none.
    package var watch: Duration? {
        start.plan.profile.kubelet == nil ? nil : start.plan.horizon ?? InstancePlan.longestWatch
    }

    /// How many starts the sweep has, those included that the platform refuses.
    package var count: Int { grid.count * starts }

    /// The probe and the CPU of a combination.
    package func configuration(of combination: Int) -> (probe: ProbeConfiguration, cpu: CPUAllocation) {
        var worker = SweptStart(start, under: conditions, axes: [])
        apply(grid.places(of: combination), from: 0, to: &worker)
        return (worker.probe, worker.cpu)
    }

    /// Why the platform refuses a combination, in one sentence; absent where it does not.
    package func refusal(of combination: Int) -> String? {
        var worker = SweptStart(start, under: conditions, axes: [])
        apply(grid.places(of: combination), from: 0, to: &worker)
        return worker.platform.probeViolations.first { $0.severity == .error }?.reason
    }

    /// Simulates everything.
    ///
    /// - Parameters:
    ///   - jobs: How many threads work at once.
    ///   - take: Takes the tallies in the order of the grid, several at a time, and how many starts are done.
    /// - Throws: `CancellationError` where the task is cancelled; whatever `take` throws.
    /// - Complexity: O(starts · attempts); O(`jobs`) memory.
    package func run(
        jobs: Int,
        _ take: (_ tallies: [CellTally], _ done: Int) throws -> Void
    ) async throws {
        precondition(jobs > 0, "\(jobs) jobs")
        let chunks = (count + Self.chunk - 1) / Self.chunk
        func round(from first: Int) -> Range<Int> { first..<min(first + jobs * Self.chunksEach, chunks) }
        var now = round(from: 0)
        var parts = try await tallies(of: now, jobs: jobs)
        var open: CellTally?
        while !now.isEmpty {
            try Task.checkCancellation()
            let next = round(from: now.upperBound)
            // The threads go on while the last round is gathered.
            async let following = tallies(of: next, jobs: jobs)
            var whole = Self.joined(parts, open: &open)
            if next.isEmpty, let last = open { whole.append(last) }
            try take(whole, min(now.upperBound * Self.chunk, count))
            parts = try await following
            now = next
        }
    }

    /// Joins the tallies of chunks, of which the last may go on in the next ones.
    ///
    /// - Parameters:
    ///   - parts: The tallies of each chunk.
    ///   - open: The tally that goes on, before and after.
    /// - Returns: The tallies that are whole.
    private static func joined(_ parts: [[CellTally]], open: inout CellTally?) -> [CellTally] {
        var whole: [CellTally] = []
        for part in parts.joined() {
            guard var last = open else {
                open = part
                continue
            }
            if last.combination == part.combination {
                last.add(part)
                open = last
            } else {
                whole.append(last)
                open = part
            }
        }
        return whole
    }

    /// Simulates some chunks, each thread every so manieth of them.
    private func tallies(of chunks: Range<Int>, jobs: Int) async throws -> [[CellTally]] {
        try await withThrowingTaskGroup(of: [(Int, [CellTally])].self) { group in
            for job in 0..<min(jobs, chunks.count) {
                group.addTask {
                    var worker = SweptStart(start, under: conditions, axes: grid.axes)
                    return stride(from: chunks.lowerBound + job, to: chunks.upperBound, by: jobs)
                        .map { ($0, tallies(of: $0, by: &worker)) }
                }
            }
            var results = Array(repeating: [CellTally](), count: chunks.count)
            for try await part in group {
                for (chunk, tallies) in part { results[chunk - chunks.lowerBound] = tallies }
            }
            return results
        }
    }

    /// Simulates the starts of a chunk.
    private func tallies(of chunk: Int, by worker: inout SweptStart) -> [CellTally] {
        let numbers = (chunk * Self.chunk)..<min((chunk + 1) * Self.chunk, count)
        var tallies: [CellTally] = []
        tallies.reserveCapacity(numbers.count / starts + 2)
        var (combination, number) = numbers.lowerBound.quotientAndRemainder(dividingBy: starts)
        var left = numbers.count
        var places = grid.places(of: combination)
        // The first axis whose value the worker does not have yet.
        var changed = 0
        while left > 0 {
            let here = min(left, starts - number)
            if division?.owns(places) != false {
                apply(places, from: changed, to: &worker)
                changed = grid.axes.count
                var tally = CellTally(combination: combination, isRefused: worker.isRefused)
                if !worker.isRefused {
                    for index in number..<(number + here) { tally.count(worker.decide(seed: seed &+ UInt64(index))) }
                }
                tallies.append(tally)
            }
            left -= here
            guard left > 0 else { break }
            (combination, number) = (combination + 1, 0)
            changed = min(changed, grid.advance(&places))
        }
        return tallies
    }

    /// Gives the worker the values of a combination, those of the first axes left out that have not changed.
    private func apply(_ places: [Int], from first: Int, to worker: inout SweptStart) {
        var changesChoice = first == 0
        for index in first..<grid.axes.count {
            guard let value = grid.axes[index][places[index]] else { continue }
            worker.apply(value, to: grid.axes[index].parameter)
            if grid.axes[index].parameter.isChosen { changesChoice = true }
        }
        if changesChoice { worker.judge() }
    }
}
