package import Checks
import FaultSweep

extension SweepMatrix {
    /// Lays the matrix out, a row for each boundary and a column for each fault, and below what is wrong.
    ///
    /// - Parameter width: The most columns that a line may take.
    /// - Returns: The lines.
    package func lines(width: Int = TerminalStyle.documentColumns) -> [StyledLine] {
        let faults = SweepFault.allCases.filter { fault in cells.contains { $0.observation.fault == fault } }
        var table = TextTable(
            columns: [TextTable.Column("boundary")] + faults.map { TextTable.Column($0.rawValue, isFlexible: true) },
            cutting: .widest
        )
        for boundary in SweepBoundary.allCases {
            let row = cells.filter { $0.observation.boundary == boundary }
            guard !row.isEmpty else { continue }
            table.append(
                [StyledLine(boundary.name)]
                    + faults.map { fault in
                        row.first { $0.observation.fault == fault }?.line(isShort: width < 96) ?? StyledLine("")
                    }
            )
        }
        var lines = table.lines(width: width)
        for cell in cells where !cell.verdict.findings.isEmpty {
            lines.append(StyledLine(""))
            lines.append(StyledLine("\(cell.observation.boundary.name) × \(cell.observation.fault.rawValue)"))
            let texts =
                cell.verdict.findings + [cell.observation.answer?.detail].compactMap { $0.map { "answer: \($0)" } }
                + cell.observation.receipts.map { "receipt: \($0)" }
            for text in texts { lines += StyledLine("  \(text)").broken(toColumns: width) }
        }
        return lines + [StyledLine(""), StyledLine(closing)]
    }

    /// How many cells ended how.
    package var closing: String {
        func count(_ outcome: CellVerdict.Outcome) -> Int { cells.count { $0.verdict.outcome == outcome } }
        return
            "\(cells.count) \(cells.count == 1 ? "cell" : "cells"): \(count(.passed)) passed · \(count(.failed)) failed · "
            + "\(count(.inconclusive)) inconclusive" + (count(.setAside) > 0 ? " · \(count(.setAside)) set aside" : "")
    }
}

extension SweepMatrix.Cell {
    /// The cell as the matrix shows it; a short one that passed leaves the answer out, and says which rows are there.
    fileprivate func line(isShort: Bool) -> StyledLine {
        let rows = verdict.summary.split(separator: ", ").last.map(String.init) ?? verdict.summary
        return switch verdict.outcome {
        case .passed: StyledLine("✓ \(isShort ? rows : verdict.summary)", .good)
        case .failed: StyledLine("✗ \(verdict.summary)", .bad)
        case .inconclusive: StyledLine("? \(verdict.summary)", .doubtful)
        case .setAside: StyledLine("– \(verdict.summary)", .faint)
        }
    }
}
