import ContainerPlatform

/// What a sweep comes to, gathered while it goes on: counts, cliffs, policies, the map and probabilities.
package struct SurvivalSurvey: Sendable {
    /// The probability of survival of one combination.
    package struct Probability: Sendable {
        /// The combination's values, in the order of the grid's axes.
        package let values: [String]
        /// What became of it.
        package let tally: CellTally
    }

    /// The most combinations whose probabilities are kept.
    private static let probabilityLimit = 31

    /// The combinations.
    package let grid: SweepGrid
    /// When one counts as surviving.
    package let criterion: SurvivalCriterion
    /// How many combinations there were, were refused, and survived.
    package private(set) var combinations = 0
    package private(set) var refused = 0
    package private(set) var surviving = 0
    /// Why the platform refused the first of those, absent where it refused none.
    package private(set) var refusal: String?
    /// How many starts were simulated, and in how many the instance became ready.
    package private(set) var started = 0
    package private(set) var survived = 0
    /// In how many of those it did so only after its container had been restarted.
    package private(set) var restarted = 0
    /// The cliffs, absent where no axis has two values.
    package private(set) var cliffs: CliffTable?
    /// The cheapest choices that survive.
    package private(set) var policies: PolicySearch
    /// The map, absent where no axis has two values.
    package private(set) var map: SurvivalMap?
    /// The probabilities of some combinations; empty where each has a single start.
    package private(set) var probabilities: [Probability] = []

    private let configuration: @Sendable (Int) -> (ProbeConfiguration, CPUAllocation)
    private let reason: @Sendable (Int) -> String?
    private let kept: Set<Int>
    private var places: [Int]
    private var line = Cliff.Walk()

    /// Creates a survey of a sweep that has not begun.
    package init(of sweep: StartSweep, criterion: SurvivalCriterion) {
        grid = sweep.grid
        self.criterion = criterion
        cliffs = CliffTable(grid)
        policies = PolicySearch(grid, criterion: criterion)
        map = SurvivalMap(grid)
        configuration = { sweep.configuration(of: $0) }
        reason = { sweep.refusal(of: $0) }
        kept = sweep.starts > 1 ? Set(Sample(of: grid.count, atMost: Self.probabilityLimit).places) : []
        places = Array(repeating: 0, count: grid.axes.count)
    }

    /// Takes the next combinations in the order of the grid.
    package mutating func take(_ tallies: [CellTally]) {
        for tally in tallies { take(tally) }
    }

    private mutating func take(_ tally: CellTally) {
        precondition(tally.combination == combinations, "combination \(tally.combination) comes as \(combinations)")
        combinations += 1
        started += tally.started
        survived += tally.survived
        restarted += tally.restarted
        if tally.isRefused {
            refused += 1
            if refusal == nil { refusal = reason(tally.combination) }
        }
        let survives = criterion.isMet(by: tally)
        if survives { surviving += 1 }
        map?.take(tally, at: places)
        policies.take(tally, configuration)
        line.take(tally.isRefused ? nil : survives)
        if kept.contains(tally.combination) {
            let values = zip(grid.axes, places).map { $0.text(at: $1) }
            probabilities.append(Probability(values: values, tally: tally))
        }
        if let axis = grid.lineAxis, places[axis] == grid.axes[axis].count - 1 {
            cliffs?.take(line.cliff, at: places)
            line = Cliff.Walk()
        }
        _ = grid.advance(&places)
    }
}
