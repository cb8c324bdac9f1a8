/// The line that shows, on a terminal only, how far a run has come.
package struct ProgressLine: Hashable, Sendable {
    /// How many scenarios have finished.
    package var finished: Int
    /// How many there are.
    package var total: Int
    /// How many of the finished did not pass.
    package var notPassed: Int
    /// The names of those that are running, longest running first.
    package var running: [String]

    /// The text that takes the line away again: to the first column, erase all (ECMA-48, 8.3.41).
    package static let erasure = "\r\u{1B}[2K"

    /// Creates the line of a run.
    package init(finished: Int = 0, total: Int, notPassed: Int = 0, running: [String] = []) {
        self.finished = finished
        self.total = total
        self.notPassed = notPassed
        self.running = running
    }

    /// Returns the line for a terminal of a number of columns; the last column stays free, so that nothing wraps.
    ///
    /// - Complexity: O(`columns`).
    package func line(columns: Int) -> StyledLine {
        var line = StyledLine()
        let barWidth = min(24, columns / 4)
        let filled = total > 0 ? barWidth * min(finished, total) / total : 0
        line.append(String(repeating: "█", count: filled), .good)
        line.append(String(repeating: "░", count: barWidth - filled), .faint)
        line.append(" \(finished) of \(total)")
        if notPassed > 0 {
            line.append(" · ", .faint)
            line.append("\(notPassed) not passed", .bad)
        }
        if let name = running.first {
            line.append(" · ", .faint)
            line.append(running.count > 1 ? "\(name) and \(running.count - 1) more" : name)
        }
        return line.truncated(toColumns: max(0, columns - 1))
    }
}
