package import FaultSweep

/// The cells of a sweep with their verdicts, boundary by boundary.
package struct SweepMatrix: Sendable {
    /// One fault at one boundary.
    package struct Cell: Sendable {
        /// What was seen.
        package let observation: CellObservation
        /// Whether the invariants held.
        package let verdict: CellVerdict
    }

    /// The scenario's name.
    package let scenario: String
    /// The cells in the order in which they ran.
    package private(set) var cells: [Cell] = []

    /// Creates a matrix without cells.
    package init(scenario: String) {
        self.scenario = scenario
    }

    /// Judges a cell and adds it.
    ///
    /// - Returns: The cell.
    @discardableResult
    package mutating func add(_ observation: CellObservation) -> Cell {
        let cell = Cell(observation: observation, verdict: CellVerdict(observation))
        cells.append(cell)
        return cell
    }

    /// The exit code of the sweep; cells that were set aside give none, and without any other nothing ran.
    package var exitCode: ExitCode { .combining(cells.compactMap(\.verdict.exitCode)) }
}

extension CellVerdict {
    /// The exit code that the verdict asks for, `nil` where the cell has no part in the sweep.
    package var exitCode: ExitCode? {
        switch outcome {
        case .passed: .passed
        case .failed: .landingFailed
        case .inconclusive: .inconclusive
        case .setAside: nil
        }
    }
}
